"""English words of the demo's own pages: keys, times, days, money, numbers."""

from datetime import datetime

from consult_app import clock, language

PENCE_A_POUND = 100


def say(key: str, **values: object) -> str:
    """The words of `staff_phone.key`."""
    return language.words(f"staff_phone.{key}", language.ENGLISH, **values)


def time_of(moment: datetime) -> str:
    """A wall-clock time in England: 14:30."""
    return language.time_words(clock.in_london(moment).time(), language.ENGLISH)


def day_of(moment: datetime) -> str:
    """A day in England: Today, else Thursday 12 March."""
    day = clock.in_london(moment).date()
    return say("today") if day == clock.today() else language.day_words(day, language.ENGLISH)


def money(pence: float) -> str:
    """What something costs: 8p, or £1.24."""
    if pence >= PENCE_A_POUND:
        return f"£{pence / PENCE_A_POUND:.2f}"
    return f"{round(pence, 1):g}p"


def number_words(number: str) -> str:
    """A British mobile number as people write it: 07700 900 123."""
    if not (number.startswith("+44") and len(number) == len("+447700900123")):
        return number
    home = f"0{number[3:]}"
    return f"{home[:5]} {home[5:8]} {home[8:]}"
