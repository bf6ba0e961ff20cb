"""Build history: let the service's clock stand at a past moment for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from consult_app import clock


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """`clock.now()` says `moment` inside the block. For the demo's building alone."""
    real = clock.now
    clock.now = lambda: moment
    try:
        yield
    finally:
        clock.now = real


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in England, aware."""
    return datetime.combine(day, time(hour, minute), tzinfo=clock.LONDON)
