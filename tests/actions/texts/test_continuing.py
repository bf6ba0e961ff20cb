"""Free text spread over several texts is one answer, in order; everything else goes on as before."""

import dataclasses
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.texts.text_turn import InboundText
from consult_app.actions.texts.texting import receive
from consult_app.models.answer import Answer
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import ConsultationStatus, InboundState, Role
from consult_app.models.message import Message
from tests.factories import make_consultation

TO_THE_WORDS = ("1", "1", "5", "1", "1", "1", "1", "no")
"""A carer's way to the first question that asks for words."""


class Phone:
    """Texts so many seconds apart; ours leave and arrive at once."""

    def __init__(self, session: Session, settings, asked: Consultation) -> None:
        self.session, self.settings, self.asked = session, settings, asked
        self.now: datetime = clock.now() + timedelta(seconds=1)
        self.sent = 0
        for body in TO_THE_WORDS:
            self.say(body, after=200)

    def say(self, body: str, after: float, *, leaves: bool = True) -> str:
        """One text; the reply to it, or "" for silence."""
        self.now += timedelta(seconds=after)
        self.sent += 1
        text = InboundText(f"SM{self.sent}", self.asked.person.mobile, body, self.now)
        self.inbound = receive(self.session, text, self.settings)
        self.asked.heard_at = self.now
        self.session.flush()
        reply = self.session.scalar(
            select(Message).where(Message.once_key == f"reply:SM{self.sent}")
        )
        if reply is None:
            return ""
        reply.posted_at = self.now
        reply.sent_at = self.now + timedelta(seconds=1) if leaves else None
        self.session.flush()
        return reply.body or ""

    def stands(self, question: str) -> str | None:
        """The answer that stands to a question."""
        rows = select(Answer).where(Answer.question == question).order_by(Answer.id)
        return self.session.scalars(rows).all()[-1].text


@pytest.fixture
def phone(session: Session, settings) -> Phone:
    return Phone(session, settings, make_consultation(session, role=Role.CARER))


@pytest.fixture
def asked_for(phone: Phone) -> str:
    """The question in waiting, which is to be answered in words."""
    return phone.asked.waiting


def test_three_texts_are_one_answer_in_order(phone: Phone, asked_for: str) -> None:
    first = phone.say("He plays outside", after=200)
    waits = phone.asked.waiting
    assert first
    assert phone.say("and he has made", after=1.5) == ""
    assert phone.say("two friends.", after=1.5) == ""
    assert phone.stands(asked_for) == "He plays outside\nand he has made\ntwo friends."
    assert phone.asked.waiting == waits != asked_for
    assert phone.inbound.state is InboundState.HEARD


def test_a_number_soon_after_answers_what_was_asked_next(phone: Phone, asked_for: str) -> None:
    phone.say("He plays outside", after=200)
    waits = phone.asked.waiting
    phone.say("no", after=20)
    assert phone.stands(asked_for) == "He plays outside"
    assert phone.asked.waiting != waits


def test_words_to_the_next_question_in_words_are_its_own(phone: Phone) -> None:
    phone.asked.waiting = "worried"  # it is followed by another that asks for words
    phone.session.scalars(select(Message).order_by(Message.id.desc())).first().asks = "worried"
    phone.say("He sleeps badly", after=200)
    phone.say("since March", after=3)
    phone.say("He plays outside", after=40)
    assert phone.stands("worried") == "He sleeps badly\nsince March"
    assert phone.stands("working") == "He plays outside"


def test_what_was_written_before_our_question_left_goes_with_the_answer(
    phone: Phone, asked_for: str
) -> None:
    phone.say("He plays outside", after=200, leaves=False)
    assert phone.say("and he sings, all day long", after=90) == ""
    assert phone.stands(asked_for) == "He plays outside\nand he sings, all day long"


def test_after_the_time_it_is_the_next_answer(phone: Phone, asked_for: str) -> None:
    phone.say("He plays outside", after=200, leaves=False)
    phone.say("and he sings", after=121)
    assert phone.stands(asked_for) == "He plays outside"


def test_never_when_the_setting_says_so(phone: Phone, asked_for: str) -> None:
    phone.settings = dataclasses.replace(phone.settings, join_seconds=0)
    phone.say("He plays outside", after=200)
    phone.say("and he sings", after=0)
    assert phone.stands(asked_for) == "He plays outside"


def test_a_cry_for_help_in_a_later_part_is_heard(phone: Phone, session: Session) -> None:
    phone.say("It was fine until", after=200)
    reply = phone.say("he hits me", after=2)
    assert "A person will look at this" in reply
    assert session.scalars(select(Concern.reason)).all() == ["word"]
    assert phone.say("he hits me a lot", after=2) == ""  # known, and told that it is


def test_stop_and_help_are_never_part_of_an_answer(phone: Phone, asked_for: str) -> None:
    phone.say("He plays outside", after=200)
    assert "999" in phone.say("HELP", after=2)
    phone.say("STOP", after=2)
    assert phone.inbound.state is InboundState.OPTED_OUT
    assert phone.stands(asked_for) == "He plays outside"


def test_the_same_text_twice_is_added_once(phone: Phone, asked_for: str, session: Session) -> None:
    phone.say("He plays outside", after=200)
    phone.say("and sings", after=1)
    phone.sent -= 1  # the provider brings it again
    phone.say("and sings", after=1)
    assert phone.stands(asked_for) == "He plays outside\nand sings"


def test_after_the_last_answer_it_is_thanked_for_once(
    phone: Phone, asked_for: str, session: Session
) -> None:
    phone.say("All is well", after=200)
    phone.asked.finished, phone.asked.waiting = True, None
    phone.asked.status, phone.asked.submitted_at = ConsultationStatus.SUBMITTED, phone.now
    assert phone.say("one more thing, he sings", after=30).startswith("Thank you. We kept")
    assert phone.say("and he dances too", after=30) == ""
    assert phone.stands(asked_for) == "All is well\none more thing, he sings\nand he dances too"
    assert session.scalars(select(Inbound.state)).all()[-1] is InboundState.HEARD
    assert session.scalars(select(Concern)).all() == []
