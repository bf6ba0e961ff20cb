"""Links and visits: one answer for every closed door, and nothing changed by looking."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from consult_app.actions.doors import links
from consult_app.actions.doors.glance import glance
from consult_app.models.child import Child
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus, Purpose, Role
from consult_app.models.link import Link
from consult_app.models.person import Person
from consult_app.models.review import Review
from consult_app.models.visit import Visit
from consult_app.tokens import new_token, token_hash

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def consultation(session: Session) -> Consultation:
    """A consultation that was sent, about a review ten days ahead."""
    child = Child(reference="001")
    person = Person(reference="c-001")
    review = Review(child_id=child.id, day=date(2026, 3, 12), planned_on=date(2026, 3, 12))
    made = Consultation(
        review_id=review.id,
        person_id=person.id,
        role=Role.CHILD,
        status=ConsultationStatus.SENT,
        questionnaire="child_8_11",
        version=1,
    )
    for row in (child, person, review, made):
        session.add(row)
        session.flush()
    return made


def door(session: Session, consultation: Consultation) -> str:
    """A link of 60 days."""
    token = links.new_link(session, consultation, NOW, 60)
    session.flush()
    return token


def inside(session: Session, secret: str, now: datetime) -> Consultation | None:
    """What the holder of `secret` is asked, when they are let in."""
    session.flush()
    found = glance(session.connection(), secret, now)
    return None if found is None else session.get(Consultation, found.consultation.id)


def test_a_token_is_128_bits_and_only_its_hash_is_kept(session, consultation):
    token = door(session, consultation)
    kept = session.scalars(select(Link)).one()
    assert len(token) == 22
    assert kept.token_hash == token_hash(token)
    assert token not in repr(vars(kept))


def test_peek_changes_nothing_however_often(session, consultation):
    token = door(session, consultation)
    for _ in range(5):
        assert links.peek(session, token, NOW) is consultation
    assert session.scalar(select(func.count()).select_from(Visit)) == 0
    assert not session.dirty
    assert not session.new


def test_a_tap_opens_a_visit(session, consultation):
    opened = links.open_door(session, door(session, consultation), NOW)
    assert opened is not None
    assert opened.consultation is consultation
    assert inside(session, opened.visit_secret, NOW) is consultation


def test_the_same_link_opens_again(session, consultation):
    token = door(session, consultation)
    first = links.open_door(session, token, NOW)
    second = links.open_door(session, token, NOW)
    assert first
    assert second
    assert first.visit_secret != second.visit_secret


def unknown(session, consultation, link):
    return "A" * 22


def mistyped(session, consultation, link):
    return link[:-1] + ("A" if link[-1] != "A" else "B") + "\x00é"


def expired(session, consultation, link):
    session.scalars(select(Link)).one().expires_at = NOW
    return link


def withdrawn(session, consultation, link):
    links.withdraw_links(session, consultation, NOW)
    return link


def closed(session, consultation, link):
    consultation.status = ConsultationStatus.EXPIRED
    return link


def not_yet_sent(session, consultation, link):
    consultation.status = ConsultationStatus.PROPOSED
    return link


SPOILED = [unknown, mistyped, expired, withdrawn, closed, not_yet_sent]


def test_the_sample_is_as_long_as_a_token() -> None:
    assert len(links.SAMPLE) == len(new_token())


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_every_closed_door_is_the_same(session, consultation, spoil):
    token = spoil(session, consultation, door(session, consultation))
    assert links.peek(session, token, NOW) is None
    assert links.open_door(session, token, NOW) is None
    session.flush()
    assert session.scalar(select(func.count()).select_from(Visit)) == 0


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_a_closed_door_asks_the_database_one_thing(session, consultation, spoil):
    token = spoil(session, consultation, door(session, consultation))
    session.commit()
    session.expunge_all()
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    links.open_door(session, token, NOW)
    event.remove(session.get_bind(), "before_cursor_execute", note)
    assert len([line for line in asked if not line.startswith("BEGIN")]) == 1


def test_sent_answers_may_be_changed_until_the_reviews_day(session, consultation):
    token = door(session, consultation)
    consultation.status = ConsultationStatus.SUBMITTED
    on_the_day = datetime(2026, 3, 12, 23, 30, tzinfo=UTC)
    assert links.may_change(consultation, on_the_day)
    assert not links.may_change(consultation, on_the_day + timedelta(hours=1))
    assert links.peek(session, token, on_the_day + timedelta(hours=1)) is consultation


def test_what_is_asked_after_a_review_may_be_changed_after_its_day(session, consultation):
    consultation.status = ConsultationStatus.SUBMITTED
    consultation.purpose = Purpose.AFTER
    assert links.may_change(consultation, NOW + timedelta(days=30))


def test_a_late_first_answer_is_welcome(session, consultation):
    assert links.peek(session, door(session, consultation), NOW + timedelta(days=30))


@pytest.mark.parametrize("hours", [links.VISIT_HOURS, 2000])
def test_a_visit_ends_by_itself(session, consultation, hours):
    opened = links.open_door(session, door(session, consultation), NOW)
    assert inside(session, opened.visit_secret, NOW + timedelta(hours=hours)) is None


def test_a_visit_ends_when_told_and_only_that_one(session, consultation):
    token = door(session, consultation)
    mine = links.open_door(session, token, NOW)
    other = links.open_door(session, token, NOW)
    session.flush()
    links.end_visit(session, mine.visit_secret, NOW)
    assert inside(session, mine.visit_secret, NOW) is None
    assert inside(session, other.visit_secret, NOW) is consultation


def test_withdrawing_links_puts_visitors_out(session, consultation):
    opened = links.open_door(session, door(session, consultation), NOW)
    session.flush()
    links.withdraw_links(session, consultation, NOW)
    assert inside(session, opened.visit_secret, NOW) is None


def test_an_unknown_secret_is_nobody(session, consultation):
    assert inside(session, "", NOW) is None
