"""What a person decides about a text that nobody could settle: it went, or it goes again."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox.states import advance


def decide(session: Session, message_id: int, *, again: bool, now: datetime) -> bool:
    """Settle an unknown text by hand. False when it is not unknown (any more)."""
    message = session.get(Message, message_id, with_for_update=True)
    if message is None or message.state is not State.UNKNOWN:
        return False
    if not again:
        return advance(message, State.ACCEPTED, message.error_code, now)
    message.state = State.QUEUED
    message.due_at = now
    return True
