"""The concerns that a person must look at. Their words are for the review's own officer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConcernLevel
from consult_app.models.review import Review
from consult_app.staff.guard import own_reviews, runs
from consult_app.staff.sayings import Raised, raised

PAGE = 50


@dataclass(frozen=True)
class Worry:
    """One review with open concerns: how many, how grave, since when. No words."""

    review: Review
    count: int
    level: ConcernLevel
    since: datetime
    readable: bool


@dataclass(frozen=True)
class Glance:
    """The gravest reviews with open concerns; `total` counts the concerns of all."""

    rows: tuple[Worry, ...]
    total: int
    reviews: int


@dataclass(frozen=True)
class Page:
    """A page of open concerns, safety first, oldest first; `total` counts all of them."""

    rows: tuple[Raised, ...]
    total: int
    number: int

    @property
    def more(self) -> bool:
        """True when another page follows."""
        return self.total > self.number * PAGE


def read(session: Session, number: int) -> Page:
    """One page of the concerns the account may know of, in one statement."""
    query = (
        select(Concern, func.count().over())
        .join(Concern.consultation)
        .join(Consultation.review)
        .join(Review.child)
        .outerjoin(Review.iro)
        .options(
            contains_eager(Concern.consultation)
            .contains_eager(Consultation.review)
            .options(contains_eager(Review.child), contains_eager(Review.iro))
        )
        .where(Concern.closed_at.is_(None))
        .order_by(Concern.level.desc(), Concern.opened_at, Concern.id)
    )
    found = session.execute(own_reviews(query).offset((number - 1) * PAGE).limit(PAGE)).all()
    total = found[0][1] if found else 0
    return Page(tuple(_as_known(concern) for concern, _ in found), total, number)


def glance(session: Session, few: int) -> Glance:
    """The `few` reviews that need a person first, in one statement."""
    counts = (
        select(
            Consultation.review_id,
            func.count().label("count"),
            func.max(Concern.level).label("level"),
            func.min(Concern.opened_at).label("since"),
        )
        .join(Concern, Concern.consultation_id == Consultation.id)
        .where(Concern.closed_at.is_(None))
        .group_by(Consultation.review_id)
        .subquery()
    )
    query = (
        select(
            Review, counts.c.count, counts.c.level, counts.c.since,
            func.sum(counts.c.count).over(), func.count().over(),
        )
        .join(counts, counts.c.review_id == Review.id)
        .options(joinedload(Review.child), joinedload(Review.iro))
        .order_by(counts.c.level.desc(), counts.c.since, Review.id)
        .limit(few)
    )  # fmt: skip
    found = session.execute(own_reviews(query)).all()
    rows = tuple(Worry(row[0], row[1], row[2], row[3], runs(row[0])) for row in found)
    return Glance(rows, int(found[0][4]), found[0][5]) if found else Glance((), 0, 0)


def _as_known(concern: Concern) -> Raised:
    """The concern as the account may know it: its words for the review's own officer only."""
    return raised(concern) if runs(concern.consultation.review) else Raised(concern, None)
