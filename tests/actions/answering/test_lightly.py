"""Hearing without holding: the same as holding, and nothing at all when somebody was first."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.answering import lightly, talk, writing
from consult_app.actions.doors import links
from consult_app.actions.doors.glance import Glance, glance
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, ConsultationStatus
from tests.factories import make_consultation

SAID = (
    ("helper", "1"),
    ("feel", "2"),
    ("home", "help"),
    ("home", "skip"),
    ("fun", "I like football."),
    ("school", "what?"),
    ("school", "5"),
    ("worried", "he hits me and I am scared"),
)
"""What is said to which question: answers, a skip, moves, something unclear, a concern."""


@pytest.fixture
def asked(session: Session) -> Consultation:
    """A child of eight to eleven who has begun."""
    one = make_consultation(session, questionnaire="child_8_11")
    talk.begin(session, one, told("begin"))
    session.commit()
    return one


def told(client_id: str, question: str | None = None) -> talk.Source:
    """From the chat, perhaps at a question."""
    return talk.Source(Channel.WEB_CHAT, client_id, question=question)


def look(database: Database, secret: str) -> Glance:
    """What a page sees now."""
    with database.glancing() as connection:
        seen = glance(connection, secret, clock.now())
    assert seen is not None
    return seen


def hear(database: Database, seen: Glance, text: str, source: talk.Source) -> talk.Heard | None:
    """Hear it at what was seen."""
    return lightly.hear(database, seen, text, source)


def rows(database: Database) -> list[tuple[str, str | None]]:
    """Every answer: to which question, with which code."""
    with database.reading() as session:
        said = session.scalars(select(Answer).order_by(Answer.id))
        return [(row.question, row.code) for row in said]


def concerns(database: Database) -> list[str | None]:
    """What every concern was raised by."""
    with database.reading() as session:
        return [row.evidence for row in session.scalars(select(Concern))]


def test_it_leaves_what_holding_leaves(session, database, asked, secret) -> None:
    held = make_consultation(session, questionnaire="child_8_11")
    talk.begin(session, held, told("begin"))
    session.commit()
    for question, text in SAID:
        heard = hear(database, look(database, secret), text, told(f"id {text}", question))
        same = talk.hear(session, held, text, told(f"id {text}", question))
        session.commit()
        assert heard is not None
        assert heard.state == same.state
        assert heard.outcomes == same.outcomes
        assert [row.question for row in heard.rows] == [row.question for row in same.rows]
        seen = look(database, secret)
        assert (seen.rows, seen.consultation.waiting) == (heard.rows, heard.state.waiting)
    mine, theirs = (
        session.scalars(select(Answer).where(Answer.consultation_id == one.id)).all()
        for one in (asked, held)
    )
    columns = ("question", "code", "text", "language", "channel", "typist", "audience", "digest")
    assert [[getattr(row, name) for name in columns] for row in mine] == [
        [getattr(row, name) for name in columns] for row in theirs
    ]


def test_who_was_first_is_heard_and_the_other_writes_nothing(
    session, database, asked, secret
) -> None:
    early, late = look(database, secret), look(database, secret)
    first = hear(database, early, "1", told("one"))
    assert first is not None
    before = rows(database)
    assert hear(database, late, "2", told("two")) is None
    assert hear(database, late, "what?", told("three")) is None
    assert rows(database) == before
    assert look(database, secret).consultation.waiting == first.state.waiting


def test_the_same_message_again_changes_nothing(session, database, secret) -> None:
    hear(database, look(database, secret), "1", told("one"))
    before, seen = rows(database), look(database, secret)
    again = hear(database, seen, "1", told("one"))
    assert again is not None
    assert again.state.waiting == seen.consultation.waiting
    assert rows(database) == before
    assert look(database, secret) == seen


def test_what_was_sent_meanwhile_is_not_begun_again(session, database, asked, secret) -> None:
    seen = look(database, secret)
    talk.submit(asked, told("send"))
    session.commit()
    assert hear(database, seen, "1", told("one")) is None
    assert rows(database) == []
    assert look(database, secret).consultation.status is ConsultationStatus.SUBMITTED


def test_who_was_put_out_meanwhile_writes_nothing(session, database, secret) -> None:
    seen = look(database, secret)
    links.end_visit(session, secret, clock.now())
    session.commit()
    assert hear(database, seen, "1", told("one")) is None
    assert hear(database, seen, "what?", told("two")) is None
    assert rows(database) == []


def test_what_was_joined_to_an_answer_meanwhile_is_not_overtaken(
    session, database, asked, secret
) -> None:
    hear(database, look(database, secret), "1", told("one"))
    seen = look(database, secret)
    held = talk.lock(session, asked.id)
    writing.write(session, held, [(talk.form_of(held).by_id["fun"], "More")], told("joined"), None)
    writing.touch(held)
    session.commit()
    assert hear(database, seen, "Mine", told("late", "fun")) is None
    assert [question for question, _ in rows(database)] == ["helper", "fun"]


def test_a_concern_comes_with_its_answer_or_not_at_all(session, database, secret) -> None:
    seen = look(database, secret)
    words = "he hits me and I am scared"
    first = hear(database, seen, words, told("one", "worried"))
    assert first is not None
    assert concerns(database) == [words]
    assert hear(database, seen, words, told("two", "worried")) is None
    assert concerns(database) == [words]
    assert len(rows(database)) == 1


def test_a_change_of_language_must_be_held(session, database, secret) -> None:
    before = look(database, secret)
    assert hear(database, before, "العربية", told("one")) is None
    assert look(database, secret) == before


def test_what_has_not_begun_must_be_held(session, database, asked, secret) -> None:
    asked.status = ConsultationStatus.SENT
    session.commit()
    assert hear(database, look(database, secret), "1", told("one")) is None
    assert rows(database) == []


def test_of_many_at_once_one_is_heard_and_the_others_are_told(session, database, secret) -> None:
    seen, start = look(database, secret), Barrier(6)
    heard: list[talk.Heard | None] = []

    def tap(number: int) -> None:
        start.wait(timeout=20)
        heard.append(hear(database, seen, "1", told(f"tap {number}")))

    taps = [Thread(target=tap, args=(number,)) for number in range(6)]
    for one in taps:
        one.start()
    for one in taps:
        one.join(timeout=60)
    assert sorted(one is None for one in heard) == [False, *[True] * 5]
    assert len(rows(database)) == 1
