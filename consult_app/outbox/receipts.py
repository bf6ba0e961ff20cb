"""What the provider reports about a message afterwards, in whatever order it comes."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox.reach import note_end
from consult_app.outbox.states import advance

log = logging.getLogger(__name__)

STATES = {
    "accepted": State.ACCEPTED,
    "scheduled": State.ACCEPTED,
    "queued": State.ACCEPTED,
    "sending": State.ACCEPTED,
    "sent": State.SENT,
    "delivered": State.DELIVERED,
    "read": State.DELIVERED,
    "undelivered": State.UNDELIVERED,
    "failed": State.UNDELIVERED,
    "canceled": State.UNDELIVERED,
}


@dataclass(frozen=True)
class Receipt:
    """One report. `message_id` is our own id, which the provider hands back to us."""

    provider_id: str
    status: str
    error_code: str | None = None
    message_id: int | None = None


def note_status(session: Session, receipt: Receipt, now: datetime) -> bool:
    """File `receipt`; a state never goes back. False when it changed nothing."""
    state = STATES.get(receipt.status.lower())
    message = _find(session, receipt)
    if message is None or state is None:
        log.warning("status set aside: %s", "unknown message" if state else "unknown status")
        return False
    if message.provider_id is None:
        message.provider_id = receipt.provider_id
    moved = advance(message, state, receipt.error_code, now)
    if moved:
        note_end(session, message)
    return moved


def _find(session: Session, receipt: Receipt) -> Message | None:
    """By our own id, which comes back to us; else by the provider's, when only one row has it.

    A provider may give one id to many texts, so its id alone proves nothing.
    """
    if receipt.message_id is not None:
        message = session.get(Message, receipt.message_id, with_for_update=True)
        if message is not None:
            return message if message.provider_id in (None, receipt.provider_id) else None
    by_provider = Message.provider_id == receipt.provider_id
    found = session.scalars(select(Message).where(by_provider).limit(2).with_for_update()).all()
    return found[0] if len(found) == 1 else None
