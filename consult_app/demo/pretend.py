"""Build history: let the service's clock stand at a past moment for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from consult_app import clock


@dataclass
class Hand:
    """The hand of a clock that moves only when it is told to."""

    moment: datetime

    def move_on(self, seconds: int) -> None:
        """So long it took."""
        self.moment += timedelta(seconds=seconds)


@contextmanager
def standing_at(moment: datetime) -> Iterator[Hand]:
    """`clock.now()` says where the hand stands. For the demo's building alone."""
    real, hand = clock.now, Hand(moment.astimezone(UTC))
    clock.now = lambda: hand.moment
    try:
        yield hand
    finally:
        clock.now = real


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in England, aware."""
    return datetime.combine(day, time(hour, minute), tzinfo=clock.LONDON)
