"""A page at a time: the same questions as a form, given to `talk.answer_page`."""

from collections.abc import Mapping
from functools import cache

from flask import Blueprint, request, session
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from consult_app import language
from consult_app.actions import talk
from consult_app.actions.talk import Heard
from consult_app.channels.web import fields, notes
from consult_app.channels.web.shown import Shown, field_name, show
from consult_app.channels.web.visitor import Visitor, go, inside, new_client_id, source
from consult_app.conversation.form import Audience, Form, Question, Value
from consult_app.conversation.path import is_asked, path

blueprint = Blueprint("sections", __name__, url_prefix="/answer")

ROOM = 8
"""Short sections share a page while no more than so many questions stand on it."""
BAD_INPUT = 422


@cache
def pages(form: Form) -> tuple[tuple[Question, ...], ...]:
    """The form's questions page by page: whole sections, short ones together."""
    made: list[tuple[Question, ...]] = []
    for section in form.sections:
        block = tuple(form.in_section(section))
        if made and _always(made[-1]) + _always(block) <= ROOM:
            made[-1] += block
        else:
            made.append(block)
    return tuple(made)


def _always(questions: tuple[Question, ...]) -> int:
    return sum(question.when is None for question in questions)


@blueprint.get("/form/<int:number>")
@inside
def read(visitor: Visitor, number: int) -> Response:
    """One page of the form, with what was answered in this visit."""
    here = visitor.here()
    if number >= len(pages(here.form)):
        return go("/answer/check")
    return _page(visitor, here, number)


@blueprint.post("/form/<int:number>")
@inside
def save(visitor: Visitor, number: int) -> Response:
    """Keep one page of answers, then show the next."""
    here = visitor.here()
    shown = _posted(visitor, here, number)
    form = fields.make(shown, visitor.words)
    if "l" in request.form:
        talk.change_language(visitor.consultation, request.form["l"])
        session["l"] = visitor.tag
        return _page(visitor, here, number, form)
    if not form.validate():
        return _page(visitor, here, number, form, BAD_INPUT)
    values = _given(visitor, here, {q.id: fields.value(form[q.name]) for q in shown})
    heard = talk.answer_page(
        visitor.db, visitor.consultation, values, source("form"), _audiences(shown)
    )
    onward = _onward(heard, number)
    session["note"] = notes.raised(heard.outcomes) or ("form.more" if "#" in onward else "")
    return go(onward)


def _posted(visitor: Visitor, here: Heard, number: int) -> list[Shown]:
    """The questions that were on the page as it was sent."""
    asked = request.form.get("asked", "").split()
    on_page = pages(here.form)[number] if number < len(pages(here.form)) else ()
    return [show(here.form, q.id, visitor.tag) for q in on_page if q.id in asked]


def _given(visitor: Visitor, here: Heard, values: Mapping[str, Value]) -> dict[str, Value]:
    """What the page says; a field left empty over a covered answer leaves that answer."""
    covered = _covered(visitor, here)
    return {one: said for one, said in values.items() if said is not None or one not in covered}


def _audiences(shown: list[Shown]) -> Mapping[str, Audience]:
    """Who may see each answer whose audience the respondent can narrow."""
    return {
        question.id: Audience.IRO if f"{question.name}-narrow" in request.form else Audience.MEETING
        for question in shown
        if question.can_narrow
    }


def _onward(heard: Heard, number: int) -> str:
    """The same page while an answer opened another question there, else the next, else check."""
    answers, book = heard.state.answers, pages(heard.form)
    for later in range(number, len(book)):
        open_now = [q for q in book[later] if is_asked(q, answers)]
        waiting = next((q for q in open_now if q.id not in answers), None)
        if waiting is not None and later == number:
            return f"/answer/form/{number}#q-{field_name(waiting.id)}"
        if open_now and later > number:
            return f"/answer/form/{later}"
    return "/answer/check"


def _page(
    visitor: Visitor, here: Heard, number: int, form: FlaskForm | None = None, status: int = 200
) -> Response:
    """The page as it was sent, or with what stands from this visit; what is older stays covered."""
    open_now = path(here.form, here.state.answers)
    on_page = [q for q in pages(here.form)[number] if q in open_now]
    again = request.args.get("open", "")
    covered = set() if form else _covered(visitor, here) - {again}
    shown = [show(here.form, q.id, visitor.tag) for q in on_page]
    asked = [s for s in shown if s.id not in covered]
    return visitor.page(
        "form.html",
        switch="sheet",
        status=status,
        number=number,
        parts=len(pages(here.form)),
        sections=_by_section(visitor, shown),
        on_page=shown,
        asked=[s.id for s in asked],
        values=_posted_values(asked) if form else _values(visitor, here, asked),
        narrowed=_narrowed(visitor, here, asked, posted=form is not None),
        errors=form.errors if form else {},
        note=session.pop("note", "") or "",
        id=new_client_id(),
    )


def _by_section(visitor: Visitor, shown: list[Shown]) -> dict[str, list[Shown]]:
    """The page's questions under the titles of their sections."""
    titled: dict[str, list[Shown]] = {}
    for question in shown:
        titled.setdefault(language.section_words(question.section, visitor.tag), []).append(
            question
        )
    return titled


def _covered(visitor: Visitor, here: Heard) -> set[str]:
    """Questions whose standing answer is from before this visit."""
    standing = {row.question: row for row in here.rows}
    return {question for question, row in standing.items() if visitor.is_earlier(row)}


def _values(visitor: Visitor, here: Heard, asked: list[Shown]) -> dict[str, list[str]]:
    covered = _covered(visitor, here)
    shown = {one.name: None if one.id in covered else one.id for one in asked}
    return {name: _as_list(here.state.answers.get(one or "")) for name, one in shown.items()}


def _as_list(value: Value) -> list[str]:
    if isinstance(value, tuple):
        return list(value)
    return [value] if value else []


def _posted_values(asked: list[Shown]) -> dict[str, list[str]]:
    return {shown.name: request.form.getlist(shown.name) for shown in asked}


def _narrowed(visitor: Visitor, here: Heard, asked: list[Shown], *, posted: bool) -> set[str]:
    """The fields whose answer is kept for the officer alone."""
    if posted:
        return {s.name for s in asked if f"{s.name}-narrow" in request.form}
    rows = {s.name: visitor.standing(here, s.id) for s in asked if s.can_narrow}
    return {name for name, row in rows.items() if row and row.audience == Audience.IRO}
