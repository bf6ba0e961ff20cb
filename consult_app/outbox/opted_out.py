"""The list of numbers that said STOP; everything that leaves is held against it."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from consult_app import clock, sealing
from consult_app.models.kinds import MessageState
from consult_app.models.message import Message
from consult_app.models.opt_out import OptOut
from consult_app.outbox.once import insert_once


def stopped_among(session: Session, addresses: Collection[str]) -> set[str]:
    """Which of some numbers and addresses stand on the list; one SELECT for all."""
    if not addresses:
        return set()
    owner = {known: each for each in addresses for known in sealing.ring().hashes(each)}
    query = select(OptOut.number_hash).where(OptOut.number_hash.in_(owner))
    return {owner[found] for found in session.scalars(query)}


def add(session: Session, number_hashes: Sequence[str]) -> bool:
    """Put a number on the list, newest hash first, and cancel what is queued for it.

    False when it stood there before.
    """
    added = insert_once(session, OptOut(number_hash=number_hashes[0], since=clock.now()))
    session.execute(
        update(Message)
        .where(Message.to_hash.in_(number_hashes), Message.state == MessageState.QUEUED)
        .values(state=MessageState.CANCELLED, settled_at=clock.now())
    )
    return added is not None


def remove(session: Session, number_hashes: Sequence[str]) -> bool:
    """Take a number off the list. False when it did not stand there."""
    gone = delete(OptOut).where(OptOut.number_hash.in_(number_hashes)).returning(OptOut.id)
    return session.execute(gone).first() is not None
