"""What came in against what is held (domain notes, measures, "Data quality")."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Subquery, and_, func, select, true
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.models.child import Child
from consult_app.models.import_run import ImportRun
from consult_app.models.kinds import ReviewKind, ReviewStatus
from consult_app.models.review import Review
from consult_app.statistics.table import Found, Period, Rate

BY = ()
OF_HELD = ("with_due_date", "with_officer", "with_date_of_birth")


def quality(session: Session, period: Period, by: Sequence[str]) -> Found:
    """Rows of all files ever applied, and how complete the period's reviews are."""
    row = session.execute(_statement(period)).mappings().one()
    found = {name: int(value or 0) for name, value in row.items()}
    held, cared_for = found["reviews_held"], found["cared_for_held"]
    coded = found["with_participation_code"]
    return Found(
        rows=[{"name": name, "count": count} for name, count in found.items()],
        rates=[
            Rate("with_participation_code", coded, cared_for),
            Rate("code_confirmed", found["code_confirmed"], coded),
            *(Rate(name, found[name], held) for name in OF_HELD),
            Rate("rows_left_out", found["rows_left_out"], found["rows_read"]),
        ],
    )


def _statement(period: Period) -> Select[Any]:
    """One row: the sums of the files beside the sums of the reviews."""
    files, reviews = _files(), _reviews(period)
    return select(*files.c, *reviews.c).select_from(files.join(reviews, true()))


def _files() -> Subquery:
    return select(
        func.count().label("files_applied"),
        func.sum(ImportRun.rows).label("rows_read"),
        func.sum(ImportRun.new).label("rows_new"),
        func.sum(ImportRun.changed).label("rows_changed"),
        func.sum(ImportRun.unchanged).label("rows_unchanged"),
        func.sum(ImportRun.warned).label("rows_warned"),
        func.sum(ImportRun.left_out).label("rows_left_out"),
    ).subquery()


def _reviews(period: Period) -> Subquery:
    held = Review.status == ReviewStatus.HELD
    cared_for = and_(held, Review.kind == ReviewKind.CARED_FOR)
    coded = and_(cared_for, Review.participation.is_not(None))
    rules = {
        "reviews_held": held,
        "cared_for_held": cared_for,
        "with_participation_code": coded,
        "code_confirmed": and_(coded, Review.participation_confirmed_at.is_not(None)),
        "with_due_date": and_(held, Review.due_on.is_not(None)),
        "with_officer": and_(held, Review.iro_id.is_not(None)),
        "with_date_of_birth": and_(held, Child.born_on.is_not(None)),
        "reviews_cancelled": Review.status == ReviewStatus.CANCELLED,
        "past_and_not_recorded": and_(
            Review.status == ReviewStatus.SCHEDULED, Review.day < clock.today()
        ),
    }
    counts = [func.count().filter(rule).label(name) for name, rule in rules.items()]
    return (
        select(*counts)
        .select_from(Review)
        .join(Child, Child.id == Review.child_id)
        .where(Review.status.in_(list(ReviewStatus)))
        .where(Review.day.between(period.start, period.end))
        .subquery()
    )
