"""The desk: whose review is next, who has said something. Status only, never an answer."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from consult_app.db import read_id
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.iro import Iro
from consult_app.models.kinds import ConcernLevel, ConsultationStatus, Purpose, ReviewStatus, Role
from consult_app.models.review import Review
from consult_app.staff import addresses
from consult_app.staff.guard import own_reviews

PAGE = 50


class When(StrEnum):
    """Which reviews the desk lists."""

    COMING = "coming"
    RECORD = "record"
    PAST = "past"


class Heard(StrEnum):
    """Whether anybody has said something yet."""

    ANY = "any"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; anything it does not know is the first choice."""

    when: When = When.COMING
    heard: Heard = Heard.ANY
    officer: int | None = None
    page: int = 1

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Wanted":
        """The filters in an address."""
        whens, heards = {w.value: w for w in When}, {h.value: h for h in Heard}
        return cls(
            when=whens.get(asked.get("when", ""), When.COMING),
            heard=heards.get(asked.get("heard", ""), Heard.ANY),
            officer=read_id(asked.get("officer", "")),
            page=addresses.page(asked),
        )

    def address(self, page: int) -> dict[str, str | int]:
        """The same filters in an address, at another page."""
        officer = {"officer": self.officer} if self.officer is not None else {}
        return {"when": self.when.value, "heard": self.heard.value, "page": page, **officer}


@dataclass(frozen=True)
class Asked:
    """One respondent of a review: who, and how far they are."""

    role: Role
    ordinal: int
    status: ConsultationStatus


@dataclass(frozen=True)
class Row:
    """One review on the desk; `level` is the gravest of its open concerns."""

    review: Review
    asked: tuple[Asked, ...] = ()
    concerns: int = 0
    level: ConcernLevel = ConcernLevel.REQUEST


@dataclass(frozen=True)
class Page:
    """A page of rows; `more` when another follows."""

    rows: tuple[Row, ...] = ()
    more: bool = False
    wanted: Wanted = field(default_factory=Wanted)


def read(session: Session, wanted: Wanted, today: date) -> Page:
    """One page of the desk, in three statements."""
    start = (wanted.page - 1) * PAGE
    query = own_reviews(_listed(wanted, today)).offset(start).limit(PAGE + 1)
    found = list(session.scalars(query))
    ids = [review.id for review in found[:PAGE]]
    asked, concerns = _asked(session, ids), _concerns(session, ids)
    none = (0, ConcernLevel.REQUEST)
    rows = tuple(Row(r, tuple(asked[r.id]), *concerns.get(r.id, none)) for r in found[:PAGE])
    return Page(rows, len(found) > PAGE, wanted)


def officers(session: Session) -> list[tuple[int, str]]:
    """Every officer, for the filter of those who see all reviews."""
    found = session.execute(select(Iro.id, Iro.name).order_by(Iro.name))
    return [(row[0], row[1]) for row in found]


def _listed(wanted: Wanted, today: date) -> Select[Review]:
    query = (
        select(Review)
        .join(Review.child)
        .outerjoin(Review.iro)
        .options(contains_eager(Review.child), contains_eager(Review.iro))
        .where(_when(wanted.when, today), *_heard(wanted.heard))
    )
    if wanted.officer is not None:
        query = query.where(Review.iro_id == wanted.officer)
    latest_first = wanted.when is When.PAST
    return query.order_by(Review.day.desc() if latest_first else Review.day, Review.id)


def _when(when: When, today: date) -> ColumnElement[bool]:
    scheduled = Review.status == ReviewStatus.SCHEDULED
    held = Review.status == ReviewStatus.HELD
    chosen: dict[When, ColumnElement[bool]] = {
        When.COMING: and_(scheduled, Review.day >= today),
        When.RECORD: and_(
            or_(and_(scheduled, Review.day <= today), held), Review.participation.is_(None)
        ),
        When.PAST: held,
    }
    return chosen[when]


def _heard(heard: Heard) -> tuple[ColumnElement[bool], ...]:
    said = exists().where(Consultation.review_id == Review.id, Consultation.started_at.is_not(None))
    chosen: dict[Heard, tuple[ColumnElement[bool], ...]] = {
        Heard.ANY: (),
        Heard.SOME: (said,),
        Heard.NONE: (~said,),
    }
    return chosen[heard]


def _asked(session: Session, ids: list[int]) -> Mapping[int, list[Asked]]:
    query = (
        select(Consultation.review_id, Consultation.role, Consultation.ordinal, Consultation.status)
        .where(Consultation.review_id.in_(ids), Consultation.purpose == Purpose.BEFORE)
        .order_by(Consultation.role, Consultation.ordinal)
    )
    found: dict[int, list[Asked]] = defaultdict(list)
    for review_id, role, ordinal, status in session.execute(query):
        found[review_id].append(Asked(role, ordinal, status))
    order = list(Role)
    for asked in found.values():
        asked.sort(key=lambda one: (order.index(one.role), one.ordinal))
    return found


def _concerns(session: Session, ids: list[int]) -> dict[int, tuple[int, ConcernLevel]]:
    """How many concerns each review has open, and the gravest level (safety sorts last)."""
    query = (
        select(Consultation.review_id, func.count(), func.max(Concern.level))
        .join(Concern, Concern.consultation_id == Consultation.id)
        .where(Consultation.review_id.in_(ids), Concern.closed_at.is_(None))
        .group_by(Consultation.review_id)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}
