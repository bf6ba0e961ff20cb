"""Whether a table may be published: no small number in it or behind it.

Nothing is hidden cell by cell yet. A table with a number that could point at a person is
refused whole, which is sound; one without may be printed as it stands.
"""

from collections.abc import Iterator

from consult_app.statistics.table import Row, Table

SMALL = range(1, 6)
LEAST_BASE = 10


def small_numbers(table: Table) -> list[str]:
    """The places, never the values, of what forbids publication: counts of 1 to 5, a
    percentage's part or rest of 1 to 5, a base under 10."""
    rows = [_place(row) for row in table.found.rows if _row_is_small(row, table.found.share)]
    rates = [
        f"rate {rate.name}"
        for rate in table.found.rates
        if _share_is_small(rate.numerator, rate.denominator)
    ]
    notes = [f"note {note.name}" for note in table.found.notes if note.count in SMALL]
    return [*rows, *rates, *notes]


def _row_is_small(row: Row, share: tuple[str, str] | None) -> bool:
    counts = [value for value in row.values() if type(value) is int]
    if any(count in SMALL for count in counts):
        return True
    return share is not None and _share_is_small(*_both(row, share))


def _both(row: Row, share: tuple[str, str]) -> Iterator[int]:
    return (int(row[name] or 0) for name in share)


def _share_is_small(part: int, whole: int) -> bool:
    return part in SMALL or whole - part in SMALL or 0 < whole < LEAST_BASE


def _place(row: Row) -> str:
    return "row " + " ".join(value for value in row.values() if isinstance(value, str))
