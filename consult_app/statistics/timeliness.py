"""Whether reviews were held by their due date (domain notes, measures, "Timeliness")."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from consult_app.models.child import Child
from consult_app.models.kinds import ReviewKind
from consult_app.models.review import Review
from consult_app.statistics import dimensions
from consult_app.statistics.table import ALL, Found, Note, Period, Rate, Row, percent

BY = ("review_kind", *dimensions.OF_REVIEWS)
COUNTS = ("held", "with_due_date", "in_time")

DUE = Review.due_on.is_not(None)
IN_TIME = and_(DUE, Review.held_on <= Review.due_on)
GROWN = 18

Place = tuple[tuple[str, str], ...]
Counts = dict[tuple[Place, str], dict[str, int]]


def timeliness(session: Session, period: Period, by: Sequence[str]) -> Found:
    """Reviews held on or before their due date, per review and per child.

    A review whose due date nobody recorded leaves both sides; their number is shown.
    """
    extra = [name for name in by if name != "review_kind"]
    counts = {} if extra else _expected()
    children = timely = 0
    for row in session.execute(_statement(period, extra)).mappings():
        children, timely = row["children"], row["timely"]
        place = tuple(dimensions.values(row, extra).items())
        counts[place, str(row["kind"])] = {name: row[name] for name in COUNTS}
    total = _sum(list(counts.values()))
    return Found(
        rows=_rows(counts),
        rates=[
            Rate("per_review", total["in_time"], total["with_due_date"]),
            Rate("per_child", timely, children),
        ],
        notes=[Note("without_due_date", total["held"] - total["with_due_date"])],
        share=("in_time", "with_due_date"),
    )


def _expected() -> Counts:
    return {((), str(kind)): dict.fromkeys(COUNTS, 0) for kind in ReviewKind}


def _statement(period: Period, by: Sequence[str]) -> Select[Any]:
    place = dimensions.columns(by)
    children = _children(period)
    timely = children.c.timely == children.c.due
    chosen = select(
        Review.kind,
        *place,
        func.count().label("held"),
        func.count().filter(DUE).label("with_due_date"),
        func.count().filter(IN_TIME).label("in_time"),
        select(func.count()).select_from(children).scalar_subquery().label("children"),
        select(func.count()).select_from(children).where(timely).scalar_subquery().label("timely"),
    ).select_from(Review)
    chosen = dimensions.joined(chosen, by).where(dimensions.held(period))
    return chosen.group_by(Review.kind, *dimensions.labels(by))


def _children(period: Period) -> Any:
    """Children reviewed who are taken to be looked after still when the period ends.

    The files tell no end of care: under 18 on the last day and not marked as a care leaver.
    """
    eighteen = period.end.replace(year=period.end.year - GROWN, day=min(period.end.day, 28))
    young = or_(Child.born_on.is_(None), Child.born_on > eighteen)
    return (
        select(func.count().filter(DUE).label("due"), func.count().filter(IN_TIME).label("timely"))
        .select_from(Review)
        .join(Child, Child.id == Review.child_id)
        .where(dimensions.held(period), Review.kind == ReviewKind.CARED_FOR)
        .where(Child.care_leaver.is_(False), young)
        .group_by(Review.child_id)
        .having(func.count().filter(DUE) > 0)
        .subquery()
    )


def _rows(counts: Counts) -> list[Row]:
    """A row a kind of review, then both together, for each place."""
    rows: list[Row] = []
    for place, inside in groupby(sorted(counts), key=lambda key: key[0]):
        found = {kind: counts[place, kind] for _, kind in inside}
        rows += [_row(place, kind, count) for kind, count in found.items()]
        rows.append(_row(place, ALL, _sum(list(found.values()))))
    return rows


def _row(place: Place, kind: str, found: Mapping[str, int]) -> Row:
    return {
        "review_kind": kind,
        **dict(place),
        **found,
        "late": found["with_due_date"] - found["in_time"],
        "percent": percent(found["in_time"], found["with_due_date"]),
    }


def _sum(found: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {name: sum(one[name] for one in found) for name in COUNTS}
