"""The form as sheets: a page of sections at a time, everything on one, or one section together."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from consult_app.channels.web.shown import field_name
from consult_app.conversation.form import Form, Question, Value
from consult_app.conversation.path import is_asked

ROOM = 8
"""Short sections share a page while no more than so many questions stand on it."""
CHECK, CHAT = "/answer/check", "/answer/q"
COLUMNS = ("working", "worried", "change")
"""The questions of the three columns of Signs of Safety, in their order."""


@dataclass(frozen=True)
class Sheet:
    """Questions that stand on one page; `after` is where it leads when all is said."""

    questions: tuple[Question, ...]
    address: str
    after: str = CHECK
    number: int = 0
    parts: int = 1


@cache
def pages(form: Form) -> tuple[tuple[Question, ...], ...]:
    """The form's questions page by page: whole sections, short ones together.

    A section with a screen of its own shares no page.
    """
    made: list[tuple[Question, ...]] = []
    is_open = False
    for section in form.sections:
        block = tuple(form.in_section(section))
        own = section in form.screens
        if is_open and not own and _always(made[-1]) + _always(block) <= ROOM:
            made[-1] += block
        else:
            made.append(block)
        is_open = not own
    return tuple(made)


def _always(questions: tuple[Question, ...]) -> int:
    return sum(question.when is None for question in questions)


def part(form: Form, number: int) -> Sheet | None:
    """One page of the form; None past the last."""
    book = pages(form)
    if number >= len(book):
        return None
    return Sheet(book[number], f"/answer/form/{number}", number=number, parts=len(book))


def whole(form: Form) -> Sheet:
    """Everything on one page."""
    return Sheet(form.questions, "/answer/page")


def together(form: Form, section: str) -> Sheet | None:
    """One section of the chat on one page; None for a section that has no such screen."""
    if form.screens.get(section) != "columns":
        return None
    return Sheet(tuple(form.in_section(section)), f"/answer/together/{section}", CHAT)


def opened(sheet: Sheet, answers: Mapping[str, Value]) -> str:
    """The anchor of a question on this sheet that an answer has opened; empty when none waits."""
    waiting = (q for q in sheet.questions if is_asked(q, answers) and q.id not in answers)
    first = next(waiting, None)
    return f"{sheet.address}#q-{field_name(first.id)}" if first else ""


def onward(form: Form, sheet: Sheet, answers: Mapping[str, Value]) -> str:
    """This sheet while it still asks something, else the next one, else where it leads."""
    later = pages(form)[sheet.number + 1 :] if sheet.parts > 1 else ()
    numbers = enumerate(later, sheet.number + 1)
    more = (number for number, page in numbers if any(is_asked(q, answers) for q in page))
    following = next(more, None)
    if waiting := opened(sheet, answers):
        return waiting
    return sheet.after if following is None else f"/answer/form/{following}"


def first_open(form: Form, answers: Mapping[str, Value]) -> str:
    """The first page of the form on which something is still asked, else the first."""
    for number, page in enumerate(pages(form)):
        if any(is_asked(q, answers) and q.id not in answers for q in page):
            return f"/answer/form/{number}"
    return "/answer/form/0"
