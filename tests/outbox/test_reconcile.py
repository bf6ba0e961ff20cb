"""Unknowns are settled by asking: accepted when found, sent again only when provably absent."""

from datetime import timedelta

import pytest

from consult_app.db import Database
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus, MessageKind
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox.by_hand import decide
from consult_app.outbox.deliver import deliver
from consult_app.outbox.outcomes import Accepted, Copy, Refused, Unknown
from consult_app.outbox.receipts import Receipt, note_status
from consult_app.outbox.reconcile import ASK_AFTER, Settled, settle_unknowns
from tests.factories import make_consultation
from tests.outbox.letters import NOON, NUMBER, Remembering, posted

FIRST_LOOK = NOON + ASK_AFTER
SECOND_LOOK = FIRST_LOOK + timedelta(minutes=1)


class Told:
    """Records that answer what they were told to; None is no answer."""

    def __init__(self, *copies: Copy, answers: bool = True) -> None:
        self.copies, self.answers, self.asked = copies, answers, 0

    def sent_to(self, to: str, since) -> tuple[Copy, ...] | None:
        """What we were told."""
        self.asked += 1
        return self.copies if self.answers else None

    def received(self, since) -> None:
        """Nothing comes in here."""


def copy(sid: str = "SM1", body: str = "Hello", status: str = "sent") -> Copy:
    return Copy(sid, body, status, None, NOON)


@pytest.fixture
def lost(database: Database) -> int:
    """A text of which nobody knows whether it went."""
    with database.transaction() as session:
        message = posted(session)
        message.posted_at = NOON
        id_ = message.id
    deliver(database, Remembering(Unknown("timeout")), now=lambda: NOON)
    return id_


def row(database: Database, id_: int) -> Message:
    with database.reading() as session:
        return session.get_one(Message, id_)


def ask(database: Database, records: Told, at) -> Settled:
    return settle_unknowns(database, records, now=lambda: at)


def test_found_is_accepted_and_not_sent_again(database: Database, lost: int) -> None:
    records = Told(copy(status="delivered"))
    assert ask(database, records, FIRST_LOOK - timedelta(seconds=1)) == Settled()
    assert ask(database, records, FIRST_LOOK) == Settled(went=1)
    found = row(database, lost)
    assert (found.state, found.provider_id, found.sent_at) == (State.DELIVERED, "SM1", NOON)


def test_absent_twice_goes_again_once(database: Database, lost: int) -> None:
    assert ask(database, Told(), FIRST_LOOK) == Settled(open=1)
    assert ask(database, Told(), FIRST_LOOK) == Settled()
    assert ask(database, Told(), SECOND_LOOK) == Settled(again=1)
    sender = Remembering()
    deliver(database, sender, now=lambda: SECOND_LOOK)
    assert sender.sent == [(NUMBER, "Hello")]
    assert row(database, lost).state is State.ACCEPTED


def test_no_answer_proves_nothing(database: Database, lost: int) -> None:
    silent = Told(answers=False)
    for minutes in range(2, 60):
        ask(database, silent, NOON + timedelta(minutes=minutes))
    assert row(database, lost).state is State.UNKNOWN
    assert ask(database, Told(), NOON + timedelta(hours=2)) == Settled(open=1)


def test_a_stranger_in_the_list_may_be_ours_in_disguise(database: Database, lost: int) -> None:
    changed = Told(copy(body="Hell0"))
    for minutes in range(2, 9):
        ask(database, changed, NOON + timedelta(minutes=minutes))
    assert row(database, lost).state is State.UNKNOWN


def test_the_same_words_sent_before_are_not_taken_for_this_text(
    database: Database, lost: int
) -> None:
    with database.transaction() as session:
        earlier = posted(session)
        earlier.state, earlier.provider_id = State.DELIVERED, "SM1"
    ask(database, Told(copy()), FIRST_LOOK)
    assert ask(database, Told(copy()), SECOND_LOOK) == Settled(again=1)


def test_a_provider_that_gives_one_id_to_all(database: Database, lost: int) -> None:
    with database.transaction() as session:
        earlier = posted(session)
        earlier.state, earlier.provider_id = State.ACCEPTED, "SM1"
    for minutes in range(2, 9):  # twice the same id: nothing can be proven
        ask(database, Told(copy(), copy(body="Other")), NOON + timedelta(minutes=minutes))
    assert row(database, lost).state is State.UNKNOWN
    later = NOON + timedelta(hours=2)
    assert ask(database, Told(copy(), copy()), later) == Settled(went=1)
    assert row(database, lost).state is State.SENT


def test_one_id_for_two_texts_crashes_no_report(database: Database) -> None:
    with database.transaction() as session:
        ids = [posted(session, to=f"+44770090020{n}").id for n in range(2)]
    deliver(database, Remembering(Accepted("SM0"), Accepted("SM0")), now=lambda: NOON)
    with database.transaction() as session:
        assert not note_status(session, Receipt("SM0", "delivered"), NOON)
        assert note_status(session, Receipt("SM0", "delivered", None, ids[1]), NOON)
    assert [row(database, id_).state for id_ in ids] == [State.ACCEPTED, State.DELIVERED]


def test_it_stays_unknown_and_is_asked_about_hourly(database: Database, lost: int) -> None:
    records = Told(copy(body="Hell0"))
    for minutes in range(120):
        ask(database, records, NOON + timedelta(minutes=minutes))
    assert 8 <= records.asked <= 11


@pytest.mark.parametrize(("again", "ends"), [(True, State.QUEUED), (False, State.ACCEPTED)])
def test_a_person_settles_what_is_unknown_and_nothing_else(
    database: Database, lost: int, again: bool, ends: State
) -> None:
    with database.transaction() as session:
        assert decide(session, lost, again=again, now=NOON)
        assert not decide(session, lost, again=again, now=NOON)
        assert not decide(session, 77, again=again, now=NOON)
    assert row(database, lost).state is ends


def invited(database: Database) -> tuple[int, int]:
    """A consultation and its invitation, posted."""
    with database.transaction() as session:
        asked = make_consultation(session)
        message = posted(session, kind=MessageKind.INVITATION, consultation_id=asked.id)
        return asked.id, message.id


def status(database: Database, id_: int) -> ConsultationStatus:
    with database.reading() as session:
        return session.get_one(Consultation, id_).status


def test_an_invitation_that_failed_marks_its_consultation_and_a_later_one_mends_it(
    database: Database,
) -> None:
    asked, _ = invited(database)
    deliver(database, Remembering(Refused("21614", permanent=True)), now=lambda: NOON)
    assert status(database, asked) is ConsultationStatus.UNDELIVERABLE
    with database.transaction() as session:
        message = posted(session, kind=MessageKind.INVITATION, consultation_id=asked)
        note_status(session, Receipt("SM5", "delivered", None, message.id), NOON)
    assert status(database, asked) is ConsultationStatus.SENT


def test_one_that_arrived_already_is_not_undone_by_a_later_failure(database: Database) -> None:
    asked, first = invited(database)
    with database.transaction() as session:
        note_status(session, Receipt("SM1", "delivered", None, first), NOON)
        second = posted(session, kind=MessageKind.REMINDER, consultation_id=asked)
        note_status(session, Receipt("SM2", "undelivered", "30005", second.id), NOON)
    assert status(database, asked) is ConsultationStatus.SENT


def test_a_refused_reply_changes_no_consultation(database: Database) -> None:
    with database.transaction() as session:
        asked = make_consultation(session)
        posted(session, consultation_id=asked.id)
    deliver(database, Remembering(Refused("21614", permanent=True)), now=lambda: NOON)
    assert status(database, asked.id) is ConsultationStatus.SENT
