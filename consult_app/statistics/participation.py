"""How children took part in their reviews (domain notes, measures, "Participation")."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from consult_app.models.kinds import ReviewKind
from consult_app.models.review import Review
from consult_app.reviewing import participation as codes
from consult_app.statistics import dimensions
from consult_app.statistics.table import Found, Note, Period, Rate, Row

BY = ("review_kind", *dimensions.OF_REVIEWS)

ANY_CODE = frozenset(codes.CODES)
RATES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "took_part": (codes.TOOK_PART, codes.COUNTED),
    "views_conveyed": (codes.VIEWS_CONVEYED, codes.COUNTED),
    "attended": (codes.ATTENDED, codes.COUNTED),
    "spoke_for_self": (codes.SPOKE_FOR_SELF, codes.COUNTED),
    "c63_as_printed": (ANY_CODE - {codes.Code.PN7}, ANY_CODE),
}
"""Each rate's numerator and denominator, in codes."""

Counts = dict[tuple[tuple[str, str], ...], dict[str, int]]


def participation(session: Session, period: Period, by: Sequence[str]) -> Found:
    """Reviews held in the period by participation code; cost grows with those reviews."""
    counts: Counts = {} if by else {(): dict.fromkeys(codes.CODES, 0)}
    uncoded = reviewed = conveyed = 0
    for row in session.execute(_statement(period, by)).mappings():
        reviewed, conveyed = row["reviewed"], row["conveyed"]
        if row["participation"] is None:
            uncoded += row["uncoded"]
            continue
        place = tuple(dimensions.values(row, by).items())
        counts.setdefault(place, dict.fromkeys(codes.CODES, 0))[row["participation"]] += row[
            "found"
        ]
    rates = [_rate(name, counts) for name in RATES]
    return Found(
        rows=_rows(counts),
        rates=[*rates, Rate("per_child", conveyed, reviewed)],
        notes=[Note("without_code", uncoded)],
    )


def _statement(period: Period, by: Sequence[str]) -> Select[Any]:
    place = dimensions.columns(by)
    children = _children(period)
    chosen = select(
        Review.participation,
        *place,
        func.count().label("found"),
        func.count().filter(_needs_code()).label("uncoded"),
        select(func.count()).select_from(children).scalar_subquery().label("reviewed"),
        select(func.count())
        .select_from(children)
        .where(children.c.spoken == children.c.reviews)
        .scalar_subquery()
        .label("conveyed"),
    ).select_from(Review)
    chosen = dimensions.joined(chosen, by).where(dimensions.held(period))
    return chosen.group_by(Review.participation, *dimensions.labels(by))


def _needs_code() -> ColumnElement[bool]:
    return and_(Review.participation.is_(None), Review.kind == ReviewKind.CARED_FOR)


def _children(period: Period) -> Any:
    """Children aged four or over who were reviewed, with how many of those reviews conveyed.

    A review that still lacks its code counts as one that did not: nobody can say it did.
    """
    coded = Review.participation.in_(sorted(codes.COUNTED))
    spoken = Review.participation.in_(sorted(codes.VIEWS_CONVEYED))
    return (
        select(
            func.count().filter(or_(coded, _needs_code())).label("reviews"),
            func.count().filter(spoken).label("spoken"),
        )
        .where(dimensions.held(period))
        .group_by(Review.child_id)
        .having(func.count().filter(coded) > 0)
        .subquery()
    )


def _rows(counts: Counts) -> list[Row]:
    return [
        {"code": code, **dict(place), "count": found}
        for place in sorted(counts)
        for code, found in counts[place].items()
    ]


def _rate(name: str, counts: Counts) -> Rate:
    part, whole = (
        sum(count for found in counts.values() for code, count in found.items() if code in wanted)
        for wanted in RATES[name]
    )
    return Rate(name, part, whole)
