"""What is recorded of a meeting, and what does not fit together."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.reviews import Fault, Meeting, age_on, faults, record_meeting
from consult_app.models.kinds import Chairing, ReviewStatus
from consult_app.models.review import Review
from tests import factories

TODAY = date(2026, 6, 1)
BORN = date(2012, 5, 4)


def _meeting(code: str, *, attended: bool, held_on: date = TODAY) -> Meeting:
    return Meeting(held_on, attended, code, Chairing.PART)


def test_a_confirmed_meeting_is_held_and_says_who_confirmed(session: Session) -> None:
    review, staff = factories.make_review(session), factories.make_staff(session)
    now = clock.now()
    held_on = clock.today()
    meeting = _meeting("PN1", attended=True, held_on=held_on)
    assert record_meeting(session, review.id, meeting, staff_id=staff.id, now=now) is review
    session.flush()
    session.expire_all()
    assert (review.status, review.held_on, review.day) == (ReviewStatus.HELD, held_on, held_on)
    assert (review.participation, review.chairing) == ("PN1", Chairing.PART)
    assert review.child_attended is True
    assert (review.participation_confirmed_at, review.participation_confirmed_by_id) == (
        now,
        staff.id,
    )


def test_what_does_not_fit_is_not_recorded(session: Session) -> None:
    review, staff = factories.make_review(session), factories.make_staff(session)
    meeting = _meeting("PN1", attended=False, held_on=clock.today())
    found = record_meeting(session, review.id, meeting, staff_id=staff.id, now=clock.now())
    assert found == (Fault.NOT_ATTENDED,)
    assert isinstance(review, Review)
    assert (review.status, review.participation) == (ReviewStatus.SCHEDULED, None)


@pytest.mark.parametrize(
    ("code", "attended", "fault"),
    [
        ("PN1", False, Fault.NOT_ATTENDED),
        ("PN4", False, Fault.NOT_ATTENDED),
        ("PN5", True, Fault.ATTENDED),
        ("PN7", True, Fault.ATTENDED),
        ("PN8", True, Fault.UNKNOWN_CODE),
        ("PN0", True, Fault.UNDER_FOUR_ONLY),
    ],
)
def test_codes_that_contradict_the_facts(code: str, attended: bool, fault: Fault) -> None:
    assert faults(BORN, _meeting(code, attended=attended), TODAY) == (fault,)


@pytest.mark.parametrize(
    ("born_on", "code", "expected"),
    [
        (date(2022, 6, 2), "PN0", ()),
        (date(2022, 6, 2), "PN1", (Fault.NOT_UNDER_FOUR,)),
        (date(2022, 6, 1), "PN0", ()),
        (date(2022, 6, 1), "PN1", ()),
        (date(2022, 5, 31), "PN0", (Fault.UNDER_FOUR_ONLY,)),
        (None, "PN0", ()),
        (None, "PN1", ()),
    ],
)
def test_the_fourth_birthday(born_on: date | None, code: str, expected: tuple[Fault, ...]) -> None:
    """Rules 440 and 441 of the return: on the birthday itself both kinds of code pass."""
    assert faults(born_on, _meeting(code, attended=True), TODAY) == expected


def test_a_meeting_cannot_be_tomorrow() -> None:
    tomorrow = _meeting("PN6", attended=False, held_on=date(2026, 6, 2))
    assert faults(BORN, tomorrow, TODAY) == (Fault.FUTURE,)


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2012, 6, 2), TODAY, 13),
        (date(2012, 6, 1), TODAY, 14),
        (date(2020, 2, 29), date(2024, 2, 28), 3),
        (date(2020, 2, 29), date(2025, 3, 1), 5),
        (None, TODAY, None),
    ],
)
def test_age_in_whole_years(born_on: date | None, day: date, age: int | None) -> None:
    assert age_on(born_on, day) == age
