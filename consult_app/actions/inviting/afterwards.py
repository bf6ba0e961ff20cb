"""When a review is over: ask those who were asked, or who came, how it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult_app import language, workdays
from consult_app.actions.inviting import asking, reaching
from consult_app.actions.inviting.asking import Desk
from consult_app.actions.inviting.choosing import THEMSELVES, choose_afterwards
from consult_app.conversation.form import Depth
from consult_app.models.consultation import Consultation
from consult_app.models.involvement import Involvement
from consult_app.models.kinds import ConsultationStatus, Purpose, ReviewKind, ReviewStatus, Role
from consult_app.models.person import Person
from consult_app.models.review import Review
from consult_app.reviewing.participation import ATTENDED

ASKED = (ConsultationStatus.SENT, ConsultationStatus.STARTED, ConsultationStatus.SUBMITTED)
Key = tuple[int, int, Role]


@dataclass(frozen=True)
class Guest:
    """One person who was asked about a review or took part in it."""

    review: Review
    person: Person
    role: Role
    ordinal: int
    language: str

    @property
    def key(self) -> Key:
        """Each is asked once: a person, as one role, about one review."""
        return self.review.id, self.person.id, self.role


def ask(desk: Desk, on: date) -> int:
    """Ask about every review held within the setting's working days before `on`; how many."""
    days = desk.settings.after_working_days
    first = workdays.after(on, -days, desk.settings.bank_holidays) if days else on
    reviews = _held(desk, first, on - timedelta(days=1))
    if not reviews:
        return 0
    rows = _rows(desk, reviews)
    done = {(row.review_id, row.person_id, row.role) for row in rows if _is_after(row)}
    people = _people(desk, reviews)
    kept_away = {(each.child_id, each.person_id) for each in people if not each.contact_ok}
    guests = [guest for guest in _guests(reviews, rows, people) if guest.key not in done]
    welcome = (g for g in guests if (g.review.child_id, g.person.id) not in kept_away)
    return sum(_ask_one(desk, guest) for guest in welcome)


def _held(desk: Desk, first: date, last: date) -> Sequence[Review]:
    """The reviews, locked so that two runs never ask twice."""
    query = (
        select(Review)
        .where(Review.status == ReviewStatus.HELD, Review.day.between(first, last))
        .options(joinedload(Review.child), joinedload(Review.iro))
        .order_by(Review.day, Review.id)
        .with_for_update(of=Review)
    )
    return desk.session.scalars(query).all()


def _rows(desk: Desk, reviews: Sequence[Review]) -> Sequence[Consultation]:
    query = (
        select(Consultation)
        .where(Consultation.review_id.in_([review.id for review in reviews]))
        .options(joinedload(Consultation.person))
        .order_by(Consultation.id)
    )
    return desk.session.scalars(query).all()


def _people(desk: Desk, reviews: Sequence[Review]) -> Sequence[Involvement]:
    query = (
        select(Involvement)
        .where(Involvement.child_id.in_([review.child_id for review in reviews]))
        .options(joinedload(Involvement.person))
        .order_by(Involvement.id)
    )
    return desk.session.scalars(query).all()


def _guests(
    reviews: Sequence[Review], rows: Sequence[Consultation], people: Sequence[Involvement]
) -> Iterator[Guest]:
    """Who was asked, and the children who came though nobody had asked them."""
    asked = tuple(_were_asked(rows))
    heard = {guest.review.id for guest in asked if guest.role in THEMSELVES}
    heard |= {row.review_id for row in rows if _is_after(row) and row.role in THEMSELVES}
    yield from asked
    yield from _came([review for review in reviews if review.id not in heard], people)


def _is_after(row: Consultation) -> bool:
    return row.purpose is Purpose.AFTER


def _were_asked(rows: Sequence[Consultation]) -> Iterator[Guest]:
    """Who was asked before the review, and neither declined nor proved out of reach."""
    for row in rows:
        if row.person is not None and row.status in ASKED and not _is_after(row) and row.sent_at:
            yield Guest(row.review, row.person, row.role, row.ordinal, row.language)


def _came(reviews: Sequence[Review], people: Sequence[Involvement]) -> Iterator[Guest]:
    """The child who was there."""
    for review in reviews:
        own = (each for each in people if each.child_id == review.child_id)
        themselves = next((each for each in own if each.role in THEMSELVES), None)
        there = review.child_attended or review.participation in ATTENDED
        if themselves is not None and there:
            leaver = review.kind is ReviewKind.PATHWAY_PLAN
            role = Role.CARE_LEAVER if leaver else Role.CHILD
            yield Guest(review, themselves.person, role, 1, _spoken(themselves.person))


def _spoken(person: Person) -> str:
    read = person.language_read
    return read if language.is_offered(read) else language.ENGLISH


def _ask_one(desk: Desk, guest: Guest) -> bool:
    """Queue the message, where there are questions for them and a way that they allow."""
    day = guest.review.day
    choice = choose_afterwards(guest.review.child, day, guest.role) if day else None
    ways = reaching.ways_to(desk.session, desk.settings, guest.person, guest.role)
    if choice is None or not ways:
        return False
    row = Consultation(
        review=guest.review,
        person=guest.person,
        role=guest.role,
        ordinal=guest.ordinal,
        purpose=Purpose.AFTER,
        language=guest.language,
        questionnaire=choice.name,
        version=choice.version,
        depth=Depth.SHORT,
        proposed_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    if not asking.send(desk, row, asking.AFTER):
        return False
    row.status, row.sent_at = ConsultationStatus.SENT, desk.now
    return True
