"""Which text goes next: each number's in order, replies first, at one pace for all workers."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from consult_app.db import Database
from consult_app.models.kinds import MessageKind
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox import mark, pace
from consult_app.outbox.claim import LEASE, UNSURE, Claimed, Wait, claim
from consult_app.outbox.deliver import deliver
from consult_app.outbox.faults import FAULTS, OF_KIND, Fault, fault, is_permanent
from consult_app.outbox.outcomes import Accepted, Refused, Unknown
from consult_app.outbox.quiet import Quiet
from tests.outbox.letters import NOON, NUMBER, Remembering, posted

OTHER = "+447700900124"
NIGHT_REPLY = datetime(2026, 12, 15, 2, tzinfo=UTC)


def put(database: Database, **values: object) -> int:
    with database.transaction() as session:
        return posted(session, **values).id


def change(database: Database, id_: int, **values: object) -> None:
    with database.transaction() as session:
        for name, value in values.items():
            setattr(session.get_one(Message, id_), name, value)


def state(database: Database, id_: int) -> State:
    with database.reading() as session:
        return session.get_one(Message, id_).state


def run(database: Database, sender, at: datetime = NOON):
    return deliver(database, sender, now=lambda: at)


def take(database: Database, at: datetime = NOON) -> Claimed | Wait | None:
    return claim(database, Quiet(), 0.0, at)


def taken(database: Database, at: datetime = NOON) -> int | None:
    found = take(database, at)
    return found.id if isinstance(found, Claimed) else None


def test_nothing_goes_to_a_number_while_an_earlier_text_is_going(database: Database) -> None:
    first, second = put(database), put(database)
    elsewhere = put(database, to=OTHER)
    assert [taken(database), taken(database), taken(database)] == [first, elsewhere, None]
    change(database, first, state=State.ACCEPTED)
    assert taken(database) == second


def test_one_that_waits_to_be_tried_again_is_not_overtaken(database: Database) -> None:
    put(database, body="1")
    put(database, body="2")
    sender = Remembering(Refused("30001", permanent=False))
    assert run(database, sender).later == 1
    assert run(database, sender, NOON + timedelta(seconds=14)).accepted == 0
    assert run(database, sender, NOON + timedelta(minutes=1)).accepted == 2
    assert [body for _, body in sender.sent] == ["1", "1", "2"]


def test_one_refused_for_good_holds_nothing_back(database: Database) -> None:
    put(database, body="1")
    put(database, body="2")
    sender = Remembering(Refused("21617", permanent=True))
    done = run(database, sender)
    assert (done.refused, done.accepted) == (1, 1)


def test_one_that_is_not_yet_due_holds_nothing_back(database: Database) -> None:
    put(database, due_at=NOON + timedelta(days=1))
    now = put(database)
    assert taken(database) == now


def test_an_unknown_one_holds_the_next_back_until_it_was_asked_about(database: Database) -> None:
    put(database, body="1")
    put(database, body="2")
    sender = Remembering(Unknown("timeout"))
    assert run(database, sender).accepted == 0
    assert run(database, sender, NOON + UNSURE - timedelta(seconds=1)).accepted == 0
    assert run(database, sender, NOON + UNSURE).accepted == 1


def test_replies_go_before_reminders(database: Database) -> None:
    put(database, kind=MessageKind.REMINDER, due_at=NOON - timedelta(hours=3), body="reminder")
    put(database, kind=MessageKind.INVITATION, to=OTHER, body="invitation")
    put(database, to="+447700900125", body="reply")
    sender = Remembering()
    run(database, sender)
    assert [body for _, body in sender.sent] == ["reply", "reminder", "invitation"]


def test_by_night_a_waiting_invitation_does_not_hold_back_a_reply(database: Database) -> None:
    put(database, kind=MessageKind.INVITATION, due_at=NOON)
    reply = put(database, due_at=NIGHT_REPLY)
    change(database, reply, posted_at=NIGHT_REPLY)
    assert taken(database, NIGHT_REPLY) == reply


def test_an_old_reply_does_not_come_at_three_in_the_morning(database: Database) -> None:
    reply = put(database, due_at=NOON)
    change(database, reply, posted_at=NIGHT_REPLY - timedelta(hours=3))
    assert taken(database, NIGHT_REPLY) is None
    assert taken(database, NIGHT_REPLY + timedelta(hours=6)) == reply


def test_a_worker_that_was_stopped_too_long_sends_nothing(database: Database) -> None:
    id_ = put(database)
    moments = iter([NOON] * 3 + [NOON + LEASE] * 9)
    sender = Remembering()
    deliver(database, sender, now=lambda: next(moments))
    assert sender.sent == []
    run(database, sender, NOON + LEASE + timedelta(seconds=1))
    assert state(database, id_) is State.UNKNOWN


def test_a_late_word_of_a_lost_worker_changes_no_newer_attempt(database: Database) -> None:
    put(database)
    old = take(database)
    assert isinstance(old, Claimed)
    change(database, old.id, state=State.QUEUED)
    new = take(database)
    assert isinstance(new, Claimed)
    with database.transaction() as session:
        mark.mark(session, old, Refused("30001", permanent=False), NOON)
        assert session.get_one(Message, old.id).state is State.SENDING
        mark.mark(session, old, Accepted("SM1"), NOON)  # but what went, went
    assert state(database, old.id) is State.ACCEPTED


def test_one_pace_for_all_workers(database: Database) -> None:
    ids = [put(database, to=f"+4477009001{n:02d}") for n in range(3)]
    first = claim(database, Quiet(), 2.0, NOON)
    assert isinstance(first, Claimed)
    assert first.id == ids[0]
    assert claim(database, Quiet(), 2.0, NOON) == Wait(0.5)
    assert isinstance(claim(database, Quiet(), 2.0, NOON + timedelta(seconds=0.5)), Claimed)


def test_a_pause_is_kept_by_every_worker_and_ends(database: Database) -> None:
    put(database)
    with database.transaction() as session:
        pace.pause(session, 90, NOON)
    assert take(database) == Wait(90)
    assert isinstance(take(database, NOON + timedelta(seconds=90)), Claimed)


def test_a_clock_put_back_stops_nobody_for_long(database: Database) -> None:
    put(database)
    with database.transaction() as session:
        pace.pause(session, 60, NOON + timedelta(days=2))
    assert isinstance(take(database), Claimed)


def test_a_frozen_provider_is_left_alone(database: Database) -> None:
    for number in range(10):
        put(database, to=f"+4477009002{number:02d}")
    sender = Remembering(*[Unknown("timeout")] * 10)
    assert run(database, sender).unknown == 3
    assert run(database, sender, NOON + timedelta(seconds=28)).unknown == 0
    assert run(database, sender, NOON + timedelta(seconds=30)).unknown == 3


def test_the_rate_is_kept(database: Database) -> None:
    for number in range(6):
        put(database, to=f"+4477009003{number:02d}")
    gaps: list[datetime] = []

    class Noting:
        def send(self, to: str, body: str, message_id: int) -> Accepted:
            gaps.append(datetime.now(UTC))
            return Accepted("SM1")

    def work() -> None:
        deliver(database, Noting(), quiet=Quiet(0, 0), rate=5.0)

    threads = [threading.Thread(target=work) for _ in range(3)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(gaps) == 6
    assert (max(gaps) - min(gaps)).total_seconds() >= 0.8


def test_waits_grow_and_differ() -> None:
    for attempts, longest in ((1, 30), (2, 60), (5, 480), (12, 3_600), (99, 3_600)):
        waits = {mark.back_off(attempts) for _ in range(50)}
        assert longest / 2 <= min(waits) < max(waits) <= longest
        assert len(waits) > 1


def test_our_own_faults_use_up_no_tries(database: Database) -> None:
    id_ = put(database)
    sender = Remembering(*[Refused("20003", permanent=False)] * 20)
    for day in range(20):
        run(database, sender, NOON + timedelta(days=day))
    assert state(database, id_) is State.QUEUED
    assert run(database, sender, NOON + timedelta(days=30)).accepted == 1


def test_each_code_stands_in_the_table_once() -> None:
    assert len(FAULTS) == sum(len(codes) for codes in OF_KIND.values())
    assert fault("30005") is Fault.GONE
    assert not is_permanent("20429")
    assert is_permanent("a code nobody knows")


@pytest.mark.parametrize("rate", [0.0, 3.0])
def test_many_workers_take_each_text_once(database: Database, rate: float) -> None:
    for number in range(6):
        put(database, to=NUMBER if number % 2 else OTHER)
    seen = [claim(database, Quiet(), rate, NOON + timedelta(seconds=n)) for n in range(6)]
    ids = [one.id for one in seen if isinstance(one, Claimed)]
    assert len(ids) == len(set(ids)) == 2
