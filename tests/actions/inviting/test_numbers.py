"""P3 and P4: an unsafe, old or unknown number gets nothing; one in doubt is asked first."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from consult_app import clock, language, sealing
from consult_app.actions.doors.way_back import Wanted, text_link
from consult_app.actions.inviting import asking, numbers, releasing
from consult_app.actions.inviting.asking import Desk
from consult_app.actions.inviting.invitations import invite
from consult_app.models.consultation import Consultation
from consult_app.models.former_number import FormerNumber
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import ConsultationStatus, InboundState, MessageState, Role
from consult_app.models.message import Message
from consult_app.models.person import Person
from consult_app.outbox.deliver import deliver
from consult_app.outbox.outcomes import Accepted
from consult_app.outbox.receipts import Receipt, note_status
from tests import factories
from tests.actions.importing.files import PEOPLE, take
from tests.actions.texts.phones import Phone, concerns

NEUTRAL = (
    "Hello, this is Your say. We would like to write to you on this number. "
    "Send 1 if that is right, 2 if this is not for you. STOP and we stop."
)


@pytest.fixture
def row(session):
    """A child whose number is known, to be asked about a review."""
    child = factories.make_child(session, first_name="Wren")
    review = factories.make_review(session, child=child)
    person = factories.make_person(session, name="Wren Canary")
    factories.make_involvement(session, child, Role.CHILD, person=person)
    return factories.make_consultation(session, role=Role.CHILD, review=review, person=person)


@pytest.fixture
def staff_id(session) -> int:
    return factories.make_staff(session).id


@pytest.fixture
def phone(session, settings, row) -> Phone:
    return Phone(session, settings, row.person.mobile)


def ask(session, settings, row) -> bool:
    return asking.send(Desk(session, settings, clock.now()), row, asking.INVITATION)


def states(session) -> list[MessageState]:
    session.flush()
    return list(session.scalars(select(Message.state).order_by(Message.id)))


class Provider:
    """Takes every text, and remembers to whom."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, to: str, body: str, message_id: int) -> Accepted:
        self.sent.append((to, body))
        return Accepted(f"SM{message_id}")


# -- P3 --


def test_marking_a_number_unsafe_stops_what_is_queued(session, settings, row, staff_id) -> None:
    assert ask(session, settings, row)
    assert numbers.mark_unsafe(session, row.person, staff_id, clock.now()) == 1
    assert states(session) == [MessageState.CANCELLED]
    assert not ask(session, settings, row)
    assert not text_link(session, Wanted(row, settings, clock.now()))
    assert (row.person.number_unsafe_by_id, states(session)) == (staff_id, [MessageState.CANCELLED])


def test_none_goes_even_if_it_was_queued_at_the_same_moment(
    database, session, settings, row, staff_id
) -> None:
    numbers.mark_unsafe(session, row.person, staff_id, clock.now())
    session.add(_queued(row))
    session.commit()
    provider = Provider()
    assert deliver(database, provider, now=_noon).cancelled == 1
    assert provider.sent == []


def _noon():
    return (clock.now() + timedelta(days=1)).replace(hour=12)


def _queued(row) -> Message:
    number = row.person.mobile
    return Message(
        kind="reminder", language="en-GB", to_hash=sealing.ring().hash(number), to=number,
        body="Hello", once_key="raced", due_at=clock.now() - timedelta(days=1),
        posted_at=clock.now() - timedelta(days=1), consultation_id=row.id,
    )  # fmt: skip


def test_a_reply_from_an_unsafe_number_is_told_nothing(session, phone, row, staff_id) -> None:
    numbers.mark_unsafe(session, row.person, staff_id, clock.now())
    for said in ("1", "hello", "START"):
        assert phone.send(said) == ""
        assert phone.inbound.state is InboundState.QUARANTINED
        assert phone.inbound.consultation_id is None
    assert phone.inbound.person_id == row.person.id
    assert row.status is ConsultationStatus.SENT


def test_help_from_an_unsafe_number_gets_the_numbers_to_call(
    database, session, phone, row, staff_id
) -> None:
    numbers.mark_unsafe(session, row.person, staff_id, clock.now())
    assert phone.send("he hits me") == ""
    assert phone.inbound.alarm
    reply = phone.send("HELP")
    assert reply.startswith("If you are in danger now call 999.")
    assert concerns(session) == [(row.id, "safety", "word"), (row.id, "safety", "help")]
    session.commit()
    provider = Provider()
    deliver(database, provider, now=_noon)
    assert [body for _, body in provider.sent] == [reply]


def test_everybody_with_the_number_is_meant_and_safe_again_ends_it(
    session, settings, row, staff_id
) -> None:
    sibling = factories.make_person(session, mobile=row.person.mobile)
    numbers.mark_unsafe(session, row.person, staff_id, clock.now())
    assert sibling.number_unsafe_at is not None
    numbers.mark_safe(session, sibling)
    assert row.person.number_unsafe_at is None
    assert ask(session, settings, row)


def file(row, number: str) -> str:
    return f"{PEOPLE}{row.review.child.reference},{row.person.reference},child,,{number[1:]},,,,"


def test_a_number_that_an_import_took_away_is_told_nothing(
    session, settings, row, phone, tmp_path
) -> None:
    assert ask(session, settings, row)
    new = factories.mobile()
    take(session, tmp_path, file(row, new))
    assert [m.to for m in session.scalars(select(Message))] == [new]  # what waited follows them
    assert phone.send("1") == ""
    assert phone.inbound.state is InboundState.QUARANTINED
    assert phone.inbound.person_id == row.person_id
    assert phone.send("HELP").startswith("If you are in danger now call 999.")
    assert row.status is ConsultationStatus.SENT
    assert Phone(session, settings, new).send("1").startswith("Good to hear from you.")


def test_a_reply_that_waits_for_an_old_number_is_cancelled(
    session, settings, row, phone, tmp_path
) -> None:
    phone.send("1")
    take(session, tmp_path, file(row, factories.mobile()))
    assert states(session) == [MessageState.CANCELLED]


def test_two_numbers_that_swap_in_one_import_get_nothing_of_each_other(
    session, settings, row, phone, tmp_path
) -> None:
    other = factories.make_consultation(session, role=Role.CHILD)
    for each in (row, other):
        ask(session, settings, each)
    _deliver(session)
    old, new = row.person.mobile, other.person.mobile
    lines = file(row, new) + "\n" + file(other, old).removeprefix(PEOPLE)
    take(session, tmp_path, lines)
    assert phone.send("1") == ""
    assert phone.inbound.state is InboundState.QUARANTINED
    assert (row.status, other.status) == (ConsultationStatus.SENT, ConsultationStatus.SENT)


def _deliver(session) -> None:
    for message in session.scalars(select(Message)):
        message.state, message.sent_at = MessageState.DELIVERED, clock.now()
    session.flush()


def test_an_unsafe_number_that_comes_back_is_unsafe_still(session, row, staff_id, tmp_path) -> None:
    old = row.person.mobile
    numbers.mark_unsafe(session, row.person, staff_id, clock.now())
    session.flush()
    take(session, tmp_path, file(row, factories.mobile()))
    assert session.get_one(Person, row.person_id).number_unsafe_at is None
    assert session.scalars(select(FormerNumber.unsafe)).all() == [True]
    take(session, tmp_path, file(row, old))
    assert session.get_one(Person, row.person_id).number_unsafe_at is not None


def test_an_unknown_number_is_told_nothing(session, settings, row) -> None:
    stranger = Phone(session, settings, "+447700900999")
    assert stranger.send("who is this") == ""
    assert (stranger.inbound.state, stranger.inbound.person_id) == (InboundState.QUARANTINED, None)
    assert stranger.send("i want to die") == ""
    assert stranger.inbound.alarm


# -- P4 --


@pytest.fixture
def old(session, row):
    """The same, not asked yet, on a number of which nothing was heard for 91 days."""
    row.status, row.sent_at = ConsultationStatus.PROPOSED, None
    row.person.number_checked_at = clock.now() - timedelta(days=91)
    session.flush()
    return row


def bodies(session) -> list[str]:
    session.flush()
    return [m.body or "" for m in session.scalars(select(Message).order_by(Message.id))]


def test_unverified_for_ninety_days_only_a_neutral_text_goes(session, settings, old) -> None:
    first, again = (invite(session, settings, clock.today(), clock.now()) for _ in range(2))
    told = [each.reason for each in first.proposals if each.role is Role.CHILD]
    assert told == ["reason.unconfirmed_number"]
    assert [each for each in again.proposals if each.role is Role.CHILD] == []
    assert bodies(session) == [NEUTRAL]
    assert old.status is ConsultationStatus.PROPOSED
    assert not text_link(session, Wanted(old, settings, clock.now()))
    old.person.number_checked_at = clock.now() - timedelta(days=89)
    assert ask(session, settings, old)


def test_one_confirms_and_the_invitation_goes(session, settings, old, phone) -> None:
    ask(session, settings, old)
    reply = phone.send("1")
    assert "Tap:" in reply
    assert "meeting on" in reply
    assert (old.status, old.reason) == (ConsultationStatus.SENT, None)
    assert old.person.number_checked_at > clock.now() - timedelta(minutes=1)
    assert phone.send("1").startswith("Good to hear from you.")


def test_two_ends_it_and_staff_see_it(session, settings, old, phone) -> None:
    ask(session, settings, old)
    assert phone.send("2") == "Thank you. We will not write to this number again."
    assert phone.inbound.state is InboundState.QUARANTINED
    assert phone.inbound.person_id == old.person_id
    assert phone.send("1") == ""
    assert not ask(session, settings, old)
    invite(session, settings, clock.today(), clock.now())
    shown = session.get_one(Consultation, old.id)
    assert (shown.status, shown.reason) == (
        ConsultationStatus.NOT_CONSULTED, "reason.wrong_number",
    )  # fmt: skip


def test_anything_else_is_kept_for_staff_and_told_nothing(session, settings, old, phone) -> None:
    ask(session, settings, old)
    assert phone.send("who is this") == ""
    assert phone.inbound.state is InboundState.QUARANTINED
    assert bodies(session) == [NEUTRAL]


def test_a_word_that_means_two_things_ends_nothing(session, settings, old, phone) -> None:
    old.person.language_read = "pl"  # in which no is: well, yes
    ask(session, settings, old)
    assert phone.send("no") == ""
    assert old.person.number_wrong_at is None
    assert "Tap:" in phone.send("1")


@pytest.mark.parametrize("code", ["30005", "30006", "21217"])
def test_an_error_that_suggests_a_new_owner_raises_the_doubt(
    session, settings, row, phone, code
) -> None:
    ask(session, settings, row)
    message = session.scalars(select(Message)).one()
    message.state, message.provider_id = MessageState.SENT, "SMx"
    session.flush()
    note_status(session, Receipt("SMx", "undelivered", code, message.id), clock.now())
    session.flush()
    session.expire_all()
    assert row.person.number_checked_at is None
    assert not ask(session, settings, row)
    assert phone.send("hello") == ""  # asked a moment ago; nothing is told
    assert row.status is ConsultationStatus.UNDELIVERABLE
    assert bodies(session)[1:] == [NEUTRAL]
    reply = phone.send("yes")
    assert "Tap:" in reply  # it did not arrive, so it goes again
    assert row.status is ConsultationStatus.SENT


def test_another_error_raises_none(session, settings, row) -> None:
    ask(session, settings, row)
    message = session.scalars(select(Message)).one()
    message.state, message.provider_id = MessageState.SENT, "SMx"
    session.flush()
    note_status(session, Receipt("SMx", "undelivered", "30008", message.id), clock.now())
    session.expire_all()
    assert row.person.number_checked_at is not None


def test_a_text_from_a_number_in_doubt_is_held_until_it_is_confirmed(session, row, phone) -> None:
    phone.send("1")
    row.person.number_checked_at = None
    session.flush()
    assert phone.send("2") == NEUTRAL
    assert phone.inbound.state is InboundState.HELD
    reply = phone.send("1")
    assert "From 0" in reply or "How do you feel" in reply
    held = session.scalars(select(Inbound).order_by(Inbound.id)).all()[1]
    assert (held.state, held.consultation_id) == (InboundState.HEARD, row.id)
    assert phone.send("1") != ""


def test_words_of_distress_from_a_number_in_doubt_are_answered_at_once(session, row, phone) -> None:
    phone.send("1")
    row.person.number_checked_at = None
    session.flush()
    reply = phone.send("I want to kill myself")
    assert "999" in reply.split("\n")[0]
    assert reply.endswith(NEUTRAL)
    assert phone.inbound.state is InboundState.HELD
    assert [whose for whose, _level, _reason in concerns(session)] == [row.id]


def test_an_answer_keeps_a_number_checked(session, row, phone) -> None:
    row.person.number_checked_at = clock.now() - timedelta(days=80)
    session.flush()
    phone.send("1")
    assert row.person.number_checked_at > clock.now() - timedelta(minutes=1)


def test_a_new_number_counts_as_checked(session, row, tmp_path) -> None:
    row.person.number_checked_at = None
    session.flush()
    take(session, tmp_path, file(row, factories.mobile()))
    assert session.get_one(Person, row.person_id).number_checked_at is not None


def test_staff_confirm_and_what_waited_goes(session, settings, old) -> None:
    ask(session, settings, old)
    numbers.confirm(numbers.sharing(session, old.person), clock.now())
    assert releasing.release(Desk(session, settings, clock.now()), [old.person]) == 1
    assert "Tap:" in bodies(session)[-1]


def test_what_waited_does_not_go_on_the_day_after_the_meeting(session, settings, old) -> None:
    old.review.day = old.review.planned_on = date(2026, 7, 1)
    numbers.confirm([old.person], clock.now())
    session.flush()
    after_midnight = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # in England, in summer
    assert releasing.release(Desk(session, settings, after_midnight), [old.person]) == 0


@pytest.mark.parametrize("tag", ["ar", "ti", "en-GB-x-easy"])
def test_the_neutral_text_is_in_their_language_and_names_nothing(
    session, settings, old, tag: str
) -> None:
    old.person.language_read = tag
    ask(session, settings, old)
    (body,) = bodies(session)
    assert body != NEUTRAL
    assert "STOP" in body
    for told in ("http", "Wren", "Jo", language.day_words(old.review.day, tag)):
        assert told not in body
