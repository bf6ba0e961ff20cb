"""Two calendars beside the Gregorian, on days that are published."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from consult_app import language
from consult_app.languages.calendars import Day, ethiopian, solar_hijri

DECADES = [date(1990, 1, 1) + timedelta(days=n) for n in range(60 * 365)]


@pytest.mark.parametrize(
    ("gregorian", "other"),
    [
        (date(2021, 3, 21), Day(1400, 1, 1)),
        (date(2020, 3, 20), Day(1399, 1, 1)),
        (date(2024, 3, 20), Day(1403, 1, 1)),
        (date(2025, 3, 20), Day(1403, 12, 30)),  # 1403 was a leap year
        (date(2025, 3, 21), Day(1404, 1, 1)),
        (date(2026, 3, 20), Day(1404, 12, 29)),
        (date(1979, 2, 11), Day(1357, 11, 22)),
        (date(2000, 1, 1), Day(1378, 10, 11)),
        (date(2023, 9, 23), Day(1402, 7, 1)),
    ],
)
def test_solar_hijri(gregorian: date, other: Day) -> None:
    assert solar_hijri(gregorian) == other


@pytest.mark.parametrize(
    ("gregorian", "other"),
    [
        (date(2007, 9, 12), Day(2000, 1, 1)),  # the Ethiopian millennium
        (date(2023, 9, 12), Day(2016, 1, 1)),
        (date(2024, 9, 11), Day(2017, 1, 1)),
        (date(2023, 9, 11), Day(2015, 13, 6)),  # a leap year's sixth day of Ṗagumen
        (date(2024, 1, 7), Day(2016, 4, 28)),  # Genna after a leap year
        (date(2025, 1, 7), Day(2017, 4, 29)),
        (date(1974, 9, 12), Day(1967, 1, 2)),
    ],
)
def test_ethiopian(gregorian: date, other: Day) -> None:
    assert ethiopian(gregorian) == other


@pytest.mark.parametrize("calendar", [solar_hijri, ethiopian])
def test_every_day_follows_the_one_before(calendar) -> None:
    for before, after in pairwise(map(calendar, DECADES)):
        same_month = (before.year, before.month, before.day + 1)
        next_month = (before.year, before.month + 1, 1)
        next_year = (before.year + 1, 1, 1)
        assert (after.year, after.month, after.day) in (same_month, next_month, next_year)
        assert (after.day == 1) == (after.month != before.month)


def test_pages_say_both_days_and_texts_the_gregorian_alone() -> None:
    day = date(2026, 3, 21)
    assert language.day_words(day, "fa") == "شنبه ۲۱ مارس"
    assert language.day_beside(day, "fa") == "شنبه ۲۱ مارس (۱ فروردین)"
    assert language.date_words(day, "fa-AF") == "۲۱ مارچ ۲۰۲۶ (۱ حمل ۱۴۰۵)"
    assert language.day_beside(day, "ar") == language.day_words(day, "ar")


def test_tigrinya_says_which_calendar_a_month_is_of() -> None:
    said = language.day_beside(date(2026, 3, 21), "ti")
    assert said == "ቀዳም 21 መጋቢት (ብኣቆጻጽራ ግእዝ 12 መጋቢት)"


def test_days_stand_as_each_reader_expects() -> None:
    day = date(2026, 3, 12)
    assert language.day_words(day, "tr") == "12 Mart Perşembe"
    assert language.date_words(day, "vi") == "12 tháng 3, 2026"
    assert language.day_words(day, "vi", short=True) == language.day_words(day, "vi")
    assert language.day_words(day, "en-GB", short=True) == "Thu 12 Mar"
    assert language.day_words(day, "bn") == "বৃহস্পতিবার ১২ মার্চ"
