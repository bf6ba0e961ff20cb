"""One look at a visit: what it shows is what the tables say, and nothing when it is over."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.answering import remembering, talk
from consult_app.actions.doors import links
from consult_app.actions.doors.glance import glance
from consult_app.db import Database
from consult_app.models.consultation import Consultation, Standing
from consult_app.models.kinds import Channel, ConsultationStatus, Typist
from tests.factories import make_consultation

WORDS = "I like the \U0001f98a, \"quotes\", 'these', \\ and\nlines; ሰላም"
SAID = {"helper": "1", "home.like": WORDS, "fun": "skip", "feel": "2"}


@pytest.fixture
def asked(session: Session) -> Consultation:
    """A child of eight to eleven who was asked."""
    return make_consultation(session, questionnaire="child_8_11")


def say(session: Session, asked: Consultation) -> None:
    """Answer a few questions."""
    for question, text in SAID.items():
        source = talk.Source(Channel.WEB_CHAT, f"id {question}", question=question)
        talk.hear(session, asked, text, source)
    session.commit()


def test_it_shows_what_the_tables_say(session, database: Database, asked, secret) -> None:
    say(session, asked)
    session.expire_all()
    with database.glancing() as connection:
        seen = glance(connection, secret, clock.now())
    assert seen is not None
    assert seen.rows == remembering.rows(session, asked.id)
    assert len(seen.rows) == len(SAID)
    assert [row.text for row in seen.rows if row.text] == [WORDS]
    for name in Standing._fields:
        assert getattr(seen.consultation, name) == getattr(asked, name), name
    assert talk.standing(seen.consultation, seen.rows) == talk.current(session, asked)
    assert seen.visit.typist is Typist.SELF
    assert seen.visit.opened_at.tzinfo is not None


def test_before_the_first_answer_there_is_nothing_to_show(database, secret) -> None:
    with database.glancing() as connection:
        seen = glance(connection, secret, clock.now())
    assert seen is not None
    assert seen.rows == ()
    assert seen.consultation.heard_at is None


def test_answers_of_others_are_not_among_them(session, database, asked, secret) -> None:
    say(session, make_consultation(session, questionnaire="child_8_11"))
    with database.glancing() as connection:
        seen = glance(connection, secret, clock.now())
    assert seen is not None
    assert seen.rows == ()


def test_what_is_over_is_not_seen(session, database, asked, secret) -> None:
    with database.glancing() as connection:
        assert glance(connection, "another secret", clock.now()) is None
        late = clock.now() + timedelta(hours=links.VISIT_HOURS)
        assert glance(connection, secret, late) is None
    asked.status = ConsultationStatus.WITHDRAWN
    session.commit()
    with database.glancing() as connection:
        assert glance(connection, secret, clock.now()) is None
