"""Hearing texts: beginning, going on, STOP, HELP, what comes late, and whose it is."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app import clock, language
from consult_app.actions.texts.text_turn import InboundText
from consult_app.actions.texts.texting import receive
from consult_app.models.answer import Answer
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Channel, ConsultationStatus, InboundState, MessageState, Role
from consult_app.models.message import Message
from tests.factories import make_consultation, make_person, make_review, mobile

_ids = count(1)
STRANGER = "+447700900999"


class Phone:
    """A phone in somebody's hand: send a text, read what came back."""

    def __init__(self, session: Session, settings, number: str) -> None:
        self.session, self.settings, self.number = session, settings, number

    def send(self, body: str, provider_id: str | None = None, at: datetime | None = None) -> str:
        """Send a text; the reply to it, or "" for silence."""
        before = set(self.session.scalars(select(Message.id)))
        text = InboundText(provider_id or f"SM{next(_ids)}", self.number, body, at or clock.now())
        self.inbound = receive(self.session, text, self.settings)
        self.session.flush()
        fresh = [m for m in self.session.scalars(select(Message)) if m.id not in before]
        assert len(fresh) <= 1
        return fresh[0].body if fresh else ""


@pytest.fixture
def asked(session: Session) -> Consultation:
    """A carer who was invited."""
    return make_consultation(session, role=Role.CARER)


@pytest.fixture
def phone(session: Session, settings, asked: Consultation) -> Phone:
    return Phone(session, settings, asked.person.mobile)


def concerns(session: Session) -> list[tuple[str, str]]:
    session.flush()
    rows = session.scalars(select(Concern).order_by(Concern.id))
    return [(str(row.level), row.reason) for row in rows]


def answers(session: Session) -> dict[str, str | None]:
    session.flush()
    rows = session.scalars(select(Answer).order_by(Answer.id))
    return {row.question: row.code if row.code is not None else row.text for row in rows}


@pytest.mark.parametrize("word", ["1", "yes", "Yes.", "START", "١", "፩", "1️⃣"])
def test_words_that_begin(phone: Phone, asked: Consultation, word: str) -> None:
    reply = phone.send(word)
    assert "Jo reads this" in reply
    assert "Thank you for writing" not in reply
    assert reply.endswith("Who is filling this in?\n1 Me\n2 Me, with help\n3 Someone else for me")
    assert asked.status is ConsultationStatus.STARTED
    assert (asked.channel_begun, asked.depth) == (Channel.SMS, "short")


def test_another_day(phone: Phone, asked: Consultation) -> None:
    assert phone.send("2").startswith("That is fine, another day")
    assert asked.status is ConsultationStatus.SENT
    assert "Who is filling this in?" in phone.send("1")


@pytest.mark.parametrize(("tag", "word"), [("pl", "no"), ("fa", "ya")])
def test_a_word_that_means_two_things_is_no_answer_to_an_invitation(
    session: Session, phone: Phone, asked: Consultation, tag: str, word: str
) -> None:
    asked.language = tag
    reply = phone.send(word)
    assert reply.startswith(language.words("texts.start.kind", tag))
    assert asked.status is ConsultationStatus.STARTED
    assert concerns(session) == [("request", "unclear")]


def test_other_words_begin_kindly_and_are_kept(phone: Phone, asked: Consultation) -> None:
    reply = phone.send("what is this about")
    assert reply.startswith("Thank you for writing. We kept it")
    assert phone.inbound.body == "what is this about"
    assert phone.inbound.consultation_id == asked.id


def test_an_answer_then_the_next_question(phone: Phone, session: Session) -> None:
    phone.send("1")
    assert phone.send("1").startswith("From 0 (very bad) to 10")
    assert phone.send("7").startswith("How is settling in going?\n1 Very good")
    assert answers(session) == {"helper": "me", "scale": "7"}


def test_not_understood_then_a_person(phone: Phone, session: Session) -> None:
    phone.send("1")
    phone.send("1")
    first = phone.send("eleventy")
    assert first.startswith("Sorry, I did not get that. Please send a number from 0 to 10.")
    assert "From 0 (very bad)" in first
    assert phone.inbound.state is InboundState.STORED
    assert "a person will read what you wrote" in phone.send("lots")
    assert concerns(session) == [("request", "unclear")]
    assert [bool(phone.send(f"noise {n}")) for n in range(4)] == [True, True, False, False]
    assert concerns(session) == [("request", "unclear")]
    assert phone.send("7").startswith("How is settling in going?")


def test_skip_says_once_that_it_is_fine(phone: Phone, session: Session) -> None:
    phone.send("1")
    phone.send("1")
    assert phone.send("skip").startswith("That is fine. Next one.\nHow is settling")
    assert answers(session)["scale"] is None


def test_the_same_message_id_counts_once(phone: Phone, session: Session) -> None:
    phone.send("1", "SMa")
    assert phone.send("1", "SMb") != ""
    for _ in range(3):
        assert phone.send("1", "SMb") == ""
        assert phone.inbound is None
    assert len(session.scalars(select(Inbound)).all()) == 2
    assert answers(session) == {"helper": "me"}


@pytest.mark.parametrize("word", ["STOP", "stop.", "Unsubscribe", "Quit"])
def test_stop(phone: Phone, session: Session, word: str) -> None:
    phone.send("1")
    assert phone.send(word).startswith("We have stopped and will not text you again.")
    assert phone.inbound.state is InboundState.OPTED_OUT
    waiting = session.scalars(select(Message).order_by(Message.id)).all()
    assert [m.state for m in waiting] == [MessageState.CANCELLED, MessageState.QUEUED]
    assert phone.send(word) == ""
    assert phone.send("1") == ""  # heard, and answered with silence
    assert answers(session) == {"helper": "me"}
    assert phone.send("START").startswith("Welcome back.")
    assert phone.inbound.state is InboundState.OPTED_IN
    assert phone.send("7").startswith("How is settling in going?")


def test_i_want_them_to_stop_is_an_answer(session: Session, phone: Phone) -> None:
    phone.send("1")
    for said in ("1", "5", "1", "1", "1", "1", "no"):
        phone.send(said)
    phone.send("I want them to stop")
    assert answers(session)["working"] == "I want them to stop"
    assert session.scalars(select(Inbound.state)).all() == [InboundState.HEARD] * 9


OPEN = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
FRIDAY_NIGHT = datetime(2026, 4, 2, 18, 0, tzinfo=UTC)  # before the Easter of 2026


def test_help_says_who_and_when(phone: Phone, asked: Consultation, session: Session) -> None:
    asked.sent_at = OPEN - timedelta(days=1)
    reply = phone.send("HELP", at=OPEN)
    assert "999" in reply
    assert "today until 17:00" in reply
    assert "Tuesday 7 April at 09:00" in phone.send("help me", at=FRIDAY_NIGHT)
    assert concerns(session) == [("safety", "help")]
    assert asked.status is ConsultationStatus.SENT


def test_help_in_the_middle_keeps_the_place(session: Session, settings) -> None:
    child = make_consultation(session, role=Role.CHILD)
    phone = Phone(session, settings, child.person.mobile)
    phone.send("1")
    reply = phone.send("HELP")
    assert "Childline is free on 0800 1111" in reply
    assert "Who is filling" not in reply
    assert concerns(session) == [("safety", "help")]
    assert phone.send("1").startswith("How do you feel about where you live?")


def test_distress_before_anything_was_asked(phone: Phone, session: Session) -> None:
    reply = phone.send("he hits me")
    assert reply.startswith("Thank you for telling us. A person will look at this.")
    assert concerns(session) == [("safety", "word")]


def test_a_stranger_is_kept_and_told_nothing(session: Session, settings) -> None:
    phone = Phone(session, settings, STRANGER)
    assert phone.send("who is this") == ""
    assert phone.inbound.state is InboundState.QUARANTINED
    assert phone.send("HELP").startswith("If you are in danger now call 999.")
    assert phone.send("STOP").startswith("We have stopped")


def test_after_the_end_it_is_kept_for_a_person(phone: Phone, asked, session: Session) -> None:
    asked.status, asked.submitted_at = ConsultationStatus.SUBMITTED, clock.now()
    session.flush()
    assert phone.send("one more thing").startswith("Thank you. We kept what you wrote")
    assert phone.send("and another") == ""  # thanked once a day
    assert concerns(session) == [("request", "unclear")] * 2


def test_two_invitations_on_one_number_are_never_guessed(session: Session, settings) -> None:
    person = make_person(session, mobile=mobile())
    for _ in range(2):
        make_consultation(session, role=Role.CARER, person=person)
    phone = Phone(session, settings, person.mobile)
    assert phone.send("1").startswith("Thank you. We cannot tell which meeting")
    assert phone.inbound.state is InboundState.QUARANTINED
    assert phone.inbound.consultation_id is None
    assert concerns(session) == [("request", "unclear")]


def test_of_two_the_one_that_is_being_answered_by_text(session: Session, settings) -> None:
    person = make_person(session, mobile=mobile())
    first = make_consultation(session, role=Role.CARER, person=person)
    phone = Phone(session, settings, person.mobile)
    phone.send("1")
    make_consultation(session, role=Role.CARER, person=person)
    assert phone.send("1").startswith("From 0 (very bad)")
    assert phone.inbound.consultation_id == first.id


def test_begun_on_the_web_a_first_text_is_no_answer(phone: Phone, asked, session) -> None:
    asked.status, asked.waiting = ConsultationStatus.STARTED, "helper"
    asked.channel_begun = Channel.WEB_CHAT
    session.flush()
    assert phone.send("1").startswith("Good to hear from you. We go on here.\nWho is filling")
    assert answers(session) == {}
    phone.send("2")
    assert answers(session) == {"helper": "with_help"}


def test_a_text_answers_what_the_last_text_asked(phone: Phone, asked, session) -> None:
    phone.send("1")
    asked.waiting = "settling"  # it went on elsewhere meanwhile
    session.flush()
    phone.send("1")
    assert answers(session) == {"helper": "me"}


def test_after_the_meeting_the_truth_is_told(session: Session, settings) -> None:
    review = make_review(session, day=clock.today() - timedelta(days=1))
    late = make_consultation(session, role=Role.CARER, review=review)
    phone = Phone(session, settings, late.person.mobile)
    for said in ("1", "1", "5", "1", "1", "1", "1", "no", "all fine"):
        phone.send(said)
    assert phone.send("no") == "Thank you, that was the last one. Jo will read this."
    assert late.status is ConsultationStatus.SUBMITTED
    assert late.channel_finished is Channel.SMS


@pytest.mark.parametrize(("days", "again"), [(6.9, False), (7.1, True)])
def test_after_a_week_it_is_said_again_who_reads(phone: Phone, asked, session, days, again) -> None:
    phone.send("1")
    asked.heard_at = clock.now() - timedelta(days=days)
    session.flush()
    reply = phone.send("1")
    assert ("Jo reads this" in reply) is again
    assert "From 0 (very bad)" in reply
    assert answers(session) == {"helper": "me"}
    assert "reads this" not in phone.send("7")
