"""`consult deliver` and `consult work`, as a terminal runs them."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from consult_app.cli import consult
from consult_app.db import Database
from consult_app.models.kinds import MessageState
from consult_app.models.message import Message
from tests import conftest
from tests.outbox.letters import NOON, posted


@pytest.fixture
def environ(database_url: str, monkeypatch) -> None:
    for name, value in conftest.environment(database_url).items():
        monkeypatch.setenv(name, value)


def put(database: Database, count: int) -> None:
    with database.transaction() as session:
        for number in range(count):
            posted(session, body=str(number), due_at=NOON)


def states(database: Database) -> list[MessageState]:
    with database.reading() as session:
        return list(session.scalars(select(Message.state)))


def run(*words: str):
    return CliRunner().invoke(consult, words, catch_exceptions=False)


def test_deliver_prints_its_counts(database: Database, environ) -> None:
    put(database, 3)
    done = run("deliver", "--format", "json")
    assert json.loads(done.output) == [
        {"accepted": 3, "refused": 0, "unknown": 0, "later": 0, "cancelled": 0}
    ]
    assert states(database) == [MessageState.DELIVERED] * 3


def test_work_delivers_and_ends_when_told(database: Database, environ) -> None:
    put(database, 2)
    assert run("work", "--rounds", "2", "--pause", "0").exit_code == 0
    assert states(database) == [MessageState.DELIVERED] * 2
