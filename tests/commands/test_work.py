"""`consult work` as it runs: texts are heard at once, also while a provider hangs, and it ends well."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import func, select

from consult_app import clock
from consult_app.actions.texts import storing
from consult_app.actions.texts.text_turn import InboundText
from consult_app.commands.work import Bell
from consult_app.db import Database
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState, MessageKind, Role
from consult_app.models.message import Message
from consult_app.standin.ledger import ACCOUNT, TOKEN, StandIn
from consult_app.standin.server import running
from tests import conftest
from tests.factories import make_consultation
from tests.house.tree import ROOT
from tests.outbox.letters import posted

STARTED_S, HEARD_S = 30.0, 8.0
"""Well before the provider that hangs lets go, and before the pause ends: nobody waited for those."""


@contextmanager
def working(settings, **given: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of its own, told to end politely, which it must do."""
    env = conftest.environment(settings.database_url) | {"CONSULT_SPOOL": settings.spool} | given
    command = [sys.executable, "-m", "consult_app", "work", "--pause", "30"]
    worker = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ) | env)
    try:
        yield worker
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=60) == 0


def came(database: Database, number: str, place: int) -> None:
    text = InboundText(f"SM{place}", number, "1", clock.now())
    with database.transaction() as session:
        storing.store(session.connection(), text)


def wait_until_heard(database: Database, count: int, within: float) -> float:
    """How long it took until so many were heard."""
    began = time.monotonic()
    heard = select(func.count()).where(Inbound.state == InboundState.HEARD)
    while time.monotonic() - began < within:
        with database.reading() as session:
            if session.scalar(heard) == count:
                return time.monotonic() - began
        time.sleep(0.02)
    raise AssertionError(f"not heard within {within} seconds")


def test_a_bell_wakes_once_for_many_rings_and_at_once_for_an_end() -> None:
    bell = Bell()
    for _ in range(3):
        bell.ring()
    began = time.monotonic()
    bell.wait(30)
    assert time.monotonic() - began < HEARD_S
    assert bell.rings.empty()
    bell.wait(0.01)
    assert not bell.ending
    bell.end()
    bell.wait(30)
    assert time.monotonic() - began < HEARD_S
    assert bell.ending


def test_a_text_is_heard_at_once_and_answered(database: Database, settings) -> None:
    with database.transaction() as session:
        number = make_consultation(session, role=Role.CARER).person.mobile
    came(database, number, 0)
    with working(settings):
        wait_until_heard(database, 1, STARTED_S)
        came(database, number, 1)
        wait_until_heard(database, 2, HEARD_S)
        for _ in range(100):  # the bell wakes who sends, whose pause is 30 seconds
            with database.reading() as session:
                replies = select(Message.settled_at).where(Message.kind == MessageKind.REPLY)
                if all(session.scalars(replies)):
                    break
            time.sleep(0.05)
        else:
            raise AssertionError("not answered")


def test_a_provider_that_hangs_keeps_nobody_from_being_heard(database: Database, settings) -> None:
    with database.transaction() as session:
        number = make_consultation(session, role=Role.CARER).person.mobile
        for place in range(3):
            due = clock.now() - timedelta(minutes=1)
            posted(session, to=f"+44770090030{place}", due_at=due, kind=MessageKind.REPLY)
    with running(StandIn(hang_s=12, faults=["hang"] * 3)) as twilio:
        account = {
            "SMS_SENDER": "twilio", "TWILIO_BASE_URL": twilio.url, "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_FROM": "+447700900999",
        }  # fmt: skip
        with working(settings, **account):
            for _ in range(400):
                if twilio.ledger:
                    break
                time.sleep(0.05)
            assert twilio.ledger  # it has called, and is waiting for an answer
            came(database, number, 0)
            wait_until_heard(database, 1, HEARD_S)
            assert len(twilio.ledger) == 1
