"""SSDA903 files: past reviews, the header, and the list of unaccompanied children.

Columns and rules as the Department's collection defines them (reviews the same 2017 to 2024).
"""

from dataclasses import dataclass
from datetime import date

from consult_app.records import values
from consult_app.records.line import Line

CHILD_LIMIT = 40


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """One child as the header knows them."""

    child: str
    sex: str | None
    born_on: date | None


@dataclass(frozen=True, slots=True)
class UnaccompaniedRow:
    """A child who came alone; `until` is the day on which that status ended."""

    child: str
    sex: str | None
    born_on: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class PastReviewRow:
    """A review that was held, and how the child took part."""

    child: str
    born_on: date | None
    held_on: date
    code: str | None


def read_header(line: Line) -> HeaderRow | None:
    """A row of the header. Rules 101 (sex) and 102 (date of birth) are warned of."""
    child = line.ident("child", CHILD_LIMIT, rule="child-id")
    if child is None:
        return None
    return HeaderRow(child, _sex(line), line.day("born_on", "102"))


def read_unaccompanied(line: Line) -> UnaccompaniedRow | None:
    """A row of the UASC file."""
    child = line.ident("child", CHILD_LIMIT, rule="child-id")
    if child is None:
        return None
    born_on = line.day("born_on", "102")
    return UnaccompaniedRow(child, _sex(line), born_on, line.day("until", "duc"))


def read_past_review(line: Line) -> PastReviewRow | None:
    """A row of the reviews file. Rule 166 is the date, rule 167 the code."""
    child = line.ident("child", CHILD_LIMIT, rule="child-id")
    held_on = line.day_or_left_out("held_on", "166")
    if child is None or held_on is None:
        return None
    return PastReviewRow(
        child, line.day("born_on", "102"), held_on, participation(line, blank=False)
    )


def participation(line: Line, *, blank: bool) -> str | None:
    """The code of a row, rule 167; `blank` says whether it may be missing."""
    text = line.text("code")
    code = values.code(text) if text else None
    if text and code is None:
        line.warn("code", "167", "is not a code from PN0 to PN7: kept without a code")
    if not text and not blank:
        line.warn("code", "167", "is blank: kept without a code")
    return code


def _sex(line: Line) -> str | None:
    text = line.text("sex")
    known = values.named(values.SEXES, text)
    if text and known is None:
        line.warn("sex", "101", "is not a code for sex: taken as blank")
    return known
