"""`consult deliver` and `consult work`, as a terminal runs them."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from consult_app import clock
from consult_app.cli import consult
from consult_app.commands.say import Refused
from consult_app.db import Database
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Channel, InboundState, MessageState
from consult_app.models.message import Message
from consult_app.standin.ledger import ACCOUNT, TOKEN
from consult_app.standin.server import running
from tests import notify_server, smtp_server
from tests.commands.conftest import Given
from tests.outbox.letters import NOON, posted


def put(database: Database, count: int) -> None:
    with database.transaction() as session:
        for number in range(count):
            posted(session, body=str(number), due_at=NOON)


def states(database: Database) -> list[MessageState]:
    with database.reading() as session:
        return list(session.scalars(select(Message.state)))


def run(*words: str):
    return CliRunner().invoke(consult, words, catch_exceptions=False)


def test_deliver_prints_its_counts(database: Database, environ: Given) -> None:
    put(database, 3)
    done = run("deliver", "--format", "json")
    assert json.loads(done.output) == [
        {"accepted": 3, "refused": 0, "unknown": 0, "later": 0, "cancelled": 0}
    ]
    assert states(database) == [MessageState.DELIVERED] * 3


def test_work_delivers_and_ends_when_told(database: Database, environ: Given) -> None:
    put(database, 2)
    assert run("work", "--rounds", "2", "--pause", "0").exit_code == 0
    assert states(database) == [MessageState.DELIVERED] * 2


def test_a_dry_run_counts_and_sends_nothing(database: Database, environ: Given) -> None:
    put(database, 3)
    with database.transaction() as session:
        posted(session, language="ti", body="ሰላም" * 30, due_at=NOON)
        posted(session, due_at=clock.now() + timedelta(days=1))
    rows = json.loads(run("deliver", "--dry-run", "--format", "json").output)
    assert [(r["language"], r["texts"], r["due"], r["segments"], r["pence"]) for r in rows] == [
        ("en-GB", 4, 3, 4, 16.0),
        ("ti", 1, 1, 2, 8.0),
        (None, 5, 4, 6, 24.0),
    ]
    assert states(database) == [MessageState.QUEUED] * 5


def test_reconcile_asks_the_provider(database: Database, environ: Given) -> None:
    with running() as twilio:
        environ(
            SMS_SENDER="twilio",
            TWILIO_BASE_URL=twilio.url,
            TWILIO_FROM="+447700900999",
            TWILIO_ACCOUNT_SID=ACCOUNT,
            TWILIO_AUTH_TOKEN=TOKEN,
        )
        done = run("reconcile", "--format", "json")
        assert json.loads(done.output) == [{"went": 0, "again": 0, "open": 0, "fetched": 0}]
        assert run("work", "--rounds", "1", "--pause", "0").exit_code == 0
        twilio.listing_faults = ["500"]
        with pytest.raises(Refused, match="did not answer"):
            run("reconcile")
    environ(SMS_SENDER="simulator")
    with pytest.raises(Refused, match="no provider"):
        run("reconcile")


def test_reconcile_fetches_and_hears_what_notify_keeps(database: Database, environ: Given) -> None:
    with notify_server.running() as notify:
        environ(
            SMS_SENDER="notify",
            NOTIFY_API_KEY=notify_server.KEY,
            NOTIFY_BASE_URL=notify.url,
            NOTIFY_SMS_TEMPLATE="t",
        )
        notify.arrive("+447700900123", "1", (clock.now() - timedelta(minutes=5)).isoformat())
        notify.asking_faults = ["500"]
        with pytest.raises(Refused, match="did not answer"):
            run("reconcile")
        done = run("reconcile", "--format", "json")
    assert json.loads(done.output) == [{"went": 0, "again": 0, "open": 0, "fetched": 1}]
    with database.reading() as session:
        (came,) = session.scalars(select(Inbound))
    assert came.state is not InboundState.RECEIVED


def test_each_way_has_its_own_price(database: Database, environ: Given) -> None:
    with database.transaction() as session:
        posted(session, channel=Channel.SMS, body="x" * 161)
        posted(session, channel=Channel.WHATSAPP, body="x" * 161)
        posted(session, channel=Channel.EMAIL, to="sam@example.org")
        posted(session, channel=Channel.LETTER, to="a\nb\nc")
    rows = json.loads(run("deliver", "--dry-run", "--format", "json").output)
    assert [(r["channel"], r["segments"], r["pence"]) for r in rows] == [
        ("email", 0, 0.0),
        ("letter", 0, 70.0),
        ("sms", 2, 8.0),
        ("whatsapp", 0, 3.0),
        (None, 2, 81.0),
    ]


def test_one_worker_sends_by_every_way_that_is_set(database: Database, environ: Given) -> None:
    with notify_server.running() as notify, smtp_server.running() as box:
        environ(
            MAIL_URL=f"smtp://127.0.0.1:{box.port}",
            CONSULT_MAIL_FROM="say@westmere.example",
            NOTIFY_API_KEY=notify_server.KEY,
            NOTIFY_BASE_URL=notify.url,
            NOTIFY_LETTER_TEMPLATE="t",
        )
        with database.transaction() as session:
            posted(session, due_at=NOON)
            posted(session, channel=Channel.EMAIL, to="sam@example.org", due_at=NOON)
            posted(session, channel=Channel.LETTER, to="Sam\n1 High Street\nWM1 1AA", due_at=NOON)
        assert run("work", "--rounds", "1", "--pause", "0").exit_code == 0
        assert [str(mail["To"]) for mail in box.mails] == ["sam@example.org"]
        assert [one["kind"] for one in notify.ledger] == ["letter"]
        done = json.loads(run("reconcile", "--format", "json").output)
        assert done == [{"went": 0, "again": 0, "open": 0, "fetched": 0}]
