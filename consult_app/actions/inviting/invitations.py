"""Invite: propose a consultation to everyone who should be asked, and queue what asks them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app import language, workdays
from consult_app.actions.inviting import afterwards, asking, reaching, reminders
from consult_app.actions.inviting.asking import Desk
from consult_app.actions.inviting.candidates import Candidate, candidates, is_untouched
from consult_app.actions.inviting.choosing import Choice, choose_questionnaire, is_under_four
from consult_app.actions.inviting.elsewhere import ask_elsewhere
from consult_app.config import Settings
from consult_app.conversation.form import Depth
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import OPEN_STATUSES, ConsultationStatus, ReviewStatus, Role
from consult_app.models.person import Person
from consult_app.models.review import Review

NO_CONTACT = "reason.no_contact"
NOBODY_NAMED = "reason.nobody_named"
NO_AGE = "reason.no_age"
UNDER_FOUR = "reason.under_four"
NO_QUESTIONNAIRE = "reason.no_questionnaire"
NO_NUMBER = "reason.no_number"
WRONG_NUMBER = "reason.wrong_number"
UNSAFE_NUMBER = "reason.unsafe_number"
UNCONFIRMED = "reason.unconfirmed_number"
OPTED_OUT = "reason.opted_out"
"""Keys of translations/staff_asking; after a colon follows what the files say."""


@dataclass(frozen=True)
class Proposal:
    """What one run decided about one respondent; `child` is the case system's id.

    `reason` says why someone is not consulted; None for who was invited.
    """

    day: date | None
    child: str
    role: Role
    questionnaire: str | None
    language: str
    reason: str | None


@dataclass(frozen=True)
class Invited:
    """The counts of one run and its decisions; what an earlier run decided is not repeated.

    `afterwards` counts those asked how a review was. `shared_numbers` counts numbers to which
    several open invitations went: only the links tell those apart. `elsewhere` counts those asked
    by another way because no text reached them.
    """

    invited: int
    not_consulted: int
    reminded: int
    afterwards: int
    shared_numbers: int
    elsewhere: int
    proposals: tuple[Proposal, ...] = field(repr=False)


def invite(session: Session, settings: Settings, on: date, now: datetime) -> Invited:
    """Ask about every review within the lead time from `on`, and remind who has not answered."""
    desk = Desk(session, settings, now)
    last = workdays.after(on, settings.lead_working_days, settings.bank_holidays)
    found = list(candidates(session, first=on, last=last))
    proposals = tuple(done for each in found if (done := _decide(desk, each)))
    session.flush()
    return Invited(
        invited=sum(each.reason is None for each in proposals),
        not_consulted=sum(each.reason is not None for each in proposals),
        reminded=reminders.remind(desk, on),
        afterwards=afterwards.ask(desk, on),
        shared_numbers=_shared_numbers(session, on),
        elsewhere=ask_elsewhere(desk, on),
        proposals=proposals,
    )


def split_reason(reason: str) -> tuple[str, str]:
    """A kept reason as its key and what the files added to it."""
    key, _, detail = reason.partition(":")
    return key, detail.strip()


def _decide(desk: Desk, candidate: Candidate) -> Proposal | None:
    """Invite, or write down why not. None when that was done before."""
    review, row = candidate.review, candidate.standing
    if review.day is None or (row is not None and not is_untouched(row)):
        return None
    choice = choose_questionnaire(review.child, review.day, candidate.role)
    reason = _reason_against(desk, candidate, choice)
    if row is not None and reason is not None and row.reason == reason:
        return None
    row = row or _new(desk.session, candidate)
    if reason is None and choice is not None:
        waited = row.reason == UNCONFIRMED
        _propose(row, candidate, choice, desk.now)
        _ask(desk, row)
        if waited and row.reason == UNCONFIRMED:
            return None
    else:
        row.status, row.reason = ConsultationStatus.NOT_CONSULTED, reason
    return _told(candidate, row)


def _reason_against(desk: Desk, candidate: Candidate, choice: Choice | None) -> str | None:
    """Why this respondent is not consulted: the first reason that holds, None when they are."""
    involved, child, day = candidate.involvement, candidate.review.child, candidate.review.day
    if candidate.role is Role.CHILD and day is not None and is_under_four(child, day):
        return UNDER_FOUR
    if involved is None:
        return NOBODY_NAMED
    ways = reaching.known_ways(desk.settings, involved.person, candidate.role)
    rules = (
        (not involved.contact_ok, f"{NO_CONTACT}:{involved.contact_reason or ''}"),
        (choice is None and candidate.role is Role.CHILD and child.born_on is None, NO_AGE),
        (choice is None, NO_QUESTIONNAIRE),
        (not ways and involved.person.number_unsafe_at is not None, UNSAFE_NUMBER),
        (not ways and involved.person.number_wrong_at is not None, WRONG_NUMBER),
        (not ways, NO_NUMBER),
        (bool(ways) and not reaching.allowed(desk.session, ways), OPTED_OUT),
    )
    return next((reason for holds, reason in rules if holds), None)


def _new(session: Session, candidate: Candidate) -> Consultation:
    row = Consultation(
        review=candidate.review,
        person=candidate.involvement.person if candidate.involvement else None,
        role=candidate.role,
        ordinal=candidate.ordinal,
        language=language.ENGLISH,
    )
    session.add(row)
    return row


def _propose(row: Consultation, candidate: Candidate, choice: Choice, now: datetime) -> None:
    """Fill in what will be asked: the few questions first, in the language read, when offered."""
    if candidate.involvement is not None:
        row.person = candidate.involvement.person
        read = row.person.language_read
        row.language = read if language.is_offered(read) else language.ENGLISH
    row.questionnaire, row.version = choice.name, choice.version
    row.modules, row.depth = " ".join(choice.modules), Depth.SHORT
    row.status, row.reason, row.proposed_at = ConsultationStatus.PROPOSED, None, now


def _ask(desk: Desk, row: Consultation) -> None:
    """Queue the invitation; nobody has to endorse a proposal yet."""
    desk.session.flush()
    if asking.send(desk, row, asking.INVITATION):
        row.status, row.sent_at = ConsultationStatus.SENT, desk.now
    elif row.person is not None and row.person.number_asked_at is not None:
        row.reason = UNCONFIRMED


def _told(candidate: Candidate, row: Consultation) -> Proposal:
    return Proposal(
        day=candidate.review.day,
        child=candidate.review.child.reference,
        role=candidate.role,
        questionnaire=row.questionnaire,
        language=row.language,
        reason=row.reason,
    )


def _shared_numbers(session: Session, on: date) -> int:
    """How many numbers hold more than one open invitation about reviews still ahead."""
    shared = (
        select(Person.mobile_hash)
        .join(Consultation, Consultation.person_id == Person.id)
        .join(Consultation.review)
        .where(
            Consultation.status.in_(OPEN_STATUSES),
            Review.status == ReviewStatus.SCHEDULED,
            Review.day >= on,
            Person.mobile_hash.is_not(None),
        )
        .group_by(Person.mobile_hash)
        .having(func.count() > 1)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(shared)) or 0
