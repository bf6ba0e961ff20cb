"""Between two meetings a text at any time reaches a person, or starts what the sender asks for."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.models.concern import Concern
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import ConsultationStatus, InboundState, ReviewStatus, Role
from tests import factories
from tests.actions.texts.phones import Phone

OPEN = datetime(2026, 3, 11, 14, 0, tzinfo=UTC)
MENU = "What would you like? Send a number:"
TOPICS = {
    "1": "tell.tell", "2": "tell.problem", "3": "tell.good",
    "4": "tell.advocate", "5": "tell.complaint", "6": "tell.language",
}  # fmt: skip


@pytest.fixture
def row(session):
    """A child whose last review was four months ago, and who sent everything in."""
    then = clock.now() - timedelta(days=120)
    row = factories.make_consultation(
        session, role=Role.CHILD, status=ConsultationStatus.SUBMITTED, sent_at=then,
        submitted_at=then, heard_at=then,
    )  # fmt: skip
    day = then.date()
    row.review.day = row.review.held_on = day
    row.review.status = ReviewStatus.HELD
    row.review.iro.name = "Jo Sample"
    session.flush()
    return row


@pytest.fixture
def phone(session, settings, row) -> Phone:
    return Phone(session, settings, row.person.mobile)


def messages(session) -> list[tuple[str, str | None, str | None]]:
    session.flush()
    rows = session.scalars(select(Concern).order_by(Concern.id))
    return [(row.reason, row.question, row.evidence) for row in rows]


def test_a_text_out_of_nowhere_is_kept_and_the_menu_comes(session, phone, row) -> None:
    reply = phone.send("my dog died")
    assert reply.startswith("Thank you. We kept what you wrote and a person will read it.")
    assert reply.split("\n")[-7:] == [
        MENU, "1 Tell us something", "2 Sort out a problem", "3 Good news",
        "4 Someone to speak up for me", "5 Complain", "6 Another language",
    ]  # fmt: skip
    assert messages(session) == [("unclear", None, "my dog died")]
    assert phone.inbound.consultation_id == row.id


@pytest.mark.parametrize(("number", "question"), TOPICS.items())
def test_what_is_chosen_is_carried_out(session, phone, number: str, question: str) -> None:
    phone.send("hello")
    reply = phone.send(number)
    assert "Write it here and Jo will read it." in reply
    asked = messages(session)[1:]
    at_once = number in "456"
    assert asked == ([("message", question, None)] if at_once else [])
    assert ("Jo gets your message." in reply) is at_once
    told = phone.send("please ring me on Monday", at=OPEN)
    assert told.startswith("Thank you. Jo gets your message. Messages are read in office hours")
    assert told.endswith("today until 17:00.")
    assert messages(session)[-1] == ("message", question, "please ring me on Monday")
    assert phone.send("and at four", at=OPEN) == ""  # thanked once a day, kept each time
    assert messages(session)[-1] == ("message", question, "and at four")


def test_naming_a_language_is_followed(session, phone, row) -> None:
    phone.send("hello")
    phone.send("6")
    phone.send("Tigrinya")
    assert row.language == "ti"


def test_a_cry_for_help_comes_first(session, phone) -> None:
    assert "Childline is free on 0800 1111" in phone.send("HELP")
    assert phone.send("hello").endswith("6 Another language")
    assert "If you are in danger now call 999" in phone.send("he hits me")
    assert [reason for reason, _, _ in messages(session)] == ["help", "unclear", "word"]
    phone.send("1")
    assert "999" in phone.send("help me")


def test_words_of_distress_in_a_message_call_a_person_at_once(session, phone) -> None:
    phone.send("hello")
    phone.send("2")
    assert "If you are in danger now call 999" in phone.send("i am not safe here")
    rows = session.scalars(select(Concern).where(Concern.reason == "word")).all()
    assert [(str(row.level), row.evidence) for row in rows] == [("safety", "i am not safe here")]
    phone.send("he hits me and i am not safe here")
    assert messages(session)[-1] == ("word", None, "he hits me and i am not safe here")
    phone.send("he hits me and i am not safe here")
    assert len(messages(session)) == 3


def test_a_message_goes_to_the_newest_review(session, phone, row) -> None:
    """Once the next one is open, a text is about that; the menu's choice stands for its child."""
    phone.send("hello")
    phone.send("2")
    review = factories.make_review(session, child=row.review.child)
    newest = factories.make_consultation(
        session, role=Role.CHILD, person=row.person, review=review,
        status=ConsultationStatus.SUBMITTED,
    )  # fmt: skip
    phone.send("the heating is broken")
    assert phone.inbound.consultation_id == newest.id
    concern = session.scalars(select(Concern).order_by(Concern.id.desc())).first()
    assert concern.consultation_id == newest.id


def test_a_carer_of_two_is_asked_who_it_is_about(session, settings, row) -> None:
    person = factories.make_person(session)
    for name in ("Alex", "Bo"):
        child = factories.make_child(session, first_name=name)
        review = factories.make_review(session, child=child)
        factories.make_consultation(
            session, role=Role.CARER, person=person, review=review,
            status=ConsultationStatus.SUBMITTED,
        )  # fmt: skip
    phone = Phone(session, settings, person.mobile)
    assert phone.send("we need a bed").startswith("Which of these")
    assert messages(session) == []
    assert MENU in phone.send("2")
    assert messages(session) == [("unclear", None, "we need a bed")]


def test_somebody_whom_nobody_asked_yet_is_kept_for_staff(session, settings) -> None:
    person = factories.make_person(session)
    phone = Phone(session, settings, person.mobile)
    assert phone.send("hello") == "Thank you. We kept what you wrote and a person will read it."
    assert (phone.inbound.state, phone.inbound.person_id) == (InboundState.QUARANTINED, person.id)
    assert phone.send("HELP").startswith("If")
    assert session.scalars(select(Inbound.alarm).order_by(Inbound.id)).all() == [False, True]
