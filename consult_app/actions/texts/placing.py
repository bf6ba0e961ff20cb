"""Texts that staff find a place for: whom they may be about, and hearing them there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, SQLColumnExpression, select, union
from sqlalchemy.orm import Session, aliased, contains_eager

from consult_app import clock, sealing
from consult_app.actions.answering import talk
from consult_app.actions.texts import dialogues, opt_outs, storing
from consult_app.actions.texts.opt_outs import Wish
from consult_app.actions.texts.speaking import Number
from consult_app.actions.texts.text_answers import hear_sure
from consult_app.actions.texts.text_turn import Reply, Turn, letter
from consult_app.actions.texts.whose import as_placed, number_of
from consult_app.config import Settings
from consult_app.models.consultation import Consultation
from consult_app.models.former_number import FormerNumber
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import OPEN_STATUSES, InboundState
from consult_app.models.person import Person
from consult_app.models.review import Review
from consult_app.outbox.post import post

WAITING = (InboundState.QUARANTINED, InboundState.HELD)
"""A text in one of these has no place yet."""

SINCE = timedelta(days=180)
"""So long after its review a consultation may still be meant."""


@dataclass(frozen=True)
class Placed:
    """Who says, when, to which consultation a text belongs."""

    consultation_id: int
    staff_id: int
    now: datetime


def may_be_about(*hashes: SQLColumnExpression[str] | str) -> Select[Consultation]:
    """The consultations that a number may speak about: of those whose it is, or was."""
    owner = aliased(Person)
    has = select(owner.id).where(owner.mobile_hash.in_(hashes))
    had = select(FormerNumber.person_id).where(FormerNumber.number_hash.in_(hashes))
    people = union(has.correlate(Inbound), had.correlate(Inbound))
    return (
        select(Consultation)
        .join(Consultation.review)
        .where(
            Consultation.person_id.in_(people),
            Consultation.status.in_(OPEN_STATUSES),
            Consultation.questionnaire.is_not(None),
            Review.day >= clock.today() - SINCE,
        )
    )


def candidates(session: Session, texts: Iterable[Inbound]) -> Mapping[str, Sequence[Consultation]]:
    """Whom texts may be about, by their sender's hash; the newest review first."""
    senders = {text.from_hash: text.sender or "" for text in texts}
    return {known: _candidates(session, number) for known, number in senders.items()}


def _candidates(session: Session, number: str) -> Sequence[Consultation]:
    """Those of one number, whichever key was the newest when its owner was written down."""
    query = (
        may_be_about(*sealing.ring().hashes(number))
        .join(Consultation.person)
        .join(Review.child)
        .outerjoin(Review.iro)
        .options(
            contains_eager(Consultation.person),
            contains_eager(Consultation.review).options(
                contains_eager(Review.child), contains_eager(Review.iro)
            ),
        )
        .order_by(Review.day.desc(), Consultation.id)
    )
    return session.scalars(query).all()


def place(session: Session, settings: Settings, inbound_id: int, placed: Placed) -> bool:
    """Hear a text as what it is about now. False when it has its place, or cannot be about that."""
    inbound = _waiting(session, inbound_id)
    if inbound is None:
        return False
    meant = _candidates(session, inbound.sender or "")
    if placed.consultation_id not in {one.id for one in meant}:
        return False
    consultation = talk.lock(session, placed.consultation_id)
    inbound.state, inbound.consultation_id = InboundState.HEARD, consultation.id
    inbound.placed_by_id, inbound.placed_at = placed.staff_id, placed.now
    text = storing.read(inbound)
    found = as_placed(session, text.sender, consultation, text.received_at)
    turn = Turn(session, settings, text, inbound, found)
    reply = hear_sure(turn, begins=opt_outs.wish(text.body) is Wish.START)
    if _is_theirs(consultation, text.sender):
        dialogues.choose(dialogues.of(session, found.hashes), consultation.id, placed.now)
        _answer(turn, reply, placed.now)
    return True


def set_aside(session: Session, inbound_id: int, staff_id: int, now: datetime) -> bool:
    """It is about none of these: it is kept, and waits no more. False when it had its place."""
    inbound = _waiting(session, inbound_id)
    if inbound is None:
        return False
    inbound.state = InboundState.SET_ASIDE
    inbound.placed_by_id, inbound.placed_at = staff_id, now
    return True


def _waiting(session: Session, inbound_id: int) -> Inbound | None:
    inbound = session.get(Inbound, inbound_id, with_for_update=True, populate_existing=True)
    return inbound if inbound is not None and inbound.state in WAITING else None


def _is_theirs(consultation: Consultation, sender: str) -> bool:
    """True when the number is the person's now, and may be written to."""
    person = consultation.person
    hashes = sealing.ring().hashes(sender)
    if person is None or person.mobile_hash not in hashes:
        return False
    return number_of([person]) is Number.KNOWN


def _answer(turn: Turn, reply: Reply, now: datetime) -> None:
    if not reply.body:
        return
    # Not the key of a reply: one that was held got our question under that.
    post(turn.session, letter(turn, reply, f"placed:{turn.text.provider_id}", now))
