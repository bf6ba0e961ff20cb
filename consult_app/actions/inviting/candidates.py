"""Who there is to ask about the reviews that are coming."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload

from consult_app.actions.inviting.choosing import is_under_four
from consult_app.models.consultation import Consultation
from consult_app.models.involvement import Involvement
from consult_app.models.kinds import ConsultationStatus, Purpose, ReviewKind, ReviewStatus, Role
from consult_app.models.review import Review

ASKED: Mapping[ReviewKind, tuple[Role, ...]] = {
    ReviewKind.CARED_FOR: (
        Role.CHILD,
        Role.OBSERVER,
        Role.CARER,
        Role.PARENT,
        Role.HEALTH,
        Role.EDUCATION,
    ),
    ReviewKind.PATHWAY_PLAN: (Role.CARE_LEAVER,),
}
"""Child, carer and parent as s26(2)(d) Children Act 1989 requires; the others where the files
name them."""

ALIKE: Mapping[Role, tuple[Role, ...]] = {Role.CARE_LEAVER: (Role.CARE_LEAVER, Role.CHILD)}
ABOUT_THEMSELVES = (Role.CHILD, Role.CARE_LEAVER)


@dataclass(frozen=True)
class Candidate:
    """One role at one review: who would be asked, and the consultation that stands already.

    `involvement` is None when the files name nobody for a role that must be asked.
    """

    review: Review
    role: Role
    ordinal: int
    involvement: Involvement | None
    standing: Consultation | None


def candidates(session: Session, *, first: date, last: date) -> Iterator[Candidate]:
    """Everyone to ask about reviews on the days from `first` to `last`, in four SELECTs at most.

    The reviews stay locked until the transaction ends, so that two runs never ask twice.
    """
    coming = and_(Review.status == ReviewStatus.SCHEDULED, Review.day.between(first, last))
    reviews = session.scalars(
        select(Review)
        .where(coming)
        .options(joinedload(Review.child), joinedload(Review.iro))
        .order_by(Review.day, Review.id)
        .with_for_update(of=Review)
    ).all()
    people = _people(session, coming)
    standing = _standing(session, coming)
    for review in reviews:
        for role in ASKED[review.kind]:
            involved = _involved(review, people[review.child_id], role)
            yield from _at(review, role, involved, standing[review.id, role])


def _people(session: Session, coming: ColumnElement[bool]) -> Mapping[int, list[Involvement]]:
    """Involvements by child."""
    found: dict[int, list[Involvement]] = defaultdict(list)
    query = (
        select(Involvement)
        .where(Involvement.child_id.in_(select(Review.child_id).where(coming)))
        .options(joinedload(Involvement.person))
        .order_by(Involvement.id)
    )
    for involvement in session.scalars(query):
        found[involvement.child_id].append(involvement)
    return found


def _standing(
    session: Session, coming: ColumnElement[bool]
) -> Mapping[tuple[int, Role], list[Consultation]]:
    """Consultations by review and role."""
    found: dict[tuple[int, Role], list[Consultation]] = defaultdict(list)
    query = select(Consultation).where(
        Consultation.review_id.in_(select(Review.id).where(coming)),
        Consultation.purpose == Purpose.BEFORE,
    )
    for row in session.scalars(query.order_by(Consultation.ordinal)):
        found[row.review_id, row.role].append(row)
    return found


def _involved(
    review: Review, involved: Sequence[Involvement], role: Role
) -> Sequence[Involvement | None]:
    """Who is asked as `role`; about a child under four one who knows them well is asked as well."""
    if role is not Role.OBSERVER:
        return _of_role(involved, role)
    if review.day is None or not is_under_four(review.child, review.day):
        return []
    named = [each for each in involved if each.role is Role.OBSERVER]
    carers = [each for each in involved if each.role is Role.CARER and each.contact_ok]
    return (named or carers)[:1]


def _of_role(involved: Sequence[Involvement], role: Role) -> list[Involvement | None]:
    """Who has `role`; a person speaks for themselves once, and is missed when nobody is named."""
    alike = ALIKE.get(role, (role,))
    found: list[Involvement | None] = [each for each in involved if each.role in alike]
    if role in ABOUT_THEMSELVES:
        return found[:1] or [None]
    return found


def _at(
    review: Review,
    role: Role,
    involved: Sequence[Involvement | None],
    standing: Sequence[Consultation],
) -> Iterator[Candidate]:
    """Match people with the consultations that stand; a form without a name is the first's."""
    named = {row.person_id: row for row in standing if row.person_id is not None}
    unnamed = [row for row in standing if row.person_id is None]
    ordinals = count(1 + max((row.ordinal for row in standing), default=0))
    for each in involved:
        row = named.get(each.person_id) if each else None
        row = row or (unnamed.pop(0) if unnamed else None)
        yield Candidate(review, role, row.ordinal if row else next(ordinals), each, row)


def is_untouched(row: Consultation) -> bool:
    """True while nobody has been asked: proposed, or left out for a reason found by rule."""
    if row.status is ConsultationStatus.NOT_CONSULTED:
        return (row.reason or "").startswith("reason.")
    return row.status in (ConsultationStatus.PROPOSED, ConsultationStatus.ENDORSED)
