"""By what a table can be broken down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, case, extract, func, or_

from consult_app.models.child import Child
from consult_app.models.consultation import Consultation
from consult_app.models.iro import Iro
from consult_app.models.kinds import ReviewStatus
from consult_app.models.review import Review
from consult_app.models.survey_answer import SurveyAnswer
from consult_app.statistics.table import UNKNOWN, Period

YEAR = 10_000
"""A year in a day written as yyyymmdd: differences of such days are compared, never divided."""

BANDS = ((4, "under_4"), (8, "4_7"), (12, "8_11"), (16, "12_15"), (18, "16_17"))
"""Under so many years at the review: the band's name."""


def held(period: Period) -> ColumnElement[bool]:
    """Reviews held in the period; cancelled ones leave both sides."""
    return and_(Review.status == ReviewStatus.HELD, Review.day.between(period.start, period.end))


def lived() -> ColumnElement[int]:
    """The child's age at the review times YEAR; needs Child in the statement."""
    return _stamp(Review.day) - _stamp(Child.born_on)


def _stamp(day: Any) -> ColumnElement[int]:
    return extract("year", day) * YEAR + extract("month", day) * 100 + extract("day", day)


def _age_band() -> ColumnElement[str]:
    bands = [(lived() < years * YEAR, name) for years, name in BANDS]
    return case((Child.born_on.is_(None), UNKNOWN), *bands, else_="18_over")


def _unaccompanied() -> ColumnElement[str]:
    """Yes while the child counted as unaccompanied on the day of the review."""
    until = Child.unaccompanied_until
    return case(
        (and_(Child.unaccompanied, or_(until.is_(None), until >= Review.day)), "yes"), else_="no"
    )


def _month() -> ColumnElement[int]:
    return extract("year", Review.day) * 100 + extract("month", Review.day)


def _read_month(value: Any) -> str:
    return f"{int(value) // 100}-{int(value) % 100:02d}"


@dataclass(frozen=True)
class Dimension:
    """One way to break a table down: its column, whom it joins, how its value is read."""

    column: Callable[[], ColumnElement[Any]]
    child: bool = False
    iro: bool = False
    read: Callable[[Any], str] = str


DIMENSIONS: Mapping[str, Dimension] = {
    "role": Dimension(lambda: Consultation.role.expression),
    "review_kind": Dimension(lambda: Review.kind.expression),
    "channel": Dimension(
        lambda: func.coalesce(Consultation.channel_finished, Consultation.channel_begun)
    ),
    "begun_by": Dimension(lambda: Consultation.channel_begun.expression),
    "language": Dimension(lambda: Consultation.language.expression),
    "age_band": Dimension(_age_band, child=True),
    "unaccompanied": Dimension(_unaccompanied, child=True),
    "area": Dimension(lambda: Review.area.expression),
    "team": Dimension(lambda: Review.team.expression),
    "iro": Dimension(lambda: Iro.name + " (" + Iro.reference + ")", iro=True),
    "month": Dimension(_month, read=_read_month),
    "quarter": Dimension(lambda: SurveyAnswer.quarter.expression),
}

OF_REVIEWS = ("age_band", "unaccompanied", "area", "team", "iro", "month")
"""What any review can be told apart by, whoever was asked."""


def columns(by: Sequence[str]) -> list[ColumnElement[Any]]:
    """The columns to select and group by."""
    return [DIMENSIONS[name].column().label(f"by_{name}") for name in by]


def labels(by: Sequence[str]) -> list[str]:
    """The names those columns are grouped under: bound values must not be repeated there."""
    return [f"by_{name}" for name in by]


def joined(statement: Select[Any], by: Sequence[str], *, child: bool = False) -> Select[Any]:
    """`statement`, which selects from review, with what the dimensions need joined to it."""
    chosen = [DIMENSIONS[name] for name in by]
    if child or any(dimension.child for dimension in chosen):
        statement = statement.join(Child, Child.id == Review.child_id)
    if any(dimension.iro for dimension in chosen):
        statement = statement.outerjoin(Iro, Iro.id == Review.iro_id)
    return statement


def values(row: RowMapping, by: Sequence[str]) -> dict[str, str]:
    """The row's place in the breakdown; what nobody recorded is `unknown`."""
    found = ((name, row[f"by_{name}"]) for name in by)
    return {
        name: UNKNOWN if value is None else DIMENSIONS[name].read(value) for name, value in found
    }
