"""What the database already holds, narrow and in memory, so that a long file asks it once."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from functools import cached_property
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consult_app.models.kinds import (
    Channel,
    ConsultationStatus,
    Purpose,
    Reading,
    ReviewKind,
    ReviewStatus,
    ReviewType,
    Role,
)
from consult_app.models.registry import metadata

PAGE = 5_000


@dataclass(slots=True)
class KnownRow:
    """A row as an import knows it: its fields are columns of its table."""

    id: int


@dataclass(slots=True)
class KnownChild(KnownRow):
    """The columns of a child that files speak of."""

    reference: str
    first_name_sealed: bytes | None = None
    born_on: date | None = None
    sex: str | None = None
    unaccompanied: bool = False
    unaccompanied_until: date | None = None
    care_leaver: bool = False
    communication_needs: bool = False


@dataclass(slots=True)
class KnownReview(KnownRow):
    """The columns of a review that files speak of, and whether a person confirmed its code."""

    child_id: int
    kind: ReviewKind
    reference: str | None = None
    iro_id: int | None = None
    type: ReviewType = ReviewType.UNKNOWN
    status: ReviewStatus = ReviewStatus.SCHEDULED
    day: date | None = None
    due_on: date | None = None
    planned_on: date | None = None
    planned_at: time | None = None
    held_on: date | None = None
    venue_sealed: bytes | None = None
    team: str | None = None
    area: str | None = None
    participation: str | None = None
    participation_confirmed_at: datetime | None = None

    @property
    def takes_place_on(self) -> date | None:
        """The day by which other files know it: held, or still planned; none when cancelled."""
        days = {ReviewStatus.HELD: self.held_on, ReviewStatus.SCHEDULED: self.planned_on}
        return days.get(self.status)


@dataclass(slots=True)
class KnownPerson(KnownRow):
    """The columns of a person that files speak of."""

    reference: str
    name_sealed: bytes | None = None
    mobile_sealed: bytes | None = None
    mobile_hash: str | None = None
    whatsapp: bool = False
    email_sealed: bytes | None = None
    email_hash: str | None = None
    address_sealed: bytes | None = None
    language_read: str = "en-GB"
    language_spoken: str | None = None
    reading: Reading = Reading.EASILY
    interpreter: bool = False
    number_checked_at: datetime | None = None
    number_asked_at: datetime | None = None
    number_wrong_at: datetime | None = None
    number_unsafe_at: datetime | None = None
    number_unsafe_by_id: int | None = None


@dataclass(slots=True)
class KnownFormerNumber(KnownRow):
    """A number that was a person's."""

    person_id: int
    number_hash: str
    until: datetime
    unsafe: bool = False


@dataclass(slots=True)
class KnownInvolvement(KnownRow):
    """One person's part in one child's life."""

    child_id: int
    person_id: int
    role: Role
    parental_responsibility: bool = False
    contact_ok: bool = True
    contact_reason_sealed: bytes | None = None


@dataclass(slots=True)
class KnownIro(KnownRow):
    """A reviewing officer."""

    reference: str
    name: str


@dataclass(slots=True)
class KnownConsultation(KnownRow):
    """One respondent's form; `questionnaire` is None for what only the forms log knows."""

    review_id: int
    role: Role
    ordinal: int
    status: ConsultationStatus
    questionnaire: str | None = None
    sent_at: datetime | None = None
    submitted_at: datetime | None = None
    channel_begun: Channel | None = None
    channel_finished: Channel | None = None
    finished: bool = False


K = TypeVar("K", bound=KnownRow)

# The table whose columns a known row holds, parents before the rows that point at them.
TABLES = {
    KnownIro: metadata.tables["iro"],
    KnownChild: metadata.tables["child"],
    KnownPerson: metadata.tables["person"],
    KnownFormerNumber: metadata.tables["former_number"],
    KnownReview: metadata.tables["review"],
    KnownInvolvement: metadata.tables["involvement"],
    KnownConsultation: metadata.tables["consultation"],
}


class Known:
    """Everything known, each table read when it is first asked for.

    `lock=True` holds the rows against other writers (PostgreSQL) until the transaction ends.
    """

    def __init__(self, session: Session, *, lock: bool = False) -> None:
        self._session = session
        self._lock = lock

    def _rows(self, kind: type[K], *only: ColumnElement[bool]) -> Iterator[K]:
        table = TABLES[kind]
        query = select(*(table.c[field.name] for field in fields(kind))).where(*only)
        if self._lock:
            query = query.with_for_update(key_share=True)
        for row in self._session.execute(query.execution_options(yield_per=PAGE)):
            yield kind(*row)

    @cached_property
    def children(self) -> dict[str, KnownChild]:
        """Children by the case system's id."""
        return {child.reference: child for child in self._rows(KnownChild)}

    @cached_property
    def iros(self) -> dict[str, KnownIro]:
        """Reviewing officers by reference."""
        return {iro.reference: iro for iro in self._rows(KnownIro)}

    @cached_property
    def people(self) -> dict[str, KnownPerson]:
        """People by reference."""
        return {person.reference: person for person in self._rows(KnownPerson)}

    @cached_property
    def former_numbers(self) -> dict[tuple[int, str], KnownFormerNumber]:
        """Numbers of old by person and hash."""
        return {(row.person_id, row.number_hash): row for row in self._rows(KnownFormerNumber)}

    @cached_property
    def involvements(self) -> dict[tuple[int, int, Role], KnownInvolvement]:
        """Involvements by child, person and role."""
        rows = self._rows(KnownInvolvement)
        return {(row.child_id, row.person_id, row.role): row for row in rows}

    @cached_property
    def consultations(self) -> dict[tuple[int, Role, int], KnownConsultation]:
        """Consultations asked before a review, by review, role and ordinal."""
        asked_before = TABLES[KnownConsultation].c.purpose == Purpose.BEFORE
        rows = self._rows(KnownConsultation, asked_before)
        return {(row.review_id, row.role, row.ordinal): row for row in rows}

    @cached_property
    def reviews(self) -> "KnownReviews":
        """Reviews by reference and by day."""
        return KnownReviews(self._rows(KnownReview))


class KnownReviews:
    """Reviews by the case system's id, and by child, kind and the day they take place."""

    def __init__(self, rows: Iterator[KnownReview]) -> None:
        self._by_reference: dict[str, KnownReview] = {}
        self._by_day: dict[tuple[int, ReviewKind, date], KnownReview] = {}
        for review in rows:
            self.note(review)

    def note(self, review: KnownReview) -> None:
        """Find `review` from now on by what it holds now."""
        if review.reference is not None:
            self._by_reference[review.reference] = review
        if (day := review.takes_place_on) is not None:
            key = (review.child_id, review.kind, day)
            if self.on(*key) is None:
                self._by_day[key] = review

    def called(self, reference: str) -> KnownReview | None:
        """The review of this id."""
        return self._by_reference.get(reference)

    def on(self, child_id: int, kind: ReviewKind, day: date) -> KnownReview | None:
        """The child's review of this kind held on, or planned for, this day."""
        review = self._by_day.get((child_id, kind, day))
        still = review is not None and review.kind is kind and review.takes_place_on == day
        return review if still else None
