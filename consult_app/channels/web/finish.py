"""After the last question: check, send, thank you. And a pause for who wants to stop."""

from dataclasses import dataclass

from flask import Blueprint
from werkzeug.wrappers import Response

from consult_app import language
from consult_app.actions import talk
from consult_app.actions.talk import Heard
from consult_app.channels.web.shown import said
from consult_app.channels.web.start import FIRST_PAGE, skin_of
from consult_app.channels.web.visitor import Visitor, go, inside, source
from consult_app.conversation.form import Audience, Question
from consult_app.conversation.path import left, path
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
    narrowed: bool


@blueprint.get("/check")
@inside
def check(visitor: Visitor) -> Response:
    """Everything said in this visit, with a way to change each; what is older stays covered."""
    here = visitor.here()
    lines: dict[str, list[Line]] = {}
    for question in path(here.form, here.state.answers):
        title = language.section_words(question.section, visitor.tag)
        lines.setdefault(title, []).append(_line(visitor, here, question))
    return visitor.page(
        "check.html",
        sections=lines,
        unasked=left(here.form, here.state.answers),
        more=FIRST_PAGE[skin_of(visitor)],
        is_sent=visitor.consultation.status in CLOSED_BY_THEM,
    )


def _line(visitor: Visitor, here: Heard, question: Question) -> Line:
    row = visitor.standing(here, question.id)
    value = here.state.answers.get(question.id)
    earlier = row is not None and value is not None and visitor.is_earlier(row)
    return Line(
        place=here.form.questions.index(question),
        ask=language.question_words(question, visitor.tag),
        words="" if earlier else said(question, value, visitor.tag),
        own_words=not question.is_chosen,
        earlier=earlier,
        narrowed=row is not None
        and row.audience == Audience.IRO
        and question.audience is Audience.MEETING,
    )


@blueprint.post("/send")
@inside
def send(visitor: Visitor) -> Response:
    """The respondent is done."""
    talk.submit(visitor.consultation, source(skin_of(visitor)))
    return go("/answer/thanks")


@blueprint.get("/thanks")
@inside
def thanks(visitor: Visitor) -> Response:
    """What happens next, with a name and a day."""
    if visitor.consultation.status not in CLOSED_BY_THEM:
        return go("/answer/check")
    day = visitor.consultation.review.day
    return visitor.page(
        "thanks.html",
        iro=language.isolate(visitor.officer),
        day=language.isolate(language.day_words(day, visitor.tag)) if day else "",
    )


@blueprint.get("/paused")
@inside
def paused(visitor: Visitor) -> Response:
    """Stopped, and free to go on."""
    return visitor.page("paused.html", more=FIRST_PAGE[skin_of(visitor)])
