"""Due dates against the calendar, including the months that are too short."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app import workdays
from consult_app.reviewing import timetable
from consult_app.reviewing.timetable import Stage

NONE: frozenset[date] = frozenset()
ENGLAND = workdays.holidays_with()


@pytest.mark.parametrize(
    ("stage", "since", "due"),
    [
        (Stage.FIRST, date(2026, 3, 2), date(2026, 3, 30)),
        (Stage.FIRST, date(2026, 3, 7), date(2026, 4, 3)),
        (Stage.SECOND, date(2026, 1, 31), date(2026, 4, 30)),
        (Stage.SECOND, date(2026, 11, 30), date(2027, 2, 28)),
        (Stage.SECOND, date(2027, 11, 30), date(2028, 2, 29)),
        (Stage.SUBSEQUENT, date(2026, 8, 31), date(2027, 2, 28)),
        (Stage.SUBSEQUENT, date(2026, 6, 15), date(2026, 12, 15)),
        (Stage.PATHWAY, date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_due_dates_without_holidays(stage, since, due):
    assert timetable.due_on(stage, since, NONE) == due


def test_bank_holidays_push_the_first_review_out():
    # Good Friday 3 April and Easter Monday 6 April 2026 both fall within the twenty days.
    assert timetable.due_on(Stage.FIRST, date(2026, 3, 16), ENGLAND) == date(2026, 4, 15)
    assert timetable.due_on(Stage.FIRST, date(2026, 3, 16), NONE) == date(2026, 4, 13)


@pytest.mark.parametrize(
    "day", [date(2026, 12, 25), date(2026, 12, 28), date(2026, 8, 31), date(2027, 1, 1)]
)
def test_england_rests(day):
    assert day in ENGLAND


def test_a_scottish_holiday_is_a_working_day():
    assert date(2026, 11, 30) not in ENGLAND


def test_an_authority_adds_a_day():
    added = ("2026-06-10",)
    assert workdays.after(date(2026, 6, 9), 1, added) == date(2026, 6, 11)
    assert workdays.after(date(2026, 6, 11), -1, added) == date(2026, 6, 9)
    assert workdays.after(date(2026, 6, 9), 1) == date(2026, 6, 10)


def test_no_days_is_the_day_itself():
    assert workdays.after(date(2026, 12, 25), 0) == date(2026, 12, 25)


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 40))
def test_working_days_count_back_and_forth(day, count):
    later = timetable.add_working_days(day, count, ENGLAND)
    between = (day + timedelta(days=step) for step in range(1, (later - day).days + 1))
    assert sum(timetable.is_working_day(each, ENGLAND) for each in between) == count


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 60))
def test_months_never_overrun(day, months):
    later = timetable.add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2018, 5, 4), date(2026, 5, 3), 7),
        (date(2018, 5, 4), date(2026, 5, 4), 8),
        (date(2012, 2, 29), date(2027, 2, 28), 14),
        (date(2012, 2, 29), date(2027, 3, 1), 15),
    ],
)
def test_age_turns_on_the_birthday(born, day, age):
    assert timetable.age_on(born, day) == age
