"""The concerns that a person must look at. Their words are for the review's own officer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConcernLevel, Role
from consult_app.models.review import Review
from consult_app.staff.guard import own_reviews, runs

PAGE = 50


@dataclass(frozen=True)
class Open:
    """One open concern. `evidence` is None for those who may know only that it is there."""

    id: int
    review: Review
    role: Role
    language: str
    level: ConcernLevel
    reason: str
    opened_at: datetime
    evidence: str | None
    readable: bool


@dataclass(frozen=True)
class Page:
    """A page of open concerns, safety first, oldest first; `total` counts all of them."""

    rows: tuple[Open, ...]
    total: int
    number: int

    @property
    def more(self) -> bool:
        """True when another page follows."""
        return self.total > self.number * PAGE


def read(session: Session, number: int = 1, size: int = PAGE) -> Page:
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
    found = session.execute(own_reviews(query).offset((number - 1) * size).limit(size)).all()
    total = found[0][1] if found else 0
    return Page(tuple(_open(concern) for concern, _ in found), total, number)


def _open(concern: Concern) -> Open:
    asked = concern.consultation
    readable = runs(asked.review)
    return Open(
        id=concern.id,
        review=asked.review,
        role=asked.role,
        language=asked.language,
        level=concern.level,
        reason=concern.reason,
        opened_at=concern.opened_at,
        evidence=concern.evidence if readable else None,
        readable=readable,
    )
