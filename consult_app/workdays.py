"""England's working days: its bank holidays, and those that an authority adds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import holidays

from consult_app.reviewing import timetable


@dataclass(frozen=True)
class Holidays:
    """The days on which nobody works, in any year; ask with `in`."""

    added: frozenset[date]

    def __contains__(self, day: object) -> bool:
        """True for a bank holiday in England or a day that was added."""
        return isinstance(day, date) and (day in self.added or day in _bank_holidays(day.year))


def holidays_with(added: Iterable[str] = ()) -> Holidays:
    """England's holidays and the ISO dates in `added` (the setting CONSULT_BANK_HOLIDAYS)."""
    return Holidays(frozenset(date.fromisoformat(day) for day in added))


def after(day: date, count: int, added: Iterable[str] = ()) -> date:
    """The working day `count` after `day`, in England; before it when negative."""
    return timetable.add_working_days(day, count, holidays_with(added))


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
