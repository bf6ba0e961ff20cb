"""Concerns are raised by staff and closed by a person, with a note."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions import concerns
from consult_app.models.concern import Concern
from consult_app.models.kinds import ConcernLevel
from tests import factories

WORDS = "She said on the telephone: እፈርሕ"


@pytest.fixture
def concern(session: Session) -> Concern:
    asked = factories.make_consultation(session)
    return concerns.raise_by_staff(session, asked, ConcernLevel.SAFETY, WORDS, clock.now())


def test_what_staff_raise_is_open_with_their_words(session: Session, concern: Concern) -> None:
    session.expire_all()
    assert (concern.reason, concern.evidence, concern.closed_at) == ("staff", WORDS, None)


def test_a_person_closes_it_with_a_note(session: Session, concern: Concern) -> None:
    staff, now = factories.make_staff(session), clock.now()
    concerns.close(session, concern.id, staff_id=staff.id, note=" Rang her. ", now=now)
    session.flush()
    session.expire_all()
    assert (concern.closed_at, concern.closed_by_id) == (now, staff.id)
    assert concern.closing_note == "Rang her."


@pytest.mark.parametrize("note", ["", "   ", "\n"])
def test_without_a_note_it_stays_open(session: Session, concern: Concern, note: str) -> None:
    staff = factories.make_staff(session)
    closed = concerns.close(session, concern.id, staff_id=staff.id, note=note, now=clock.now())
    assert closed is None
    assert concern.closed_at is None


def test_closing_again_keeps_the_first_closing(session: Session, concern: Concern) -> None:
    first, second = factories.make_staff(session), factories.make_staff(session)
    concerns.close(session, concern.id, staff_id=first.id, note="First", now=clock.now())
    concerns.close(session, concern.id, staff_id=second.id, note="Second", now=clock.now())
    assert (concern.closed_by_id, concern.closing_note) == (first.id, "First")


def test_the_database_lets_no_machine_close_one(session: Session, concern: Concern) -> None:
    concern.closed_at = clock.now()
    with pytest.raises(IntegrityError, match="closed_by_a_person"):
        session.flush()
    session.rollback()
