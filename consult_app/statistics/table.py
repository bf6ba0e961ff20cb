"""What a statistic looks like: a period, rows, rates with both their sides, and notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from consult_app import clock

Cell = str | int | float | None
Row = Mapping[str, Cell]

ALL = "all"
UNKNOWN = "unknown"
TENTH = Decimal("0.1")


def percent(part: int, whole: int) -> float | None:
    """`part` of `whole` in per cent, rounded half up to a tenth; None when `whole` is 0."""
    if whole == 0:
        return None
    return float((Decimal(100 * part) / whole).quantize(TENTH, ROUND_HALF_UP))


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, both counted. ValueError when they are the wrong way round."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError("the period ends before it begins")


def year_to(day: date) -> Period:
    """The council's year up to `day`: it begins on 1 April."""
    return Period(date(day.year - (day < date(day.year, 4, 1)), 4, 1), day)


@dataclass(frozen=True)
class Rate:
    """A percentage with both its sides, so that nobody need guess what was divided."""

    name: str
    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """None when the denominator is 0."""
        return percent(self.numerator, self.denominator)


@dataclass(frozen=True)
class Note:
    """A number that stands beside the table, because it was left out of both sides."""

    name: str
    count: int


@dataclass(frozen=True)
class Found:
    """What a measure found. `share` names the part and the whole in rows that hold a percent."""

    rows: Sequence[Row]
    rates: Sequence[Rate] = ()
    notes: Sequence[Note] = ()
    share: tuple[str, str] | None = None


@dataclass(frozen=True)
class Table:
    """One statistic, ready to print. `counts` says what it counts: reviews, children or forms."""

    name: str
    period: Period
    counts: str
    made_at: datetime
    found: Found

    @property
    def columns(self) -> list[str]:
        """The keys of its rows, in order."""
        return list(self.found.rows[0]) if self.found.rows else []

    def as_json(self) -> dict[str, object]:
        """The shape that `statistics --format json` promises."""
        return {
            "table": self.name,
            "period": {"from": str(self.period.start), "to": str(self.period.end)},
            "counts": self.counts,
            "made_at": clock.in_london(self.made_at).isoformat(timespec="seconds"),
            "rows": [dict(row) for row in self.found.rows],
            "rates": [_rate(rate) for rate in self.found.rates],
            "notes": [{"name": note.name, "count": note.count} for note in self.found.notes],
        }


def _rate(rate: Rate) -> dict[str, Cell]:
    return {
        "name": rate.name,
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "percent": rate.percent,
    }
