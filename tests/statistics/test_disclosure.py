"""What may not be published."""

from datetime import UTC, date, datetime

import pytest

from consult_app.statistics.disclosure import small_numbers
from consult_app.statistics.table import Found, Note, Period, Rate, Table, percent, year_to

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))


def table(found: Found) -> Table:
    return Table("forms", YEAR, "forms", datetime(2026, 4, 2, tzinfo=UTC), found)


@pytest.mark.parametrize(
    ("sent", "received", "refused"),
    [(20, 0, False), (20, 6, False), (20, 20, False), (20, 5, True), (20, 15, True), (9, 0, True)],
)
def test_a_small_part_rest_or_base_is_refused(sent: int, received: int, refused: bool) -> None:
    row = {"role": "parent", "sent": sent, "received": received, "percent": 1.0}
    found = table(Found(rows=[row], share=("received", "sent")))
    assert small_numbers(found) == (["row parent"] if refused else [])


def test_rates_and_notes_are_looked_at_too() -> None:
    found = Found(rows=[], rates=[Rate("late", 2, 40)], notes=[Note("declined", 3)])
    assert small_numbers(table(found)) == ["rate late", "note declined"]


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(1, 8, 12.5), (1, 16, 6.3), (2, 3, 66.7), (0, 3, 0.0), (0, 0, None)],
)
def test_percentages_round_half_up(part: int, whole: int, shown: float | None) -> None:
    assert percent(part, whole) == shown


def test_a_period_runs_forwards() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Period(date(2026, 4, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("day", "start"),
    [(date(2026, 3, 31), date(2025, 4, 1)), (date(2026, 4, 1), date(2026, 4, 1))],
)
def test_the_year_begins_in_april(day: date, start: date) -> None:
    assert year_to(day).start == start
