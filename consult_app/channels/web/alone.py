"""Someone was helping, and now the person is on their own: the questions that waited are asked."""

from flask import Blueprint
from werkzeug.wrappers import Response

from consult_app.actions.answering import talk
from consult_app.channels.web.start import skin_of
from consult_app.channels.web.visitor import Visitor, go, inside, source
from consult_app.conversation.path import HELPER, ON_MY_OWN

blueprint = Blueprint("alone", __name__, url_prefix="/answer")


@blueprint.post("/alone")
@inside
def on_my_own(visitor: Visitor) -> Response:
    """From now on they answer themselves; what was said with help stays as it was said."""
    said = {HELPER: ON_MY_OWN}
    talk.answer_page(visitor.db, visitor.consultation, said, source(skin_of(visitor)))
    return go("/answer/q")
