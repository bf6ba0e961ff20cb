"""R1: an answer that we said was saved is never lost and never doubled, whoever is killed."""

import http.client
import os
import random
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.doors import links
from consult_app.conversation.form import Kind
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.questionnaires.load import load
from tests import factories
from tests.bench import plans
from tests.bench.load import Request
from tests.bench.server import free_port
from tests.conftest import environment
from tests.house.tree import ROOT

FORM = load("child_12_15")
ASKED = [question for question in FORM.questions if question.when is None]
SERVE = (
    "import sys; from werkzeug.serving import run_simple; from consult_app.app import create_app;"
    "run_simple('127.0.0.1', int(sys.argv[1]), create_app(), threaded=True)"
)
PATIENCE_S = 60
CALLERS = 4


@dataclass
class Service:
    """The service as a process of its own, which can be killed and started again."""

    database_url: str
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.program = subprocess.Popen(
            (sys.executable, "-c", SERVE, str(self.port)),
            cwd=ROOT,
            env=os.environ | environment(self.database_url),
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("the service does not answer")

    def kill(self) -> None:
        """SIGKILL: nothing is ended well."""
        self.program.kill()
        self.program.wait()


@dataclass
class Child:
    """A browser that sends each answer until it hears that it was saved, and keeps a journal."""

    port: int
    token: str
    count: int
    journal: list[tuple[str, str, str]] = field(default_factory=list)
    tries: int = 0

    def open(self) -> None:
        """Come as far as the first question."""
        self.caller, self.form_token = plans.opened(self.port, self.token)

    def answer_all(self) -> None:
        """One answer after another."""
        for question in ASKED[: self.count]:
            client_id = secrets.token_hex(8)
            said = "1" if question.is_chosen else f"words of {client_id}"
            fields = {"csrf_token": self.form_token, "id": client_id}
            fields |= {"question": question.id, "text": said}
            self._until_saved(Request("POST", "/answer/q", status=303, fields=fields))
            self.journal.append((client_id, question.id, said))

    def _until_saved(self, request: Request) -> None:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            self.tries += 1
            try:
                self.caller.send(request)
            except (OSError, http.client.HTTPException, AssertionError):
                self.caller.line.close()
                time.sleep(0.05)
            else:
                return
        raise RuntimeError(f"not saved in {PATIENCE_S} s: {request.fields}")


@pytest.fixture
def service(database: Database, database_url: str) -> Iterator[Service]:
    running = Service(database_url)
    yield running
    running.kill()


def children(database: Database, service: Service, count: int, answers: int) -> list[Child]:
    with database.transaction() as session:
        asked = [
            factories.make_consultation(session, questionnaire="child_12_15", depth="full")
            for _ in range(count)
        ]
        tokens = [links.new_link(session, each, clock.now(), 30) for each in asked]
    found = [Child(service.port, token, answers) for token in tokens]
    for child in found:
        child.open()
    return found


def answer_while_killed(service: Service, asked: list[Child], kills: int) -> int:
    """Several answer at once while the service is killed at random moments; how often it was."""
    queue, chance, killed = list(asked), random.Random(20261122), 0

    def work() -> None:
        while queue:
            queue.pop().answer_all()

    callers = [threading.Thread(target=work) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    while any(caller.is_alive() for caller in callers):
        time.sleep(chance.uniform(0.05, 0.6))
        if killed < kills and any(caller.is_alive() for caller in callers):
            service.kill()
            service.start()
            killed += 1
    return killed


def judge(database: Database, asked: list[Child], wanted: int) -> None:
    """Each answer that was acknowledged stands once, as it was said, and nothing else does."""
    journal = [entry for child in asked for entry in child.journal]
    assert len(journal) == wanted
    with database.reading() as session:
        rows = session.scalars(select(Answer)).all()
        stored = {row.client_id: (row.question, row.code or row.text) for row in rows}
        times = Counter(row.client_id for row in rows)
    assert [client_id for client_id, _, _ in journal if times[client_id] != 1] == []
    assert set(times) == {client_id for client_id, _, _ in journal}
    for client_id, question, said in journal:
        kind, options = FORM.by_id[question].kind, FORM.by_id[question].options
        as_typed = kind in (Kind.TEXT, Kind.SCALE)
        assert stored[client_id] == (question, said if as_typed else options[0])


def hold(database: Database, service: Service, size: tuple[int, int], kills: int) -> None:
    count, each = size
    asked = children(database, service, count, each)
    assert answer_while_killed(service, asked, kills) > 0
    assert sum(child.tries for child in asked) > count * each, "nothing was interrupted"
    judge(database, asked, count * each)


def test_killed_while_children_answer(database: Database, service: Service) -> None:
    hold(database, service, (8, 20), kills=2)


@pytest.mark.long
def test_a_thousand_answers_and_nobody_is_spared(database: Database, service: Service) -> None:
    hold(database, service, (25, 40), kills=25)
