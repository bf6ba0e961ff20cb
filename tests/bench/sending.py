"""Texts that go out: how many a second 1, 2 and 4 workers hand over, beside the bare client."""

import multiprocessing
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import func, select, update

from consult_app import clock, config, sealing
from consult_app.channels.sms.sender_twilio import TwilioSender, connect
from consult_app.db import Database
from consult_app.models.kinds import MessageState
from consult_app.models.message import Message
from consult_app.outbox.deliver import deliver
from consult_app.outbox.quiet import Quiet
from consult_app.standin.ledger import ACCOUNT, TOKEN, StandIn
from consult_app.standin.server import Server, Ways
from tests.bench.figure import figure
from tests.bench.server import free_port
from tests.factories import mobile
from tests.outbox.letters import posted

WORKERS = (1, 2, 4)
TEXTS = 200
TRIES = 200
NEVER_QUIET = Quiet(0, 0)
FORK = multiprocessing.get_context("fork")


def measure(backend: str, env: Mapping[str, str]) -> None:
    """Every figure on one database, the real client sending to our stand-in."""
    with standing_in() as base:
        account = {
            "SMS_SENDER": "twilio",
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_FROM": mobile(999),
            "TWILIO_BASE_URL": base,
        }
        settings = config.from_environment(dict(env) | account)
        bare = _bare(settings)
        for workers in WORKERS:
            rate = _together(settings, workers)
            name = f"texts sent by {workers} workers, {backend}"
            figure(name, rate, "texts/s", bare)


@contextmanager
def standing_in() -> Iterator[str]:
    """The stand-in as a process of its own, at the address that is given."""
    port = free_port()
    program = FORK.Process(target=_stand_in, args=(port,), daemon=True)
    program.start()
    try:
        _until_it_answers(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        program.terminate()
        program.join()


def _stand_in(port: int) -> None:
    Server(StandIn(account=ACCOUNT, token=TOKEN), Ways(), port).serve_forever()


def _until_it_answers(port: int) -> None:
    for _ in range(TRIES):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the stand-in does not answer")


def _bare(settings: config.Settings) -> float:
    """The real client alone, one text after another, with no outbox and no database."""
    client, _ = connect(settings)
    began = time.perf_counter()
    for number in range(TEXTS):
        client.messages.create(to=mobile(number), from_=settings.twilio_from, body="one text")
    return TEXTS / (time.perf_counter() - began)


def _together(settings: config.Settings, count: int) -> float:
    """So many workers, each a process, on one queue; texts a second until it is empty."""
    _queue(settings)
    start = FORK.Barrier(count + 1)
    workers = [FORK.Process(target=_work, args=(settings, start)) for _ in range(count)]
    for worker in workers:
        worker.start()
    start.wait(timeout=60)
    began = time.perf_counter()
    for worker in workers:
        worker.join()
    took = time.perf_counter() - began
    assert _left(settings) == 0, "texts were left in the queue"
    return TEXTS / took


def _queue(settings: config.Settings) -> None:
    """Nothing but the texts that are measured: what earlier figures left goes nowhere."""
    database = Database(settings.database_url)
    with database.transaction() as session:
        standing = update(Message).where(Message.state == MessageState.QUEUED)
        session.execute(standing.values(state=MessageState.CANCELLED))
        for number in range(TEXTS):
            posted(session, body=f"text {number}", to=mobile(number), due_at=clock.now())
    database.engine.dispose()


def _work(settings: config.Settings, start) -> None:
    sealing.use(sealing.KeyRing(settings.keys))
    database, sender = Database(settings.database_url), TwilioSender(settings)
    start.wait(timeout=60)
    deliver(database, sender, quiet=NEVER_QUIET)


def _left(settings: config.Settings) -> int:
    database = Database(settings.database_url)
    with database.reading() as session:
        open_now = (MessageState.QUEUED, MessageState.SENDING, MessageState.UNKNOWN)
        left = session.scalar(select(func.count()).where(Message.state.in_(open_now)))
    database.engine.dispose()
    return left or 0
