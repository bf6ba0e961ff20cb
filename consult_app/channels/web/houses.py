"""Three houses: good things, worries, dreams. Doors to open in any order."""

from flask import Blueprint, session
from werkzeug.wrappers import Response

from consult_app import language
from consult_app.actions.answering import talk
from consult_app.actions.answering.talk import Heard
from consult_app.channels.web.shown import show
from consult_app.channels.web.visitor import Visitor, go, inside, new_client_id, source
from consult_app.conversation.form import Form, Question
from consult_app.conversation.path import is_asked

blueprint = Blueprint("houses", __name__, url_prefix="/answer")

ADDRESS = "/answer/houses"
SCREEN = "houses"


def stands_in(form: Form, question: Question) -> bool:
    """True for a question behind one of several doors."""
    return form.screens.get(question.section) == SCREEN and len(_doors(form)) > 1


def _doors(form: Form) -> tuple[Question, ...]:
    return tuple(q for q in form.questions if form.screens.get(q.section) == SCREEN)


@blueprint.get("/houses")
@inside
def look(visitor: Visitor) -> Response:
    """The houses, each a door to its question; one with something inside shows it."""
    here = visitor.here()
    doors = _open(here)
    if not doors:
        return go("/answer/q")
    return visitor.page(
        "houses.html",
        title=language.section_words(doors[0].section, visitor.tag),
        doors=[show(here.form, door.id, visitor.tag) for door in doors],
        full=[door.id for door in doors if here.state.answers.get(door.id) is not None],
        note=session.pop("note", "") or "",
        id=new_client_id(),
    )


@blueprint.post("/houses")
@inside
def leave(visitor: Visitor) -> Response:
    """Go on: what was left closed is skipped."""
    here = visitor.here()
    closed = {door.id: None for door in _open(here) if door.id not in here.state.answers}
    talk.answer_page(visitor.db, visitor.consultation, closed, source("chat"))
    return go("/answer/q")


def _open(here: Heard) -> list[Question]:
    return [door for door in _doors(here.form) if is_asked(door, here.state.answers)]
