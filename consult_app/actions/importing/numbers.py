"""A number that the files change: the old one is remembered, and what waits follows the person."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app import clock, sealing
from consult_app.actions.importing.desk import Desk
from consult_app.actions.importing.known import KnownFormerNumber, KnownPerson
from consult_app.actions.importing.ledger import Values, resealed
from consult_app.db import new_id
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import BY_NUMBER, MessageKind, MessageState
from consult_app.models.message import Message

UNASKED = (MessageKind.INVITATION, MessageKind.REMINDER)


def number_changed(desk: Desk, person: KnownPerson, mobile: str | None) -> Values:
    """What changes with a person's number: one that is new counts as checked.

    One that was unsafe for them when they had it before is unsafe still.
    """
    fresh, now = sealing.ring().hash(mobile) if mobile else None, clock.now()
    if person.mobile_hash is not None:
        _remember(desk, person)
        desk.moved.append((person.id, person.mobile_hash, mobile))
    before = desk.known.former_numbers.get((person.id, fresh)) if fresh else None
    unsafe = before is not None and before.unsafe
    return resealed(person, "mobile", mobile) | {
        "mobile_hash": fresh,
        "number_checked_at": now if mobile else None,
        "number_asked_at": None,
        "number_wrong_at": None,
        "number_unsafe_at": now if unsafe else None,
        "number_unsafe_by_id": None,
    }


def _remember(desk: Desk, person: KnownPerson) -> None:
    """The number that was theirs until now."""
    old, unsafe = person.mobile_hash or "", person.number_unsafe_at is not None
    former = desk.known.former_numbers.get((person.id, old))
    if former is None:
        former = KnownFormerNumber(new_id(), person.id, old, clock.now(), unsafe)
        desk.known.former_numbers[person.id, old] = former
        desk.ledger.insert(former)
    else:
        desk.ledger.change(former, until=clock.now(), unsafe=unsafe)


def follow(session: Session, desk: Desk) -> None:
    """Nothing more goes to an old number: invitations go to the new one, the rest not at all."""
    for person_id, old_hash, mobile in desk.moved:
        waiting = (
            select(Message)
            .join(Message.consultation)
            .where(
                Consultation.person_id == person_id,
                Message.to_hash == old_hash,
                Message.state == MessageState.QUEUED,
                Message.channel.in_(BY_NUMBER),
            )
            .with_for_update(of=Message)
        )
        for message in session.scalars(waiting):
            _turn(message, mobile)


def _turn(message: Message, mobile: str | None) -> None:
    if mobile and message.kind in UNASKED:
        message.to, message.to_hash = mobile, sealing.ring().hash(mobile)
    else:
        message.state, message.settled_at = MessageState.CANCELLED, clock.now()
