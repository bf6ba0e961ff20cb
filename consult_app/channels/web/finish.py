"""After the last question: check and send. And a pause for who wants to stop."""

from dataclasses import dataclass

from flask import Blueprint, session
from werkzeug.wrappers import Response

from consult_app import language
from consult_app.actions.answering import talk
from consult_app.actions.answering.talk import Heard
from consult_app.channels.web.shown import show
from consult_app.channels.web.start import FIRST_PAGE, skin_of
from consult_app.channels.web.visitor import Visitor, go, inside, source
from consult_app.channels.web.ways import told
from consult_app.conversation.form import Question
from consult_app.conversation.path import left, path, waiting_alone
from consult_app.models.kinds import CLOSED_BY_THEM

blueprint = Blueprint("finish", __name__, url_prefix="/answer")


@dataclass(frozen=True)
class Line:
    """One question and what was said to it, as the check page shows them."""

    place: int
    ask: str
    words: str
    own_words: bool
    earlier: bool
    audience: str


@blueprint.get("/check")
@inside
def check(visitor: Visitor) -> Response:
    """Everything said in this visit, with a way to change each; what is older stays covered."""
    here = visitor.here()
    lines: dict[str, list[Line]] = {}
    for question in path(here.form, here.state.answers):
        title = language.section_words(question.section, visitor.tag)
        lines.setdefault(title, []).append(_line(visitor, here, question))
    alone = waiting_alone(here.form, here.state.answers)
    return visitor.page(
        "check.html",
        sections=lines,
        unasked=left(here.form, here.state.answers),
        more=FIRST_PAGE[skin_of(visitor)],
        is_sent=visitor.asked.status in CLOSED_BY_THEM,
        hidden=any(line.earlier for part in lines.values() for line in part),
        alone=alone,
        reachable=bool(alone) and visitor.is_reachable,
        may_remember=not visitor.is_beside,
        note=session.pop("note", "") or "",
    )


def _line(visitor: Visitor, here: Heard, question: Question) -> Line:
    shown = show(here.form, question.id, visitor.tag)
    row = visitor.standing(here, question.id)
    value = here.state.answers.get(question.id)
    earlier = row is not None and value is not None and visitor.is_earlier(row)
    return Line(
        place=shown.place,
        ask=shown.ask,
        words="" if earlier else told(question, value, row, visitor.tag),
        own_words=not question.is_chosen,
        earlier=earlier,
        audience=row.audience if row is not None and value is not None else "",
    )


@blueprint.post("/send")
@inside
def send(visitor: Visitor) -> Response:
    """The respondent is done."""
    talk.submit(visitor.consultation, source(skin_of(visitor)))
    return go("/answer/thanks")


@blueprint.get("/paused")
@inside
def paused(visitor: Visitor) -> Response:
    """Stopped, and free to go on."""
    return visitor.page("paused.html", more=FIRST_PAGE[skin_of(visitor)])
