"""`consult work`: invite, remind and deliver, for ever."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import click
from sqlalchemy.exc import DBAPIError

from consult_app import clock
from consult_app.actions.invitations import invite
from consult_app.channels.sms.senders import make_sender
from consult_app.commands import say
from consult_app.config import Settings
from consult_app.db import Database
from consult_app.outbox.deliver import Delivered, deliver
from consult_app.outbox.outcomes import Sender
from consult_app.outbox.quiet import quiet_hours

log = logging.getLogger(__name__)

INVITE_EVERY = timedelta(hours=1)
PAUSE_AFTER_FAULT_S = 5.0


@dataclass
class Shift:
    """One worker's day: what it works with, and when it last looked for reviews to ask about."""

    settings: Settings
    database: Database
    sender: Sender
    invited_at: datetime | None = None

    def work(self) -> Delivered:
        """Invite when it is time, then send what is due."""
        now = clock.now()
        quiet = quiet_hours(self.settings)
        if not quiet.holds(now) and self._is_time(now):
            with self.database.transaction() as session:
                invite(session, self.settings, clock.today(), now)
            self.invited_at = now
        return deliver(self.database, self.sender, quiet=quiet)

    def _is_time(self, now: datetime) -> bool:
        return self.invited_at is None or now - self.invited_at >= INVITE_EVERY


@click.command("work")
@click.option("--pause", default=2.0, show_default=True, help="Seconds between two rounds.")
@click.option("--rounds", default=0, help="End after so many rounds; 0 is never.")
def work_command(pause: float, rounds: int) -> None:
    """Invite, remind and deliver, until it is told to end. Run as many as you like."""
    settings, database = say.start()
    shift = Shift(settings, database, make_sender(settings, database))
    done = 0
    with _until_told() as ending:
        while not ending.is_set():
            wait = _round(shift, pause)
            done += 1
            if done == rounds or ending.wait(wait):
                break
    database.engine.dispose()


@contextmanager
def _until_told() -> Iterator[threading.Event]:
    """An event that is set by SIGTERM or SIGINT, so that no text is left half sent."""
    ending = threading.Event()
    before = {
        name: signal.signal(name, lambda *_: ending.set())
        for name in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield ending
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _round(shift: Shift, pause: float) -> float:
    """Work once; how long to wait then. A database that is away is a pause, not an end."""
    try:
        shift.work()
    except DBAPIError as error:
        log.warning("the database is away: %s", type(error).__name__)
        return max(pause, PAUSE_AFTER_FAULT_S)
    return pause
