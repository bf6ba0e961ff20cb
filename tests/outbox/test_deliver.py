"""Delivering: three outcomes, nothing sent twice, decent hours."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from consult_app import sealing
from consult_app.db import Database
from consult_app.models.kinds import MessageKind
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.models.opt_out import OptOut
from consult_app.outbox.claim import LEASE
from consult_app.outbox.deliver import deliver
from consult_app.outbox.outcomes import Accepted, Refused, Unknown
from consult_app.outbox.receipts import Receipt, note_status
from tests.outbox.letters import NOON, NUMBER, Remembering, posted


def put(database: Database, **values: object) -> int:
    with database.transaction() as session:
        return posted(session, **values).id


def row(database: Database, id_: int) -> Message:
    with database.reading() as session:
        return session.get_one(Message, id_)


def run(database: Database, sender, at: datetime = NOON):
    return deliver(database, sender, now=lambda: at)


def test_sends_what_is_due_and_only_once(database: Database) -> None:
    first, later = put(database, body="now"), put(database, due_at=NOON + timedelta(hours=1))
    sender = Remembering()
    assert run(database, sender).accepted == 1
    assert run(database, sender).accepted == 0
    assert sender.sent == [(NUMBER, "now")]
    assert row(database, first).state is State.ACCEPTED
    assert row(database, first).provider_id == f"SM{first}"
    assert row(database, later).state is State.QUEUED


def test_no_session_is_open_and_the_row_is_committed_while_the_provider_is_called(
    database: Database,
) -> None:
    id_ = put(database)
    seen: list[tuple[int, State]] = []

    class Looking:
        def send(self, to: str, body: str, message_id: int) -> Accepted:
            seen.append((database.engine.pool.checkedout(), row(database, message_id).state))
            return Accepted("SM1")

    run(database, Looking())
    assert seen == [(0, State.SENDING)]
    assert row(database, id_).state is State.ACCEPTED


def test_unknown_is_never_sent_again(database: Database) -> None:
    id_ = put(database)
    sender = Remembering(Unknown("timeout"))
    assert run(database, sender).unknown == 1
    run(database, sender, NOON + timedelta(days=1))
    assert len(sender.sent) == 1
    assert row(database, id_).state is State.UNKNOWN


def test_refused_for_good(database: Database) -> None:
    id_ = put(database)
    sender = Remembering(Refused("21211", permanent=True))
    assert run(database, sender).refused == 1
    run(database, sender, NOON + timedelta(days=1))
    assert len(sender.sent) == 1
    assert (row(database, id_).state, row(database, id_).error_code) == (State.REFUSED, "21211")


def test_refused_for_now_waits_as_long_as_asked(database: Database) -> None:
    id_ = put(database)
    sender = Remembering(Refused("20429", permanent=False, retry_after=90))
    assert run(database, sender).later == 1
    assert run(database, sender, NOON + timedelta(seconds=89)).accepted == 0
    assert run(database, sender, NOON + timedelta(seconds=90)).accepted == 1
    assert row(database, id_).attempts == 2


def test_a_pause_holds_back_the_rest_too(database: Database) -> None:
    put(database)
    put(database)
    sender = Remembering(Refused("20429", permanent=False))
    run(database, sender)
    assert len(sender.sent) == 1


def test_gives_up_after_many_tries(database: Database) -> None:
    id_ = put(database)
    sender = Remembering(*[Refused("30001", permanent=False)] * 50)
    for day in range(20):
        run(database, sender, NOON + timedelta(days=day))
    assert row(database, id_).state is State.REFUSED
    assert len(sender.sent) == 12


def test_a_lost_worker_leaves_unknown(database: Database) -> None:
    id_ = put(database)

    class Dying:
        def send(self, to: str, body: str, message_id: int) -> Accepted:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(database, Dying())
    sender = Remembering()
    assert run(database, sender).unknown == 0
    assert row(database, id_).state is State.SENDING
    assert run(database, sender, NOON + LEASE + timedelta(seconds=1)).unknown == 1
    assert row(database, id_).state is State.UNKNOWN
    assert sender.sent == []


def test_a_report_that_overtakes_our_own_note_stands(database: Database) -> None:
    id_ = put(database)

    class Fast:
        def send(self, to: str, body: str, message_id: int) -> Accepted:
            with database.transaction() as session:
                note_status(session, Receipt("SM9", "delivered", None, message_id), NOON)
            return Accepted("SM9")

    run(database, Fast())
    assert (row(database, id_).state, row(database, id_).provider_id) == (State.DELIVERED, "SM9")


def test_the_provider_says_that_the_number_said_stop(database: Database) -> None:
    put(database)
    waiting = put(database, due_at=NOON + timedelta(hours=1))
    run(database, Remembering(Refused("21610", permanent=True)))
    assert row(database, waiting).state is State.CANCELLED


def test_queued_while_the_number_was_saying_stop(database: Database) -> None:
    id_, confirmation = put(database), put(database, once_key="stop:SM1", body="ok")
    with database.transaction() as session:
        session.add(OptOut(number_hash=sealing.ring().hash(NUMBER), since=NOON))
    sender = Remembering()
    assert run(database, sender).cancelled == 1
    assert row(database, id_).state is State.CANCELLED
    assert row(database, confirmation).state is State.ACCEPTED


SUMMER, WINTER = (2026, 7, 1), (2026, 1, 15)
NIGHTS = [
    (datetime(*SUMMER, 19, 0, tzinfo=UTC), False),  # 20:00 in London
    (datetime(*SUMMER, 18, 59, tzinfo=UTC), True),
    (datetime(*SUMMER, 6, 59, tzinfo=UTC), False),
    (datetime(*SUMMER, 7, 0, tzinfo=UTC), True),
    (datetime(*WINTER, 19, 59, tzinfo=UTC), True),
    (datetime(*WINTER, 20, 0, tzinfo=UTC), False),
    (datetime(*WINTER, 7, 59, tzinfo=UTC), False),
    (datetime(*WINTER, 8, 0, tzinfo=UTC), True),
    (datetime(2026, 3, 29, 6, 59, tzinfo=UTC), False),  # the clocks went forward at 1
    (datetime(2026, 3, 29, 7, 0, tzinfo=UTC), True),
    (datetime(2026, 10, 25, 7, 30, tzinfo=UTC), False),  # and back
    (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), True),
]


@pytest.mark.parametrize(("moment", "goes"), NIGHTS)
def test_invitations_wait_for_decent_hours(database: Database, moment, goes) -> None:
    for kind in (MessageKind.INVITATION, MessageKind.REMINDER):
        put(database, kind=kind, due_at=moment - timedelta(days=1))
    assert run(database, Remembering(), moment).accepted == (2 if goes else 0)


def test_a_reply_goes_at_night(database: Database) -> None:
    night = datetime(2026, 1, 15, 23, tzinfo=UTC)
    put(database, due_at=night)
    assert run(database, Remembering(), night).accepted == 1


def test_workers_side_by_side_send_each_text_once(database: Database) -> None:
    wanted = sorted(str(n) for n in range(40))
    for body in wanted:
        put(database, body=body)
    sender = Remembering()
    threads = [threading.Thread(target=run, args=(database, sender)) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(body for _, body in sender.sent) == wanted
