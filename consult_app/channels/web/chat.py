"""One question at a time: what is tapped or written goes to `talk.hear`, as a text would."""

from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, request, session
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult_app import edge, language
from consult_app.actions.answering import talk
from consult_app.actions.answering.talk import Heard
from consult_app.channels.web import book, houses, notes, ways
from consult_app.channels.web.page import render
from consult_app.channels.web.shown import Shown, numbers, said, show
from consult_app.channels.web.visitor import (
    Hears,
    Visitor,
    go,
    inside,
    inside_lightly,
    new_client_id,
    source,
)
from consult_app.conversation.answers import NotUnderstood
from consult_app.conversation.form import Audience, Kind, Question
from consult_app.conversation.path import is_asked, may_grow, next_question, path

blueprint = Blueprint("chat", __name__, url_prefix="/answer")

NEARLY_DONE = 3
SKIP, WRITE = "skip", "write"
RETURNS = {"check": "/answer/check", "houses": houses.ADDRESS}
"""Where a change leads back to."""
BAD_INPUT = 422


@dataclass(frozen=True)
class Draft:
    """What stands in a question as it is shown: chosen numbers, written words, an error.

    `who` is who may see the answer, where that was chosen; `typed` what was written at choices.
    """

    text: str = ""
    error: str = ""
    who: str = ""
    typed: str = ""
    chosen: tuple[str, ...] = ()


EMPTY = Draft()
BETWEEN = "[[[question]]]"


@blueprint.get("/q")
@blueprint.get("/q/<int:place>")
@inside
def ask(visitor: Visitor, place: int | None = None) -> Response:
    """The question that waits, or the one at `place` in the form."""
    here = visitor.here()
    question = _facing(here, place)
    if question is None:
        return go("/answer/check")
    if place is None and houses.stands_in(here.form, question):
        return go(houses.ADDRESS)
    return _page(visitor, here, question)


@blueprint.post("/q")
@inside_lightly
def hear(visitor: Visitor) -> Response:
    """Hear one message, then ask the next question."""
    if "l" in request.form:
        return _in_other_words(visitor)
    other_way = ways.wanted()
    if other_way and not _message().strip():
        return go(other_way)
    here = _heard(visitor)
    if other_way:
        return go(other_way)
    missed = next((o for o in here.outcomes if isinstance(o, NotUnderstood)), None)
    if missed is not None:
        error = notes.error(missed, visitor.words)
        return _page(visitor, here, here.form.by_id[missed.question], _draft(error), BAD_INPUT)
    session["note"] = notes.after(here.outcomes)
    session["said"] = request.form.get("question", "")
    return go(notes.turn(here.outcomes) or _onward(here))


def _heard(visitor: Visitor) -> Heard:
    """Give the message to the conversation, with the question that the page showed."""
    wished = request.form.get("who", "")
    may_see = Audience(wished) if wished in set(Audience) else None
    facing = request.form.get("question") or None
    return visitor.hear(_message(), source("chat", facing, may_see))


def _message() -> str:
    """A tapped button, several ticks or written words, as one message.

    Skipping is a move of its own: words that stand in the field are not sent with it.
    """
    move, typed = request.form.get("move"), request.form.get("typed", "").strip()
    if move == SKIP:
        return SKIP
    if "alone" in request.form:
        return request.form["alone"]
    told = " ".join(request.form.getlist("text"))
    return typed if typed and (move == WRITE or not told) else told


def _onward(here: Heard) -> str:
    """Back to where a change began, else to what is asked next."""
    back = RETURNS.get(request.form.get("then", ""))
    return back or ("/answer/check" if here.state.finished else "/answer/q")


def _facing(here: Heard, place: int | None) -> Question | None:
    """The question at `place`, where this respondent meets it, else the one that waits."""
    if place is not None and place < len(here.form.questions):
        wanted = here.form.questions[place]
        if is_asked(wanted, here.state.answers):
            return wanted
    waiting = here.form.by_id.get(here.state.waiting or "")
    if waiting is not None and is_asked(waiting, here.state.answers):
        return waiting
    return next_question(here.form, here.state.answers)


def _in_other_words(visitor: Visitor) -> Response:
    """Another language in the middle of a question: what was being written stays."""
    talk.change_language(visitor.consultation, request.form["l"])
    session["l"] = visitor.tag
    here = visitor.here()
    question = here.form.by_id.get(request.form.get("question", ""))
    return go("/answer/q") if question is None else _page(visitor, here, question, _draft())


def _draft(error: str = "") -> Draft:
    """What was sent but not taken: it stays in the field."""
    sent = request.form
    chosen = tuple(sent.getlist("text"))
    return Draft(" ".join(chosen), error, sent.get("who", ""), sent.get("typed", ""), chosen)


def _page(
    visitor: Visitor, here: Heard, question: Question, draft: Draft | None = None, status: int = 200
) -> Response:
    shown = show(here.form, question.id, visitor.tag)
    asked = path(here.form, here.state.answers)
    back = _before(asked, question)
    above, below = _around(shown, visitor.tag, visitor.hears, edge.settings().media)
    return visitor.page(
        "chat.html",
        switch="q",
        status=status,
        q=shown,
        above=above,
        below=below,
        question=_in_words(shown, visitor, draft or _standing(visitor, here, shown)),
        before=_exchange(visitor, here, back),
        back=None if back is None else here.form.questions.index(back),
        left=_nearly(here, asked),
        together=_together(here, question),
        note=session.pop("note", "") or "",
        id=new_client_id(),
        then=request.values.get("then", ""),
    )


def _nearly(here: Heard, asked: tuple[Question, ...]) -> int:
    """How many questions are left, once they are few and none of them can bring another."""
    answers = here.state.answers
    count = sum(question.id not in answers for question in asked)
    return count if answers and count <= NEARLY_DONE and not may_grow(here.form, answers) else 0


def _together(here: Heard, question: Question) -> str:
    """The address that shows this question's whole part at once, at its first question."""
    first = next(here.form.in_section(question.section))
    sheet = book.together(here.form, question.section) if first is question else None
    return sheet.address if sheet else ""


def _before(asked: tuple[Question, ...], question: Question) -> Question | None:
    place = asked.index(question) if question in asked else 0
    return asked[place - 1] if place else None


def _in_words(shown: Shown, visitor: Visitor, draft: Draft) -> Markup:
    """The question with its ways to answer; made once for all while nothing stands in it."""
    if draft == EMPTY:
        return untouched(shown, visitor.tag, visitor.who)
    return _rendered(shown, visitor.tag, visitor.who, draft)


@lru_cache(maxsize=5_000)
def untouched(shown: Shown, tag: str, who: str) -> Markup:
    """A question in which nothing stands yet."""
    return _rendered(shown, tag, who, EMPTY)


def _rendered(shown: Shown, tag: str, who: str, draft: Draft) -> Markup:
    return Markup(render("question.html", tag, q=shown, who=who, draft=draft))  # noqa: S704 - rendered by us


@lru_cache(maxsize=5_000)
def _around(shown: Shown, tag: str, hears: Hears, media: tuple[str, ...]) -> tuple[Markup, Markup]:
    """What stands above and below a question: the ways to hear it, and to answer it otherwise."""
    html = render("around.html", tag, q=shown, heard=hears, allowed_media=media, between=BETWEEN)
    above, _, below = html.partition(BETWEEN)
    return Markup(above), Markup(below)  # noqa: S704 - rendered by us


def _standing(visitor: Visitor, here: Heard, shown: Shown) -> Draft:
    """What was said before in this visit, to be changed; nothing of an earlier visit."""
    row = visitor.standing(here, shown.id)
    if row is None or visitor.is_earlier(row):
        return EMPTY
    value = here.state.answers.get(shown.id)
    written = str(value or "") if not shown.options else ""
    who = row.audience if row.audience != shown.audience else ""
    return Draft(written, who=who, chosen=numbers(shown, value))


def _exchange(visitor: Visitor, here: Heard, back: Question | None) -> dict[str, str] | None:
    """The question just answered and the answer, so that it reads as a talk."""
    if back is None or session.pop("said", None) != back.id:
        return None
    row, value = visitor.standing(here, back.id), here.state.answers.get(back.id)
    if row is None or visitor.is_earlier(row):
        return None
    return {
        "ask": language.question_words(back, visitor.tag),
        "said": said(back, value, visitor.tag) or visitor.words("skipped"),
        "own": "" if back.kind in (Kind.TEXT,) and value else "words",
    }
