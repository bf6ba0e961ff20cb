"""`consult work`: hear, invite, remind, deliver, and ask the provider what stayed open, for ever.

Texts that came in are heard beside the sending, so that a long batch keeps nobody waiting.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

import click
from sqlalchemy.exc import DBAPIError

from consult_app import clock
from consult_app.actions.inviting.invitations import invite
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.actions.texts.media_fetching import Fetcher, fetch_media
from consult_app.channels.sms.media_twilio import make_fetcher
from consult_app.commands import say
from consult_app.commands.ways import Book, make_books, make_ways
from consult_app.config import Settings
from consult_app.db import Database
from consult_app.outbox.deliver import Delivered, deliver
from consult_app.outbox.outcomes import Sender
from consult_app.outbox.quiet import quiet_hours
from consult_app.outbox.ways import Ways

log = logging.getLogger(__name__)

INVITE_EVERY = timedelta(hours=1)
ASK_EVERY = timedelta(minutes=1)
MEDIA_EVERY = timedelta(seconds=1)
PAUSE_AFTER_FAULT_S = 5.0
AT_ONCE = 100
"""Texts heard before it is looked whether it is time to end."""

LISTEN_EVERY_S = 0.25
"""How often a worker looks for texts that came in: no answer waits longer than twice this."""


@dataclass
class Shift:
    """One worker's day: what it works with, and when it last did what is not done every round."""

    settings: Settings
    database: Database
    sender: Sender | Ways
    books: Sequence[Book] = ()
    fetcher: Fetcher | None = None
    done_at: dict[str, datetime] = field(default_factory=dict)

    def hear(self) -> int:
        """Hear what came in; how many texts."""
        return hear_waiting(self.database, self.settings, clock.now(), most=AT_ONCE)

    def fetch_media(self) -> int:
        """Fetch the pictures and sounds that came with texts; of how many texts."""
        if self.fetcher is None or not self._is_time("media", MEDIA_EVERY):
            return 0
        return fetch_media(self.database, self.fetcher, self.settings, clock.now())

    def work(self) -> Delivered:
        """Hear, and send what is due; then invite, and ask the provider, when it is time."""
        self.hear()
        quiet = quiet_hours(self.settings)
        if not quiet.holds(clock.now()) and self._is_time("invite", INVITE_EVERY):
            with self.database.transaction() as session:
                invite(session, self.settings, clock.today(), clock.now())
        done = deliver(self.database, self.sender, quiet=quiet, rate=self.settings.sends_per_second)
        self._ask()
        return done

    def _ask(self) -> None:
        """What became of unknown texts, and which texts to us never came."""
        for book in self.books:
            if self._is_time(f"ask {book.records.mark}", ASK_EVERY):
                book.ask(self.database)
            if self._is_time(f"fetch {book.records.mark}", book.fetch_every):
                book.fetch(self.database)

    def _is_time(self, name: str, every: timedelta) -> bool:
        """True once in `every`; also when the clock was put back."""
        now = clock.now()
        last = self.done_at.get(name)
        if last is not None and timedelta(0) <= now - last < every:
            return False
        self.done_at[name] = now
        return True


@dataclass
class Bell:
    """Wakes the worker who sends: an answer is due, or it is time to end.

    A queue, because a signal's handler rings it: of an Event it would wait for a lock that the
    very code which it interrupts may hold.
    """

    rings: SimpleQueue[None] = field(default_factory=SimpleQueue)
    ending: bool = False

    def end(self) -> None:
        """Let everybody end as soon as nothing is half done."""
        self.ending = True
        self.ring()

    def ring(self) -> None:
        """Wake who waits, or who waits next."""
        self.rings.put(None)

    def wait(self, seconds: float) -> None:
        """Until it rings, at most so long; many rings are one."""
        with suppress(Empty):
            self.rings.get(timeout=seconds)
            while True:
                self.rings.get_nowait()


@click.command("work")
@click.option("--pause", default=2.0, show_default=True, help="Seconds between two rounds.")
@click.option("--rounds", default=0, help="End after so many rounds; 0 is never.")
def work_command(pause: float, rounds: int) -> None:
    """Hear, invite, remind and deliver, until it is told to end. Run as many as you like."""
    settings, database = say.start()
    sender, books = make_ways(settings, database), make_books(settings)
    shift = Shift(settings, database, sender, books, make_fetcher(settings))
    done = 0
    with _until_told() as bell, _listening(shift, bell):
        while not bell.ending:
            wait = _round(shift, pause)
            done += 1
            if done == rounds:
                break
            bell.wait(wait)
    database.engine.dispose()


@contextmanager
def _until_told() -> Iterator[Bell]:
    """A bell that SIGTERM and SIGINT ring, so that no text is left half sent."""
    bell = Bell()
    before = {
        name: signal.signal(name, lambda *_: bell.end()) for name in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield bell
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


@contextmanager
def _listening(shift: Shift, bell: Bell) -> Iterator[None]:
    """Hear texts, and fetch what came with them, each in a thread of its own."""
    beside = [shift.hear] if shift.fetcher is None else [shift.hear, shift.fetch_media]
    listeners = [threading.Thread(target=_listen, args=(work, bell)) for work in beside]
    for listener in listeners:
        listener.start()
    try:
        yield
    finally:
        bell.end()
        for listener in listeners:
            listener.join()


def _listen(work: Callable[[], int], bell: Bell) -> None:
    """Do it again and again; who sends is woken when something was heard."""
    while not bell.ending:
        try:
            if work():
                bell.ring()
            else:
                time.sleep(LISTEN_EVERY_S)
        except Exception as error:  # whatever it is, texts go on coming
            log.warning("texts cannot be heard now: %s", type(error).__name__)
            time.sleep(4 * LISTEN_EVERY_S)


def _round(shift: Shift, pause: float) -> float:
    """Work once; how long to wait then. A database that is away is a pause, not an end."""
    try:
        shift.work()
    except (DBAPIError, OSError) as error:
        log.warning("the database is away: %s", type(error).__name__)
        return max(pause, PAUSE_AFTER_FAULT_S)
    return pause
