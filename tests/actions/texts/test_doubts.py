"""P1: one number, several people: asked once by a letter, held, heard under the choice."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from consult_app import clock, sealing
from consult_app.actions.texts.placing import Placed, candidates, place
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import ConsultationStatus, InboundState, Role
from consult_app.models.person import Person
from tests import factories
from tests.actions.texts.phones import Phone, answers, concerns
from tests.conftest import TEST_KEY

DAYS = (date(2027, 3, 12), date(2027, 3, 14), date(2027, 3, 20))
ASKED = "Which of these is this about? Send the number. We kept what you wrote."


def about(session, name: str, role: Role, person, day=DAYS[0], **more):
    """`person` is asked about a child of that name."""
    child = factories.make_child(session, first_name=name)
    review = factories.make_review(session, child=child, day=day)
    return factories.make_consultation(session, role=role, person=person, review=review, **more)


@pytest.fixture
def carer(session):
    return factories.make_person(session)


@pytest.fixture
def three(session, carer):
    """A carer of three."""
    names = zip(("Alex", "Bo", "Cleo"), DAYS, strict=True)
    return [about(session, name, Role.CARER, carer, day) for name, day in names]


@pytest.fixture
def phone(session, settings, carer) -> Phone:
    return Phone(session, settings, carer.mobile)


def test_a_carer_of_three_is_asked_by_letter_and_day(session, phone, three) -> None:
    reply = phone.send("1")
    assert reply.split("\n") == [
        ASKED, "1 C (Saturday 20 March)", "2 B (Sunday 14 March)", "3 A (Friday 12 March)",
    ]  # fmt: skip
    assert phone.inbound.state is InboundState.HELD
    assert concerns(session) == []
    begun = phone.send("3")
    assert begun.endswith("Who is filling this in?\n1 Me\n2 Me, with help\n3 Someone else for me")
    assert [row.status for row in three] == [
        ConsultationStatus.STARTED, ConsultationStatus.SENT, ConsultationStatus.SENT,
    ]  # fmt: skip
    phone.send("2")
    assert answers(session, three[0].id) == {"helper": "with_help"}


def test_no_name_and_no_word_that_tells_is_said(phone, three) -> None:
    reply = phone.send("hello").lower()
    for word in ("alex", "bo ", "cleo", "child", "care", "review", "social"):
        assert word not in reply


def test_the_text_that_raised_the_doubt_is_heard_under_the_choice(session, phone, three) -> None:
    three[0].status = ConsultationStatus.STARTED
    phone.send("he sleeps well now")
    assert "Thank you for writing. We kept it" in phone.send("2")
    rows = session.scalars(select(Inbound).order_by(Inbound.id)).all()
    assert [(row.consultation_id, row.state) for row in rows] == [
        (three[1].id, InboundState.HEARD)
    ] * 2
    assert concerns(session) == [(three[1].id, "request", "unclear")]


def test_what_came_meanwhile_is_kept_in_order(session, phone, three) -> None:
    now = clock.now()
    phone.send("1", at=now)
    assert phone.send("she is fine", at=now + timedelta(seconds=20)) == ""
    assert phone.inbound.state is InboundState.HELD
    assert "Who is filling this in?" in phone.send("1", at=now + timedelta(minutes=2))
    rows = session.scalars(select(Inbound).order_by(Inbound.received_at)).all()
    assert {row.consultation_id for row in rows} == {three[2].id}
    assert answers(session, three[2].id) == {}
    assert concerns(session) == [(three[2].id, "request", "unclear")]


def test_the_choice_is_remembered_for_seven_days(session, phone, three) -> None:
    start = clock.now().replace(hour=10)
    with time_machine.travel(start, tick=False) as hand:
        phone.send("1")
        phone.send("2")
        hand.shift(timedelta(days=6, hours=23))
        phone.send("1")
        assert answers(session, three[1].id) == {"helper": "me"}


def test_a_second_unclear_text_goes_to_a_person(session, phone, three) -> None:
    with time_machine.travel(clock.now().replace(hour=10), tick=False) as hand:
        phone.send("1")
        hand.shift(timedelta(minutes=3))
        reply = phone.send("my own one")
        assert reply.startswith("Thank you. We cannot tell which meeting this is about")
        rows = session.scalars(select(Inbound)).all()
        assert {row.state for row in rows} == {InboundState.QUARANTINED}
        assert {row.consultation_id for row in rows} == {None}
        hand.shift(timedelta(hours=2))
        assert phone.send("7") == ""  # said once a day, asked once a day
        hand.shift(timedelta(hours=22))
        assert phone.send("7").startswith(ASKED)


def test_one_that_is_held_is_answered_when_staff_place_it(session, settings, phone, three) -> None:
    assert phone.send("1").startswith(ASKED)
    staff = factories.make_staff(session)
    session.flush()
    placed = Placed(three[1].id, staff.id, clock.now())
    assert place(session, settings, phone.inbound.id, placed)
    session.flush()
    assert [text.asks for text in phone.waiting()] == [None, "helper"]


@pytest.fixture
def newer_key(three) -> Iterator[None]:
    """Everybody was written down before there was a newer key."""
    sealing.use(sealing.KeyRing([b"a newer key of thirty-two bytes!", TEST_KEY]))
    yield
    sealing.use(sealing.KeyRing([TEST_KEY]))


@pytest.mark.usefixtures("newer_key")
def test_with_a_newer_key_it_is_known_still_whom_it_may_be_about(session, phone, three) -> None:
    phone.send("1")
    (meant,) = candidates(session, [phone.inbound]).values()
    assert {row.id for row in meant} == {row.id for row in three}


@pytest.mark.parametrize("word", ["HELP", "help me", "ساعدوني", "ሓገዝ"])
def test_help_works_at_once_while_a_choice_is_open(session, phone, three, word: str) -> None:
    phone.send("1")
    assert "999" in phone.send(word)
    assert {row for row in concerns(session) if row[2] == "help"} == {
        (row.id, "safety", "help") for row in three
    }
    assert "Who is filling" in phone.send("1")


def test_distress_works_at_once_whether_asked_or_asking(session, phone, three) -> None:
    reply = phone.send("he hits me")
    assert reply.startswith("Thank you for telling us. A person will look at this.")
    assert ASKED in reply
    later = clock.now() + timedelta(minutes=5)
    assert "Thank you for telling us" in phone.send("i am not safe", at=later)
    safety = {row for row in concerns(session) if row[1] == "safety"}
    assert safety == {(row.id, "safety", "word") for row in three}
    assert phone.inbound.alarm


def test_stop_works_at_once_while_a_choice_is_open(phone, three) -> None:
    phone.send("1")
    assert phone.send("STOP").startswith("We have stopped")
    assert phone.send("1") == ""


def test_a_child_on_the_carers_phone_says_who_they_are(session, settings, carer) -> None:
    child = factories.make_person(session, mobile=carer.mobile)
    own = about(session, "Alex", Role.CHILD, child)
    review = own.review
    other = factories.make_consultation(session, role=Role.CARER, person=carer, review=review)
    phone = Phone(session, settings, carer.mobile)
    assert phone.send("1").split("\n")[1:] == [
        "1 Someone else, about A (Friday 12 March)",
        "2 I am A (Friday 12 March)",
    ]
    phone.send("2")
    assert (own.status, other.status) == (ConsultationStatus.STARTED, ConsultationStatus.SENT)


def test_two_who_cannot_be_told_apart_are_left_to_a_person(session, phone, carer) -> None:
    for name in ("Alex", "Ana"):
        about(session, name, Role.CARER, carer)
    assert phone.send("1").startswith("Thank you. We cannot tell which meeting")
    assert phone.inbound.state is InboundState.QUARANTINED


@pytest.mark.parametrize("tag", ["ar", "ti", "en-GB-x-easy"])
def test_it_is_asked_in_their_language(session, settings, carer, tag: str) -> None:
    for name, day in zip(("Alex", "Bo"), DAYS[:2], strict=True):
        about(session, name, Role.CARER, carer, day, language=tag)
    phone = Phone(session, settings, carer.mobile)
    assert ASKED not in phone.send("1")
    assert phone.inbound.state is InboundState.HELD
    assert phone.send("١") != ""
    assert phone.inbound.consultation_id is not None


def test_a_number_that_changed_hands_ends_the_choice(session, phone, three, carer) -> None:
    phone.send("1")
    phone.send("1")
    moved = factories.make_person(session)
    three[2].person_id = moved.id
    session.flush()
    session.expire_all()
    assert phone.send("1") == ""  # the phone shows a text about somebody whose number it is no more
    assert phone.inbound.state is InboundState.QUARANTINED
    assert sealing.ring().hash(carer.mobile) == session.get_one(Person, carer.id).mobile_hash
