"""The same day in two other calendars, by their civil arithmetic (docs/decisions/0009).

Solar Hijri: leap years by the 33-year cycle, which agrees with the Iranian calendar from 1799 to
2254. Ethiopian: the Julian cycle of four years, 13 months.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NOWRUZ_1400 = date(2021, 3, 21)
HALF = 6
"""The first six months have 31 days, those after 30."""
INCARNATION = date(8, 8, 27).toordinal()
"""1 Mäskäräm 1, in the proleptic Gregorian calendar."""
FOUR_YEARS = 1461


class Calendar(StrEnum):
    """A calendar that stands beside the Gregorian."""

    SOLAR_HIJRI = "solar hijri"
    ETHIOPIAN = "ethiopian"


@dataclass(frozen=True)
class Day:
    """A day of another calendar; months count from 1."""

    year: int
    month: int
    day: int


def _is_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8


def _nowruz(year: int) -> int:
    """The ordinal of the first day of a Solar Hijri year."""
    step = 1 if year >= 1400 else -1
    span = range(min(year, 1400), max(year, 1400))
    return NOWRUZ_1400.toordinal() + step * sum(365 + _is_leap(each) for each in span)


def solar_hijri(day: date) -> Day:
    """A Gregorian day in the Solar Hijri calendar."""
    ordinal = day.toordinal()
    year = day.year - 621
    year -= ordinal < _nowruz(year)
    gone = ordinal - _nowruz(year)
    if gone < HALF * 31:
        return Day(year, gone // 31 + 1, gone % 31 + 1)
    gone -= HALF * 31
    return Day(year, HALF + gone // 30 + 1, gone % 30 + 1)


def ethiopian(day: date) -> Day:
    """A Gregorian day in the Ethiopian calendar."""
    gone = day.toordinal() - INCARNATION
    year = (4 * gone + 1463) // FOUR_YEARS
    gone -= 365 * (year - 1) + year // 4
    return Day(year, gone // 30 + 1, gone % 30 + 1)


CALENDARS: Mapping[Calendar, Callable[[date], Day]] = {
    Calendar.SOLAR_HIJRI: solar_hijri,
    Calendar.ETHIOPIAN: ethiopian,
}
