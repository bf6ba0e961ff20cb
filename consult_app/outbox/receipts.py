"""What the provider reports about a message afterwards, in whatever order it comes."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
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
CODE_LENGTH = 20


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
    code = receipt.error_code[:CODE_LENGTH] if receipt.error_code else None
    return advance(message, state, code, now)


def _find(session: Session, receipt: Receipt) -> Message | None:
    """By the provider's id; before our own commit of it only our id can find the row."""
    by_provider = Message.provider_id == receipt.provider_id
    message = session.scalar(select(Message).where(by_provider).with_for_update())
    if message is None and receipt.message_id is not None:
        message = session.get(Message, receipt.message_id, with_for_update=True)
        if message is not None and message.provider_id not in (None, receipt.provider_id):
            return None
    return message
