"""When reviews fall due: working days, and calendar months that never overrun a short month.

First review within 20 working days of becoming looked after; the second not more than three
months after the first; then not more than six months apart (SI 2010/959 reg 33). Pathway plans
at intervals of not more than six months (SI 2010/2571 reg 7).
"""

import calendar
from collections.abc import Container
from datetime import date, timedelta
from enum import StrEnum

FIRST_WORKING_DAYS = 20
SATURDAY = 5


class Stage(StrEnum):
    """Where in its series the next review stands."""

    FIRST = "first"
    SECOND = "second"
    SUBSEQUENT = "subsequent"
    PATHWAY = "pathway"


MONTHS_AFTER = {Stage.SECOND: 3, Stage.SUBSEQUENT: 6, Stage.PATHWAY: 6}


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """True from Monday to Friday, unless `day` is a holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(day: date, count: int, holidays: Container[date]) -> date:
    """The working day `count` after `day` (before it when negative); `day` itself is not counted."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_on(stage: Stage, since: date, holidays: Container[date]) -> date:
    """The last lawful day. `since` is the day of becoming looked after, or of the last review."""
    if stage is Stage.FIRST:
        return add_working_days(since, FIRST_WORKING_DAYS, holidays)
    return add_months(since, MONTHS_AFTER[stage])


def age_on(born: date, day: date) -> int:
    """Whole years on `day`; who was born on 29 February has a birthday on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
