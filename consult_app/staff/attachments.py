"""A drawing, a photo or a voice note, for whoever may read the answer it is, and for nobody else."""

from io import BytesIO

from flask import Blueprint, Response, abort, send_file
from sqlalchemy import select

from consult_app import edge
from consult_app.actions.answering import attachments
from consult_app.conversation.form import Audience
from consult_app.models.answer import Answer
from consult_app.models.attachment import Attachment
from consult_app.models.kinds import StaffRole
from consult_app.staff.guard import allow, runs
from consult_app.staff.sayings import standing_media

pages = Blueprint("staff_attachment", __name__, url_prefix="/staff")


@pages.get("/attachment/<key>")
@allow(StaffRole.IRO)
def show_attachment(key: str) -> Response:
    """The content itself, opened for the officer of its review."""
    found = attachments.find(edge.session(), key) or abort(404)
    if not runs(found.consultation.review):
        abort(403)
    if not _stands(found):
        abort(404)
    return send_file(BytesIO(found.content), mimetype=found.media_type, conditional=True)


def _stands(attachment: Attachment) -> bool:
    """True while it was not taken back, and its answer is more than counted."""
    query = select(Answer).where(
        Answer.consultation_id == attachment.consultation_id,
        Answer.question == attachment.question,
    )
    rows = list(edge.session().scalars(query.order_by(Answer.id)))
    if rows[-1].audience == Audience.COUNTED:
        return False
    return bool(standing_media(rows, {attachment.answer_id: attachment}))
