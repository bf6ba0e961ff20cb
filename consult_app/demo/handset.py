"""What a demo phone shows: its owner, and every text in and out in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app import clock, language, sealing
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import OPEN_STATUSES, MessageState, Role
from consult_app.models.message import Message
from consult_app.models.person import Person
from consult_app.outbox.quiet import UNASKED, Quiet
from consult_app.outbox.segments import measure

MOST_OWNERS = 24
MOST_BUBBLES = 80
ROLES = (Role.CHILD, Role.CARER, Role.PARENT)


@dataclass(frozen=True)
class Owner:
    """Somebody whose phone can be held."""

    id: int
    name: str
    role: Role
    status: str
    language: language.Language
    texts: int


@dataclass(frozen=True)
class Bubble:
    """One text; `state` is the last part of a key of its words."""

    ours: bool
    lines: tuple[str, ...]
    tag: str
    at: datetime
    state: str
    parts: int


@dataclass(frozen=True)
class Held:
    """A phone in the hand."""

    id: int
    name: str
    language: language.Language
    bubbles: Sequence[Bubble]


def owners(session: Session, *, role: str, tag: str) -> list[Owner]:
    """The phones written to last, of one role and language when they are named."""
    texts = (
        select(func.count())
        .where(Message.consultation_id == Consultation.id)
        .correlate(Consultation)
        .scalar_subquery()
    )
    query = (
        select(Person, Consultation, texts)
        .join(Consultation, Consultation.person_id == Person.id)
        .where(
            Person.mobile_hash.is_not(None),
            Consultation.status.in_(OPEN_STATUSES),
            Consultation.role.in_(ROLES),
        )
        .order_by(Consultation.sent_at.desc(), Consultation.id.desc())
        .limit(MOST_OWNERS)
    )
    if role in ROLES:
        query = query.where(Consultation.role == role)
    if language.is_offered(tag):
        query = query.where(Consultation.language == tag)
    return [_owner(*row) for row in session.execute(query)]


def _owner(person: Person, consultation: Consultation, texts: int) -> Owner:
    return Owner(
        id=person.id,
        name=person.name or person.reference,
        role=consultation.role,
        status=consultation.status.value,
        language=language.get(consultation.language),
        texts=texts,
    )


def number(session: Session, person_id: int) -> str | None:
    """The number of a phone; None for nobody's."""
    person = session.get(Person, person_id)
    return person.mobile if person else None


def hold(session: Session, person_id: int, quiet: Quiet) -> Held | None:
    """A phone and what stands on it; None when nobody has it."""
    person = session.get(Person, person_id)
    if person is None or not person.mobile:
        return None
    hashes = sealing.ring().hashes(person.mobile)
    night = quiet.holds(clock.now())
    sent = select(Message).where(Message.to_hash.in_(hashes)).order_by(Message.id.desc())
    came = select(Inbound).where(Inbound.from_hash.in_(hashes)).order_by(Inbound.id.desc())
    bubbles = [
        *(_ours(row, night=night) for row in session.scalars(sent.limit(MOST_BUBBLES))),
        *(_theirs(row) for row in session.scalars(came.limit(MOST_BUBBLES))),
    ]
    bubbles.sort(key=lambda bubble: (bubble.at, bubble.ours))
    spoken = language.get(_last_language(bubbles) or person.language_read)
    return Held(person.id, person.name or person.reference, spoken, bubbles[-MOST_BUBBLES:])


def _last_language(bubbles: Sequence[Bubble]) -> str | None:
    return next((bubble.tag for bubble in reversed(bubbles) if bubble.ours), None)


def _ours(row: Message, *, night: bool) -> Bubble:
    waits = night and row.state is MessageState.QUEUED and row.kind in UNASKED
    return Bubble(
        ours=True,
        lines=tuple((row.body or "").split("\n")),
        tag=row.language,
        at=row.posted_at,
        state=f"message.{'morning' if waits else row.state.value}",
        parts=row.segments,
    )


def _theirs(row: Inbound) -> Bubble:
    return Bubble(
        ours=False,
        lines=tuple((row.body or "").split("\n")),
        tag="",
        at=row.received_at,
        state=f"inbound.{row.state.value}",
        parts=measure(row.body or "").segments,
    )
