"""R7: the database is away, frozen or locked: what comes is kept on disk, and nothing is lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.texts import inbox
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.app import create_app
from consult_app.channels.sms.signature import HEADER, sign
from consult_app.config import from_environment
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import MessageState, Role
from consult_app.models.message import Message
from tests import conftest, postgres
from tests.factories import make_consultation
from tests.house.tree import ROOT
from tests.outbox.letters import posted

TEXTS = 30
IN_TIME_S = 10
"""Far less than these databases would keep a caller waiting; `make bench` measures the second."""

LOCKER = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(600)
"""


class Line:
    """The provider's side: signed webhooks, and how long each took."""

    def __init__(self, settings) -> None:
        self.settings, self.app = settings, create_app(settings)
        self.client, self.slowest = self.app.test_client(), 0.0

    def text(self, number: str, place: int, body: str) -> None:
        """One text; it must be taken, and in time."""
        fields = {"MessageSid": f"SM{number}{place}", "From": number, "Body": body}
        assert self._send("/sms/inbound", fields) == 200

    def status(self, message_id: int) -> None:
        """One report."""
        path = f"/sms/status?message={message_id}"
        assert self._send(path, {"MessageSid": "SMours", "MessageStatus": "delivered"}) == 204

    def _send(self, path: str, fields: dict[str, str]) -> int:
        headers = {HEADER: sign(self.settings, path, fields)}
        began = time.monotonic()
        answer = self.client.post(path, data=fields, headers=headers)
        self.slowest = max(self.slowest, time.monotonic() - began)
        return answer.status_code

    def close(self) -> None:
        """Hang up."""
        self.app.extensions["consult_database"].engine.dispose()


def asked(database: Database) -> tuple[str, int]:
    """A carer's number, and a text of ours that was accepted."""
    with database.transaction() as session:
        message = posted(session)
        message.state, message.provider_id = MessageState.ACCEPTED, "SMours"
        return make_consultation(session, role=Role.CARER).person.mobile, message.id


def kept(settings) -> list[Path]:
    return [file for file in Path(settings.spool).iterdir() if not file.name.startswith(".")]


def filed(database: Database) -> list[str]:
    with database.reading() as session:
        rows = session.scalars(select(Inbound).order_by(Inbound.received_at, Inbound.id))
        return [row.body for row in rows]


@pytest.fixture
def outage(tmp_path: Path) -> Iterator[tuple[Line, Database, postgres.Outage]]:
    """A PostgreSQL of our own that can be stopped and frozen."""
    with postgres.outage() as server, postgres.own_database(server.url) as url:
        given = conftest.environment(url) | {"CONSULT_SPOOL": str(tmp_path / "spool")}
        conftest._furnish(url)
        line, database = Line(from_environment(given)), Database(url)
        line.number, line.ours = asked(database)
        yield line, database, server
        line.close()
        database.engine.dispose()


def test_the_database_is_stopped_and_comes_back(outage) -> None:
    line, database, server = outage
    database.engine.dispose()
    line.text(line.number, 0, "1")
    server.stop()
    said = ["1", "7", *(f"noise {place}" for place in range(TEXTS))]
    for place, body in enumerate(said, start=1):
        line.text(line.number, place, body)
        line.text(line.number, place, body)  # and its copy
    line.status(line.ours)
    assert len(kept(line.settings)) == len(said) + 1
    assert line.slowest < IN_TIME_S
    server.start()
    hear_waiting(database, line.settings, clock.now())
    assert filed(database) == ["1", *said]
    assert kept(line.settings) == []
    with database.reading() as session:
        assert session.scalars(select(Answer.code).order_by(Answer.id)).all()[:2] == ["me", "7"]
        assert session.get_one(Message, line.ours).state is MessageState.DELIVERED


def test_the_database_is_frozen(outage) -> None:
    line, database, server = outage
    line.text(line.number, 0, "1")
    server.freeze()
    try:
        for place in range(1, TEXTS):
            line.text(line.number, place, "1")
        assert line.slowest < IN_TIME_S
        assert len(kept(line.settings)) == TEXTS - 1
    finally:
        server.freeze(frozen=False)
    hear_waiting(database, line.settings, clock.now())
    assert filed(database) == ["1"] * TEXTS


@pytest.fixture
def locker(
    tmp_path: Path, sqlite_template: Path
) -> Iterator[tuple[Line, Database, subprocess.Popen]]:
    """A SQLite file that another process is writing to, and does not let go of."""
    path = tmp_path / "consult.db"
    path.write_bytes(sqlite_template.read_bytes())
    given = conftest.environment(f"sqlite:///{path}") | {"CONSULT_SPOOL": str(tmp_path / "spool")}
    settings = from_environment(given)
    line, database = Line(settings), Database(settings.database_url)
    line.number = asked(database)[0]
    holding = subprocess.Popen([sys.executable, "-c", LOCKER, str(path)], stdout=subprocess.PIPE)
    assert holding.stdout.readline() == b"held\n"
    yield line, database, holding
    holding.kill()
    holding.wait()
    holding.stdout.close()
    line.close()
    database.engine.dispose()


def test_sqlite_is_locked_by_another_process(locker) -> None:
    line, database, holding = locker
    for place, body in enumerate(["1", "1", "7"]):
        line.text(line.number, place, body)
    assert line.slowest < IN_TIME_S
    assert len(kept(line.settings)) == 3
    holding.kill()
    holding.wait()
    assert hear_waiting(database, line.settings, clock.now()) == 3
    with database.reading() as session:
        assert session.scalars(select(Answer.code).order_by(Answer.id)).all() == ["me", "7"]


def test_a_worker_killed_between_file_and_commit_loses_nothing(locker) -> None:
    line, database, holding = locker
    line.text(line.number, 0, "1")
    given = conftest.environment(line.settings.database_url)
    given |= {"CONSULT_SPOOL": line.settings.spool}
    command = [sys.executable, "-m", "consult_app", "work", "--pause", "0.05"]
    worker = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ) | given)
    lock = Path(line.settings.spool, ".lock")
    for _ in range(200):  # until it has taken the file up and waits for the database
        if lock.exists():
            break
        time.sleep(0.05)
    assert lock.exists()
    time.sleep(0.2)
    assert worker.poll() is None
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert len(kept(line.settings)) == 1
    holding.kill()
    holding.wait()
    assert hear_waiting(database, line.settings, clock.now()) == 1
    assert filed(database) == ["1"]


def test_one_that_was_filed_and_stayed_on_disk_counts_once(client, database, settings) -> None:
    """As after a crash between the commit and the file's end."""
    number, _ = asked(database)
    line = Line(settings)
    line.app.extensions["consult_inbox"]._breaker.note(well=False)
    line.text(number, 0, "1")
    (file,) = kept(settings)
    left = file.read_bytes()
    assert hear_waiting(database, settings, clock.now()) == 1
    file.write_bytes(left)
    assert hear_waiting(database, settings, clock.now()) == 0
    assert filed(database) == ["1"]
    assert kept(settings) == []
    line.close()


def test_after_a_rest_the_database_is_tried_again(database, settings, monkeypatch) -> None:
    number, _ = asked(database)
    line = Line(settings)
    monkeypatch.setattr(inbox, "REST_S", 0.3)
    monkeypatch.setattr(inbox, "SLOW_S", 0.0)  # every store counts as slow
    line.text(number, 0, "1")
    line.text(number, 1, "1")
    assert (len(filed(database)), len(kept(settings))) == (1, 1)
    time.sleep(0.4)
    monkeypatch.setattr(inbox, "SLOW_S", 60.0)
    line.text(number, 2, "1")
    line.text(number, 3, "1")
    assert (len(filed(database)), len(kept(settings))) == (3, 1)
    line.close()
