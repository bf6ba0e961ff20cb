"""Every table that can be asked for: what it counts, how it is made, how it can be broken down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.statistics import (
    chairing,
    coverage,
    forms,
    participation,
    quality,
    surveys,
    timeliness,
)
from consult_app.statistics.table import Found, Period, Table


class CannotBreakDown(Exception):
    """The table is not kept by that dimension; the message names those it is."""


@dataclass(frozen=True)
class Measure:
    """One definition. `find` runs one SELECT."""

    counts: str
    find: Callable[[Session, Period, Sequence[str]], Found]
    by: Sequence[str]


MEASURES: Mapping[str, Measure] = {
    "forms": Measure("forms", forms.forms, forms.BY),
    "coverage": Measure("reviews", coverage.coverage, coverage.BY),
    "participation": Measure("reviews", participation.participation, participation.BY),
    "timeliness": Measure("reviews", timeliness.timeliness, timeliness.BY),
    "chairing": Measure("reviews", chairing.chairing, chairing.BY),
    "surveys": Measure("replies", surveys.surveys, surveys.BY),
    "quality": Measure("reviews", quality.quality, quality.BY),
}


def draw_up(session: Session, name: str, period: Period, by: Sequence[str] = ()) -> Table:
    """The table `name` for the reviews of `period`. CannotBreakDown for a foreign dimension."""
    measure = MEASURES[name]
    foreign = [one for one in by if one not in measure.by]
    if foreign:
        known = ", ".join(measure.by) or "nothing"
        raise CannotBreakDown(f"{name} cannot be shown by {', '.join(foreign)}: it knows {known}")
    found = measure.find(session, period, tuple(dict.fromkeys(by)))
    return Table(name, period, measure.counts, clock.now(), found)
