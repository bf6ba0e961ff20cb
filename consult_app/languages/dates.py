"""Days, times and numbers as a reader of each language expects them; the Gregorian day is kept."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from consult_app.languages import numerals, yml
from consult_app.languages.calendars import CALENDARS, Calendar
from consult_app.languages.store import ENGLISH, FOLDER, get

BESIDE = "calendars.yml"


def day_words(day: date, language: str, *, short: bool = False) -> str:
    """A day as a reader says it: Thursday 12 March, in short Thu 12 Mar. Gregorian, for texts."""
    pattern = get(language).day
    if short and get(language).abbreviates:
        pattern = pattern.replace("EEEE", "EEE").replace("MMMM", "MMM")
    return _gregorian(day, pattern, language)


def day_beside(day: date, language: str) -> str:
    """A day for a page: the Gregorian, and beside it in the calendar that its readers use."""
    return _beside(day, day_words(day, language), language, with_year=False)


def date_words(day: date, language: str) -> str:
    """A day with its year: 12 March 2026; for pages, so with the other calendar beside it."""
    return _beside(day, _gregorian(day, get(language).date, language), language, with_year=True)


def _gregorian(day: date, pattern: str, language: str) -> str:
    rules = get(language).rules
    return numerals.written(format_date(day, pattern, locale=rules), rules)


def _beside(day: date, said: str, language: str, *, with_year: bool) -> str:
    """`said` and the same day in the other calendar; alone where the language has no other."""
    known = get(language)
    if not known.calendar:
        return said
    other, named = CALENDARS[Calendar(known.calendar)](day), _named()[known.tag]
    words = f"{other.day} {named['months'][other.month - 1]}"
    words = numerals.written(f"{words} {other.year}" if with_year else words, known.rules)
    return str(named["beside"]).replace("%{date}", said).replace("%{other}", words)


@cache
def _named() -> Mapping[str, Any]:
    """The other calendars' months, by tag."""
    found: Mapping[str, Any] = yml.read(FOLDER / BESIDE)
    return found


def time_words(moment: Any, language: str) -> str:
    """A wall-clock time, 24 hours: 14:30."""
    rules = get(language).rules
    return numerals.written(format_time(moment, "HH:mm", locale=rules), rules)


def number_words(number: int, language: str) -> str:
    """A number as the language groups it."""
    rules = get(language).rules
    return numerals.written(format_decimal(number, locale=rules), rules)


def numeral(number: int | str, language: str) -> str:
    """A number to choose by, in the language's digits."""
    return numerals.written(number, get(language).rules)


def names(tag: str, language: str) -> str:
    """What `language` calls the language `tag`."""
    called = get(tag)
    if called.rules != called.locale:
        return called.own_name
    if called.english and language == ENGLISH:
        return called.english
    display = Locale.parse(get(language).rules)
    known = display.languages.get(called.locale) if tag != ENGLISH else None
    return known or Locale.parse(called.rules).get_display_name(display) or tag
