"""The invented authority, built through the same ways as a real one: everything is there."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from consult_app import clock, language
from consult_app.actions.doors import links
from consult_app.demo.build import PASSWORD, Plan, build, is_empty
from consult_app.demo.doors import SHOWN, doors
from consult_app.demo.pretend import at, standing_at
from consult_app.models.answer import Answer
from consult_app.models.child import Child
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Channel, ConsultationStatus, InboundState, MessageKind, Role
from consult_app.models.message import Message
from consult_app.models.review import Review
from consult_app.models.staff import Staff

CHILDREN = 80
NOON = at(date(2026, 11, 20), 12)


@pytest.fixture
def built(database, settings, tmp_path):
    """A database with an invented authority of eighty children, on a day that stands still."""
    with standing_at(NOON):
        build(database, settings, Plan(tmp_path, seed=7, children=CHILDREN), lambda _words: None)
        yield database


def test_an_invented_authority_is_whole(built, settings):
    """One build, for it takes seconds: counts of everything a visitor looks at."""
    assert not is_empty(built)
    with built.reading() as session:
        check_people(session)
        check_consultations(session)
        check_everyone(session)
        check_texts(session)
    with built.transaction() as session:
        check_doors(session, settings)


def count(session, column, *where):
    """How many rows there are."""
    return session.scalar(select(func.count(column)).where(*where))


def check_people(session):
    """Children, staff, and what was imported."""
    assert count(session, Child.id) == CHILDREN
    assert count(session, Child.id, Child.unaccompanied) == CHILDREN // 4
    assert count(session, Staff.id) == 14
    assert count(session, Staff.id, Staff.iro_id.is_not(None)) == 12
    assert count(session, Review.id, Review.chairing.is_not(None)) > 50


def check_consultations(session):
    """Some answered, some began, some are silent; each said when it was."""
    statuses = set(session.scalars(
        select(Consultation.status).where(Consultation.proposed_at.is_not(None))
    ))  # fmt: skip
    assert {ConsultationStatus.SENT, ConsultationStatus.STARTED} <= statuses
    assert ConsultationStatus.SUBMITTED in statuses
    assert count(session, Consultation.id, Consultation.reason_sealed.is_not(None)) > 0
    channels = set(session.scalars(select(Answer.channel)))
    assert channels == {Channel.SMS, Channel.WEB_CHAT, Channel.WEB_FORM}
    first, last = session.execute(select(func.min(Answer.said_at), func.max(Answer.said_at))).one()
    assert first.date() < last.date() < clock.today()
    assert count(session, Concern.id, Concern.closed_at.is_(None)) > 0


def check_everyone(session):
    """Every age and everyone around a child is asked the questions made for them."""
    asked = set(session.scalars(
        select(Consultation.questionnaire).where(Consultation.sent_at.is_not(None))
    ))  # fmt: skip
    assert asked >= {"observer", "child_8_11", "child_12_15", "carer", "parent", "health",
                     "education", "after_child"}  # fmt: skip
    submitted = set(session.scalars(
        select(Consultation.role).where(Consultation.channel_finished.is_not(None))
    ))  # fmt: skip
    assert {Role.OBSERVER, Role.HEALTH, Role.EDUCATION} <= submitted
    assert count(session, Child.id, Child.communication_needs) > 0
    reasons = {row.reason for row in session.scalars(
        select(Consultation).where(Consultation.reason_sealed.is_not(None))
    )}  # fmt: skip
    assert "reason.under_four" in reasons
    assert "reason.no_questionnaire" not in reasons


def check_texts(session):
    """Everything posted has gone out, and everything that came in was heard or set aside."""
    assert count(session, Message.id, Message.kind == MessageKind.REMINDER) > 0
    assert count(session, Message.id, Message.settled_at.is_(None)) == 0
    heard = count(session, Inbound.id, Inbound.state == InboundState.HEARD)
    assert heard > 0.9 * count(session, Inbound.id)


def check_doors(session, settings):
    """Every address opens what it says, and the accounts exist."""
    found = doors(session, settings, clock.now())
    assert list(found) == ["iro", "manager", "support", *SHOWN, "phone"]
    session.flush()
    for role in SHOWN:
        every = {one.tag for one in language.languages()}
        told = every if role is Role.CHILD else {"en-GB", "en-GB-x-easy", "ar", "ti"}
        assert set(found[role.value]) == told
        urls = list(found[role.value].values())
        assert all(urls) or role is Role.CARE_LEAVER
        for url in filter(None, urls):
            place = url.removeprefix(settings.public_url)
            token = re.fullmatch(r"/r/([\w-]{22})(\?l=[\w-]+)?", place)[1]
            assert links.peek(session, token, clock.now()).role is role
    for who in ("iro", "manager", "support"):
        door = found[who]
        assert set(door) == {"url", "user", "password"}
        assert door["password"] == PASSWORD
        assert count(session, Staff.id, Staff.email == door["user"]) == 1


def test_the_clock_goes_on_after_standing():
    with standing_at(at(date(2026, 7, 1), 9)) as hand:
        hand.move_on(90)
        assert clock.now() == datetime(2026, 7, 1, 8, 1, 30, tzinfo=UTC)
        assert clock.today().isoformat() == "2026-07-01"
    assert abs((datetime.now(UTC) - clock.now()).total_seconds()) < 5
