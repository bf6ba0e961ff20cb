"""How far children chaired their own reviews (domain notes, measures, "Chairing")."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from consult_app.models.child import Child
from consult_app.models.kinds import Chairing
from consult_app.models.review import Review
from consult_app.reviewing.participation import COUNTED, FOUR
from consult_app.statistics import dimensions
from consult_app.statistics.table import Found, Note, Period, Rate, Row, percent

BY = ("review_kind", *dimensions.OF_REVIEWS)
NOT_RECORDED = "not_recorded"
STATES = (*(state.value for state in Chairing), NOT_RECORDED)
CHAIRED = (Chairing.PART, Chairing.CO_CHAIRED, Chairing.FULL)

Counts = dict[tuple[tuple[str, str], ...], dict[str, int]]


def chairing(session: Session, period: Period, by: Sequence[str]) -> Found:
    """Reviews of children aged four and over by who chaired; cost grows with those reviews."""
    counts: Counts = {} if by else {(): dict.fromkeys(STATES, 0)}
    ageless = 0
    for row in session.execute(_statement(period, by)).mappings():
        place = tuple(dimensions.values(row, by).items())
        state = str(row["chairing"] or NOT_RECORDED)
        counts.setdefault(place, dict.fromkeys(STATES, 0))[state] += row["found"]
        ageless += row["ageless"]
    total = {state: sum(found[state] for found in counts.values()) for state in STATES}
    reviews = sum(total.values())
    return Found(
        rows=_rows(counts),
        rates=[
            Rate("chaired", sum(total[state] for state in CHAIRED), reviews),
            Rate("chaired_in_full", total[Chairing.FULL], reviews),
            Rate("recorded", reviews - total[NOT_RECORDED], reviews),
        ],
        notes=[Note("age_unknown", ageless)],
        share=("count", "reviews"),
    )


def _statement(period: Period, by: Sequence[str]) -> Select[Any]:
    place = dimensions.columns(by)
    chosen = select(
        Review.chairing,
        *place,
        func.count().filter(_four_or_over()).label("found"),
        func.count().filter(_ageless()).label("ageless"),
    ).select_from(Review)
    chosen = dimensions.joined(chosen, by, child=True).where(dimensions.held(period))
    return chosen.group_by(Review.chairing, *dimensions.labels(by))


def _four_or_over() -> ColumnElement[bool]:
    """By the participation code where there is one, else by the date of birth."""
    coded = Review.participation.in_(sorted(COUNTED))
    by_birth = and_(Review.participation.is_(None), dimensions.lived() >= FOUR * dimensions.YEAR)
    return or_(coded, by_birth)


def _ageless() -> ColumnElement[bool]:
    return and_(Review.participation.is_(None), Child.born_on.is_(None))


def _rows(counts: Counts) -> list[Row]:
    return [
        {
            "chairing": state,
            **dict(place),
            "count": found,
            "reviews": sum(counts[place].values()),
            "percent": percent(found, sum(counts[place].values())),
        }
        for place in sorted(counts)
        for state, found in counts[place].items()
    ]
