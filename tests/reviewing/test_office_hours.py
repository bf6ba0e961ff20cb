"""When somebody in the office next reads: evenings, weekends, Easter, both clock changes."""

from datetime import UTC, date, datetime

import pytest

from consult_app.reviewing.office_hours import LONDON, is_open, next_opening


def nine(*day: int) -> datetime:
    """Nine in the morning in London."""
    return datetime(*day, 9, tzinfo=LONDON)


EASTER = frozenset({date(2026, 4, 3), date(2026, 4, 6)})
CASES = [
    (datetime(2026, 3, 11, 14, 0, tzinfo=UTC), None),  # a Wednesday afternoon
    (datetime(2026, 3, 11, 8, 59, tzinfo=UTC), nine(2026, 3, 11)),
    (datetime(2026, 3, 11, 17, 0, tzinfo=UTC), nine(2026, 3, 12)),
    (datetime(2026, 3, 13, 18, 0, tzinfo=UTC), nine(2026, 3, 16)),  # Friday evening
    (datetime(2026, 3, 15, 12, 0, tzinfo=UTC), nine(2026, 3, 16)),
    (datetime(2026, 4, 2, 18, 0, tzinfo=UTC), nine(2026, 4, 7)),  # before Good Friday
    (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), nine(2026, 3, 30)),  # clocks go forward
    (datetime(2026, 7, 1, 8, 30, tzinfo=UTC), None),  # 9:30 in London
    (datetime(2026, 7, 1, 16, 0, tzinfo=UTC), nine(2026, 7, 2)),  # 17:00 in London
]


@pytest.mark.parametrize(("moment", "opens"), CASES)
def test_next_opening(moment: datetime, opens: datetime | None) -> None:
    assert is_open(moment, EASTER) is (opens is None)
    assert next_opening(moment, EASTER) == (opens or moment)
