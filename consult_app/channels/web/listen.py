"""Read to me: the question by a person's voice, else by the phone's own, else saying why not.

The page works by itself. `static/listen.js` takes from it what there is to hear, and plays it
where the question stands.
"""

from io import BytesIO

from flask import Blueprint, Response, abort, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from consult_app import edge, language
from consult_app.actions.answering import recordings, talk
from consult_app.channels.web import ways
from consult_app.channels.web.page import page
from consult_app.channels.web.shown import show
from consult_app.channels.web.visitor import Visitor, go, inside

blueprint = Blueprint("listen", __name__)

A_YEAR = 31_536_000


@blueprint.get("/answer/listen/<int:place>")
@inside
def listen(visitor: Visitor, place: int) -> AnyResponse:
    """One question, to be heard."""
    form = talk.form_of(visitor.asked)
    question = ways.question_at(form, place)
    if question is None:
        return go("/answer/")
    wanted = request.args.get("in", "")
    tag = wanted if language.is_offered(wanted) else visitor.tag
    return page(
        "listen.html",
        tag,
        q=show(form, question.id, tag),
        recording=recordings.heard_at(visitor.db, question, tag),
        back=ways.back_to(form, question),
    )


@blueprint.get("/voice/<content_hash>")
def voice(content_hash: str) -> Response:
    """A recorded voice: the same for everyone, at an address that changes with it."""
    found = recordings.by_hash(edge.session(), content_hash) or abort(404)
    sound = send_file(BytesIO(found.content), mimetype=found.media_type, conditional=True)
    sound.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return sound
