"""R5 and R6 with real processes and the real client: the stand-in's ledger is the judge."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from consult_app import clock
from consult_app.channels.sms.records_twilio import TwilioRecords
from consult_app.channels.sms.sender_twilio import TwilioSender
from consult_app.db import Database
from consult_app.models.bookmark import Bookmark
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox.deliver import deliver
from consult_app.outbox.quiet import Quiet
from consult_app.outbox.reconcile import settle_unknowns
from consult_app.standin.ledger import ACCOUNT, TOKEN, StandIn
from tests import conftest
from tests.outbox.letters import posted

KINDS = ("429", "500", "take-then-500", "drop", "take-then-drop", "hang", "lose", "30001")
PATIENCE_S = 400


@pytest.fixture
def twilio(twilio: StandIn) -> StandIn:
    """One that hangs a little longer than the sender waits."""
    twilio.hang_s = 0.3
    return twilio


def put(database: Database, count: int) -> list[str]:
    with database.transaction() as session:
        for number in range(count):
            to = f"+447700900{number % 200:03d}"
            posted(session, body=f"text {number}", to=to, due_at=clock.now())
    return [f"text {number}" for number in range(count)]


def time_passes(database: Database, minutes: int = 10) -> None:
    """As if so long had gone by: leases run out, waits end, unknowns are ripe for asking."""
    ago = timedelta(minutes=minutes)
    with database.transaction() as session:
        for column in (Message.due_at, Message.lease_until, Message.attempted_at, Message.asked_at):
            found = session.execute(select(Message.id, column).where(column.is_not(None))).all()
            moved = [{"id": id_, column.key: at - ago} for id_, at in found]
            if moved:
                session.execute(update(Message), moved)
        session.execute(delete(Bookmark))


def states(database: Database) -> Counter[State]:
    with database.reading() as session:
        return Counter(session.scalars(select(Message.state)))


def settle_all(database: Database, account, twilio: StandIn, timeout: float) -> None:
    """Work and ask, as `consult work` does, until nothing is open."""
    sender, records = TwilioSender(account, timeout=timeout), TwilioRecords(account)
    began = time.monotonic()
    while any(states(database)[s] for s in (State.QUEUED, State.SENDING, State.UNKNOWN)):
        assert time.monotonic() - began < PATIENCE_S, states(database)
        deliver(database, sender, quiet=Quiet(0, 0))
        settle_unknowns(database, records)
        time_passes(database)


def judge(twilio: StandIn, wanted: list[str]) -> None:
    """Nothing doubled, nothing lost."""
    taken = Counter(twilio.bodies())
    assert [body for body, count in taken.items() if count > 1] == []
    assert sorted(taken) == sorted(wanted)


def faults(count: int, share: float) -> list[str]:
    chance = random.Random(20260303)
    return [chance.choice(KINDS) if chance.random() < share else "ok" for _ in range(count)]


def test_every_fault_and_nothing_is_lost_or_doubled(
    database: Database, account, twilio: StandIn
) -> None:
    wanted = put(database, len(KINDS) * 2)
    twilio.faults = [*KINDS, *["ok"] * 3, *KINDS]
    settle_all(database, account, twilio, 0.15)
    judge(twilio, wanted)


@pytest.mark.long
def test_five_hundred_texts_with_every_fault(database: Database, account, twilio: StandIn) -> None:
    wanted = put(database, 500)
    twilio.faults = faults(700, 0.3)
    settle_all(database, account, twilio, 0.15)
    judge(twilio, wanted)


def worker(account, database_url: str) -> subprocess.Popen[bytes]:
    """`consult work` as a process of its own, sending through the stand-in."""
    env = os.environ | conftest.environment(database_url)
    env |= {
        "SMS_SENDER": "twilio",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_FROM": "+447700900999",
        "TWILIO_BASE_URL": account.twilio_base_url,
        "CONSULT_SENDS_PER_SECOND": "0",
    }
    command = [sys.executable, "-m", "consult_app", "work", "--pause", "0.05"]
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.long
def test_workers_killed_while_sending(
    database: Database, database_url: str, account, twilio: StandIn
) -> None:
    wanted = put(database, 200)
    chance = random.Random(7)
    twilio.faults = faults(60, 0.2)
    for _round in range(6):
        workers = [worker(account, database_url) for _ in range(2)]
        time.sleep(2.5 + chance.random() * 2)
        for process in workers:
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=10)
        time_passes(database, 3)
    settle_all(database, account, twilio, 5.0)
    judge(twilio, wanted)
