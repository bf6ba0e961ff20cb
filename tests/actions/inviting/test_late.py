"""P2: a late reply is kept and seen by who runs the meeting now, and the sender is told the truth."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from consult_app import clock, language
from consult_app.actions.inviting import asking
from consult_app.actions.inviting.asking import Desk
from consult_app.models.concern import Concern
from consult_app.models.kinds import Channel, ConsultationStatus, ReviewStatus, Role
from consult_app.staff import pack
from tests import factories
from tests.actions.texts.phones import Phone, answers


@pytest.fixture
def row(session, settings):
    """A carer who was invited by text, named a day and an officer."""
    row = factories.make_consultation(session, role=Role.CARER, depth="short")
    row.review.iro.name = "Jo Sample"
    asking.send(Desk(session, settings, clock.now()), row, asking.INVITATION)
    session.flush()
    return row


@pytest.fixture
def phone(session, settings, row) -> Phone:
    return Phone(session, settings, row.person.mobile)


def day(row) -> str:
    return language.day_words(row.review.day, "en-GB")


def late(session, row) -> bool:
    """Whether the pack marks what this respondent said as late."""
    session.flush()
    voices = pack.read(session, row.review).voices
    return next(voice.late for voice in voices if voice.consultation.id == row.id)


def hold(row) -> None:
    row.review.held_on = row.review.day = clock.today() - timedelta(days=1)
    row.review.status = ReviewStatus.HELD


def test_after_the_meeting_it_is_kept_marked_late_and_said(session, phone, row) -> None:
    hold(row)
    reply = phone.send("1")
    assert reply.startswith(f"The meeting on {day(row)} has been. Jo will still read this.")
    assert "has been" not in phone.send("1")  # said once a day
    assert answers(session, row.id) == {"helper": "me"}
    assert late(session, row)


def test_before_the_meeting_nothing_is_late(session, phone, row) -> None:
    assert not any(word in phone.send("1") for word in ("has been", "is now on", "not take place"))
    phone.send("1")
    assert not late(session, row)


@pytest.mark.parametrize("days", [7, -3])
def test_moved_or_brought_forward_the_new_day_is_said_once(session, phone, row, days) -> None:
    row.review.day = row.review.planned_on = row.review.day + timedelta(days=days)
    reply = phone.send("1")
    assert reply.startswith(f"The meeting is now on {day(row)}. Jo will read this before it.")
    assert "is now on" not in phone.send("1")
    assert answers(session, row.id) == {"helper": "me"}


@pytest.mark.parametrize("status", [ConsultationStatus.SENT, ConsultationStatus.STARTED])
def test_after_a_cry_for_help_the_new_day_is_still_said(session, phone, row, status) -> None:
    row.status, row.channel_begun = status, Channel.WEB_CHAT
    row.review.day = row.review.planned_on = row.review.day + timedelta(days=7)
    session.flush()
    assert "999" in phone.send("HELP")
    assert f"The meeting is now on {day(row)}." in phone.send("1")


def test_the_new_day_is_said_in_the_language_asked_for(session, phone, row) -> None:
    row.review.day = row.review.planned_on = row.review.day + timedelta(days=7)
    session.flush()
    assert language.day_words(row.review.day, "pl") in phone.send("Polski")


def test_cancelled_it_is_said_and_never_promised_before_the_meeting(session, phone, row) -> None:
    row.review.status = ReviewStatus.CANCELLED
    reply = phone.send("1")
    assert reply.startswith(f"The meeting on {day(row)} will not take place. Jo will still read")
    for said in ("1", "5", "1", "1", "1", "1", "no", "all fine"):
        phone.send(said)
    assert phone.send("no") == "Thank you, that was the last one. Jo will read this."
    assert row.status is ConsultationStatus.SUBMITTED


def test_another_officer_is_named_and_is_the_one_who_sees_it(session, phone, row) -> None:
    row.review.iro = factories.make_iro(session, name="Kim Other")
    session.flush()
    reply = phone.send("1")
    assert reply.startswith("Kim runs the meeting now and reads this.")
    assert "Jo" not in reply
    assert "runs the meeting now" not in phone.send("1")


def test_after_it_was_sent_in_a_message_goes_to_the_officer_of_now(session, phone, row) -> None:
    row.status, row.submitted_at = ConsultationStatus.SUBMITTED, clock.now()
    row.heard_at = clock.now() - timedelta(days=2)
    hold(row)
    row.review.iro = factories.make_iro(session, name="Kim Other")
    session.flush()
    reply = phone.send("one more thing")
    assert reply.startswith("Thank you. We kept what you wrote and a person will read it.")
    assert f"The meeting on {day(row)} has been. Kim will still read this." in reply
    (concern,) = session.scalars(select(Concern)).all()
    assert (concern.evidence, concern.consultation.review.iro.name) == (
        "one more thing", "Kim Other",
    )  # fmt: skip


@pytest.mark.parametrize("tag", ["ar", "ti", "en-GB-x-easy"])
def test_the_truth_in_every_language(phone, row, tag: str) -> None:
    row.language = tag
    hold(row)
    told = language.words(
        "texts.late.held", tag, iro="Jo", day=language.day_words(row.review.day, tag)
    )
    assert phone.send("1").startswith(told)


def test_in_the_middle_of_a_dialogue_the_meeting_takes_place(session, phone, row) -> None:
    phone.send("1")
    after = (row.review.day + timedelta(days=1) - clock.today()).days
    with time_machine.travel(clock.now() + timedelta(days=after), tick=False):
        assert "has been. Jo will still read this." in phone.send("1")
        assert late(session, row)
    assert answers(session, row.id) == {"helper": "me"}
