"""The door: whatever the provider brings is in the database, else on the disk, within a second.

The caller is told that it was taken only once it is safe in one of the two.
"""

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.texts import storing
from consult_app.actions.texts.spool import Spool
from consult_app.actions.texts.text_turn import InboundText
from consult_app.config import Settings
from consult_app.db import make_quick_engine
from consult_app.outbox.receipts import Receipt, note_status

log = logging.getLogger(__name__)

PATIENCE_S = 0.5
"""So long a caller waits for the database before what it brought goes to the disk."""

STATEMENT_S = 2
SLOW_S, REST_S = 0.15, 5.0
"""A store that took longer than the first lets the database rest for the second."""

HANDS = 8


@dataclass
class Breaker:
    """Lets callers through while the database keeps up; else one every REST_S, to try it."""

    closed_until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def lets_through(self) -> bool:
        """True when this caller shall try the database."""
        with self.lock:
            if not self.closed_until:
                return True
            if time.monotonic() < self.closed_until:
                return False
            self.closed_until = time.monotonic() + REST_S
            return True

    def note(self, *, well: bool) -> None:
        """What a try showed."""
        with self.lock:
            self.closed_until = 0.0 if well else time.monotonic() + REST_S


class Inbox:
    """Where webhooks put what came. One a process; its connections are its own."""

    def __init__(self, settings: Settings) -> None:
        self.engine = make_quick_engine(settings.database_url, patience_s=STATEMENT_S)
        self._spool = Spool(Path(settings.spool))
        self._breaker = Breaker()
        self._hands = ThreadPoolExecutor(HANDS, "inbox")

    def take(self, arrival: InboundText | Receipt) -> None:
        """Keep a text or a report. OSError when neither database nor disk can."""
        if not self._breaker.lets_through() or not self._filed(arrival):
            self._spool.keep(arrival, clock.now())

    def close(self) -> None:
        """Let go of the database; a later arrival opens it again."""
        self.engine.dispose()

    def _filed(self, arrival: InboundText | Receipt) -> bool:
        """Write it into the database, and note how that went. False: it may not be there."""
        began = time.monotonic()
        work = self._hands.submit(_file, self.engine, arrival)
        try:
            work.result(PATIENCE_S)
        except (SQLAlchemyError, TimeoutError) as error:
            self._gave_up(work, error)
            return False
        self._breaker.note(well=time.monotonic() - began <= SLOW_S)
        return True

    def _gave_up(self, work: "Future[None]", error: Exception) -> None:
        work.cancel()
        self._breaker.note(well=False)
        log.warning("kept on disk, the database is away: %s", type(error).__name__)


def _file(engine: Engine, arrival: InboundText | Receipt) -> None:
    if isinstance(arrival, InboundText):
        with engine.begin() as connection:
            storing.store(connection, arrival)
        return
    with Session(_whole(engine)) as session, session.begin():
        note_status(session, arrival, clock.now())


def _whole(engine: Engine) -> Engine:
    """The same connections, each used for a whole transaction."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="READ COMMITTED")
