"""Reviews with their dates, places and officers: our own spreadsheet, and case systems' lists."""

from dataclasses import dataclass
from datetime import date, time

from consult_app import clock
from consult_app.models.kinds import ReviewStatus, ReviewType
from consult_app.records import values
from consult_app.records.line import Line
from consult_app.records.ssda903 import CHILD_LIMIT, participation

REFERENCE_LIMIT = 60


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review; None and the empty text mean that the file does not say."""

    child: str
    reference: str
    type: ReviewType | None = None
    due_on: date | None = None
    planned_on: date | None = None
    planned_at: time | None = None
    held_on: date | None = None
    status: ReviewStatus | None = None
    code: str | None = None
    venue: str = ""
    iro: str = ""
    iro_name: str = ""
    team: str = ""
    area: str = ""
    unaccompanied: bool | None = None
    care_leaver: bool | None = None
    first_name: str = ""
    born_on: date | None = None


def read_review(line: Line) -> ReviewRow | None:
    """A row of `reviews`: it needs both ids and at least one date."""
    child = line.ident("child", CHILD_LIMIT, rule="child-id")
    reference = line.ident("reference", REFERENCE_LIMIT, rule="review-id")
    days = {name: line.day(name, name.replace("_on", "-date")) for name in
            ("due_on", "planned_on", "held_on", "born_on")}  # fmt: skip
    if child is None or reference is None:
        return None
    if not (days["due_on"] or days["planned_on"] or days["held_on"]):
        line.leave_out("planned_on", "no-date", "a review needs a due or a planned date")
        return None
    return ReviewRow(
        child,
        reference,
        type=line.choice("type", values.REVIEW_TYPES),
        planned_at=_hour(line),
        status=line.choice("status", values.STATUSES),
        code=participation(line, blank=True),
        venue=line.text("venue", 200),
        iro=line.text("iro", 60),
        iro_name=line.text("iro_name", 120),
        team=line.text("team", 80),
        area=line.text("area", 80),
        unaccompanied=line.choice("unaccompanied", values.YES_NO),
        care_leaver=line.choice("care_leaver", values.YES_NO),
        first_name=line.text("first_name", 60),
        **days,
    )


def read_safeguarding(line: Line) -> ReviewRow | None:
    """A row as the Standard Safeguarding Dataset and the case systems behind it write it.

    Its one date is the day held when it has come, else the day planned.
    """
    child = line.ident("child", CHILD_LIMIT, rule="child-id")
    reference = line.ident("reference", REFERENCE_LIMIT, rule="review-id")
    due_on, day = line.day("due_on", "due-date"), line.day("day", "166")
    if child is None or reference is None:
        return None
    if not (due_on or day):
        line.leave_out("day", "no-date", "a review needs a due date or a date")
        return None
    past = day is not None and day <= clock.today()
    cancelled = _cancelled(line)
    status = ReviewStatus.HELD if past else ReviewStatus.SCHEDULED
    return ReviewRow(
        child,
        reference,
        due_on=due_on,
        planned_on=None if past and not cancelled else day,
        held_on=day if past and not cancelled else None,
        status=ReviewStatus.CANCELLED if cancelled else status,
        code=participation(line, blank=True),
    )


def _cancelled(line: Line) -> bool:
    """Y, a date of cancelling, or a status that says so."""
    text = line.text("cancelled")
    if values.named(values.YES_NO, text) is not None:
        return bool(values.named(values.YES_NO, text))
    return values.day(text) is not None or (
        values.named(values.STATUSES, text) is ReviewStatus.CANCELLED
    )


def _hour(line: Line) -> time | None:
    text = line.text("planned_at")
    read = values.hour(text) if text else None
    if text and read is None:
        line.warn("planned_at", "planned-time", "is not a time of day: use 14:30")
    return read
