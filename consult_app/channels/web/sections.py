"""A page at a time: the same questions as a form, given to `talk.answer_page`."""

from collections.abc import Mapping

from flask import Blueprint, request, session
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from consult_app import language
from consult_app.actions.answering import talk
from consult_app.actions.answering.talk import Heard
from consult_app.channels.web import book, fields, notes, ways
from consult_app.channels.web.book import Sheet
from consult_app.channels.web.shown import Shown, show
from consult_app.channels.web.visitor import Visitor, go, inside, new_client_id, source
from consult_app.conversation.form import Audience, Value
from consult_app.conversation.path import is_asked

blueprint = Blueprint("sections", __name__, url_prefix="/answer")

BAD_INPUT = 422


@blueprint.get("/form")
@inside
def resume(visitor: Visitor) -> Response:
    """The first page of the form on which something is still to be said."""
    here = visitor.here()
    return go(book.first_open(here.form, here.state.answers))


@blueprint.get("/form/<int:number>")
@inside
def read(visitor: Visitor, number: int) -> Response:
    """One page of the form, with what was answered in this visit."""
    here = visitor.here()
    return _read(visitor, here, book.part(here.form, number))


@blueprint.post("/form/<int:number>")
@inside
def save(visitor: Visitor, number: int) -> Response:
    """Keep one page of answers, then show the next."""
    here = visitor.here()
    return _save(visitor, here, book.part(here.form, number), "form")


@blueprint.get("/page")
@inside
def read_all(visitor: Visitor) -> Response:
    """Every question on one page."""
    here = visitor.here()
    return _read(visitor, here, book.whole(here.form))


@blueprint.post("/page")
@inside
def save_all(visitor: Visitor) -> Response:
    """Keep all the answers at once, then check them."""
    here = visitor.here()
    return _save(visitor, here, book.whole(here.form), "page")


@blueprint.get("/together/<section>")
@inside
def read_together(visitor: Visitor, section: str) -> Response:
    """One part of the chat on one screen: the columns and their scale."""
    here = visitor.here()
    return _read(visitor, here, book.together(here.form, section))


@blueprint.post("/together/<section>")
@inside
def save_together(visitor: Visitor, section: str) -> Response:
    """Keep what the columns say, then go on with the chat."""
    here = visitor.here()
    return _save(visitor, here, book.together(here.form, section), "chat")


def _read(visitor: Visitor, here: Heard, sheet: Sheet | None) -> Response:
    return go(book.CHECK) if sheet is None else _page(visitor, here, sheet)


def _save(visitor: Visitor, here: Heard, sheet: Sheet | None, skin: str) -> Response:
    """Keep what a sheet says; a change of language or bad input shows it again as it was sent."""
    if sheet is None:
        return go(book.CHECK)
    shown = _posted(visitor, here, sheet)
    form = fields.make(shown, visitor.words)
    if "l" in request.form:
        talk.change_language(visitor.consultation, request.form["l"])
        session["l"] = visitor.tag
        return _page(visitor, here, sheet, form)
    if not form.validate():
        return _page(visitor, here, sheet, form, BAD_INPUT)
    values = _given(visitor, here, {q.id: fields.value(form[q.name]) for q in shown})
    heard = talk.answer_page(
        visitor.db, visitor.consultation, values, source(skin), _audiences(shown)
    )
    onward = book.onward(heard.form, sheet, heard.state.answers)
    session["note"] = notes.raised(heard.outcomes) or ("form.more" if "#" in onward else "")
    return go(ways.wanted(sheet.address) or onward)


def _posted(visitor: Visitor, here: Heard, sheet: Sheet) -> list[Shown]:
    """The questions that were on the page as it was sent."""
    asked = request.form.get("asked", "").split()
    return [show(here.form, q.id, visitor.tag) for q in sheet.questions if q.id in asked]


def _given(visitor: Visitor, here: Heard, values: Mapping[str, Value]) -> dict[str, Value]:
    """What the page says; a field left empty over a covered answer leaves that answer."""
    covered = _covered(visitor, here)
    return {one: said for one, said in values.items() if said is not None or one not in covered}


def _audiences(shown: list[Shown]) -> Mapping[str, Audience]:
    """Who may see each answer, where the respondent has a choice and made it."""
    chosen = {s.id: request.form.get(f"{s.name}-who", s.audience) for s in shown}
    return {
        s.id: Audience(chosen[s.id])
        for s in shown
        if chosen[s.id] in s.audiences
        if s.audiences[1:]
    }


def _page(
    visitor: Visitor, here: Heard, sheet: Sheet, form: FlaskForm | None = None, status: int = 200
) -> Response:
    """The page as it was sent, or with what stands from this visit; what is older stays covered."""
    again = request.args.get("open", "")
    covered = set() if form else _covered(visitor, here) - {again}
    on_page = [q for q in sheet.questions if is_asked(q, here.state.answers)]
    shown = [show(here.form, q.id, visitor.tag) for q in on_page]
    asked = [s for s in shown if s.id not in covered]
    return visitor.page(
        "form.html",
        switch="sheet",
        status=status,
        sheet=sheet,
        sections=_by_section(visitor, shown),
        screens=here.form.screens,
        columns=book.COLUMNS,
        done=[q.id for q in on_page if here.state.answers.get(q.id) is not None],
        on_page=shown,
        asked=[s.id for s in asked],
        values=_posted_values(asked) if form else _values(visitor, here, asked),
        who_may=_who_may(visitor, here, asked, posted=form is not None),
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


def _who_may(
    visitor: Visitor, here: Heard, asked: list[Shown], *, posted: bool
) -> Mapping[str, str]:
    """Who may see each answer: as it was sent, as it stands, or as the question has it."""
    if posted:
        return {s.name: request.form.get(f"{s.name}-who", s.audience) for s in asked}
    rows = {s.name: visitor.standing(here, s.id) for s in asked}
    return {s.name: row.audience if (row := rows[s.name]) else s.audience for s in asked}
