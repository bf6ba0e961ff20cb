"""When somebody in the office next reads messages: Monday to Friday, 9 to 17, English days."""

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
OPENS = time(9)
CLOSES = time(17)
SATURDAY = 5


def is_open(moment: datetime, closed: Container[date]) -> bool:
    """True when the office is open at `moment` (aware). `closed` holds the bank holidays."""
    local = moment.astimezone(LONDON)
    return _is_working(local.date(), closed) and OPENS <= local.time() < CLOSES


def next_opening(moment: datetime, closed: Container[date]) -> datetime:
    """The first time at or after `moment` when somebody is there: `moment` itself if open."""
    if is_open(moment, closed):
        return moment
    local = moment.astimezone(LONDON)
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while not _is_working(day, closed):
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, LONDON)


def _is_working(day: date, closed: Container[date]) -> bool:
    return day.weekday() < SATURDAY and day not in closed
