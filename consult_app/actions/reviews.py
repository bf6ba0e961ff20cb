"""What is recorded of a review: that it was held, how the child took part, who chaired."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult_app import clock
from consult_app.models.kinds import Chairing, ReviewStatus
from consult_app.models.review import Review
from consult_app.reviewing import timetable
from consult_app.reviewing.participation import ATTENDED, CODES, FOUR, Code


@dataclass(frozen=True)
class Meeting:
    """What the reviewing officer says of the meeting; `participation` is one of PN0 to PN7."""

    held_on: date
    child_attended: bool
    participation: str
    chairing: Chairing | None


class Fault(StrEnum):
    """Why a meeting cannot be recorded as it was said."""

    FUTURE = "future"
    UNKNOWN_CODE = "unknown_code"
    UNDER_FOUR_ONLY = "under_four_only"
    NOT_UNDER_FOUR = "not_under_four"
    ATTENDED = "attended"
    NOT_ATTENDED = "not_attended"


def age_on(born_on: date | None, day: date) -> int | None:
    """Whole years on `day`; None when the birthday is not known."""
    return None if born_on is None else timetable.age_on(born_on, day)


def faults(born_on: date | None, meeting: Meeting, today: date) -> tuple[Fault, ...]:
    """Everything that does not fit together.

    PN0 is for children under four only, and under four nothing else fits; on the fourth birthday
    itself both do (rules 440 and 441 of the statutory return). PN1 to PN4 say that the child was
    there, PN5 to PN7 that they were not.
    """
    code, attended = meeting.participation, meeting.child_attended
    checks = (
        (meeting.held_on > today, Fault.FUTURE),
        (code not in CODES, Fault.UNKNOWN_CODE),
        (code == Code.PN0 and _is_over_four(born_on, meeting.held_on), Fault.UNDER_FOUR_ONLY),
        (code != Code.PN0 and _is_under_four(born_on, meeting.held_on), Fault.NOT_UNDER_FOUR),
        (code in ATTENDED and not attended, Fault.NOT_ATTENDED),
        (code in CODES and code not in ATTENDED | {Code.PN0} and attended, Fault.ATTENDED),
    )
    return tuple(fault for wrong, fault in checks if wrong)


def _is_over_four(born_on: date | None, day: date) -> bool:
    age = age_on(born_on, day)
    return born_on is not None and age is not None and age >= FOUR and not _birthday(born_on, day)


def _is_under_four(born_on: date | None, day: date) -> bool:
    age = age_on(born_on, day)
    return age is not None and age < FOUR


def _birthday(born_on: date, day: date) -> bool:
    """True on the fourth birthday itself."""
    return (day.year - born_on.year, day.month, day.day) == (FOUR, born_on.month, born_on.day)


def record_meeting(
    session: Session, review_id: int, meeting: Meeting, *, staff_id: int, now: datetime
) -> Review | tuple[Fault, ...]:
    """Record the meeting and the confirmed participation code, or say what does not fit."""
    review = session.scalars(
        select(Review).where(Review.id == review_id).options(joinedload(Review.child))
    ).one()
    found = faults(review.child.born_on, meeting, clock.in_london(now).date())
    if found:
        return found
    review.status = ReviewStatus.HELD
    review.held_on = meeting.held_on
    review.child_attended = meeting.child_attended
    review.chairing = meeting.chairing
    review.participation = meeting.participation
    review.participation_confirmed_at = now
    review.participation_confirmed_by_id = staff_id
    review.settle_day()
    return review
