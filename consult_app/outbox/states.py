"""The order in which a message's state may move: forward only, whoever reports first."""

from datetime import datetime

from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message

RANK = {
    state: rank
    for rank, state in enumerate(
        (
            State.QUEUED,
            State.SENDING,
            State.UNKNOWN,
            State.ACCEPTED,
            State.SENT,
            State.REFUSED,
            State.UNDELIVERED,
            State.DELIVERED,
            State.CANCELLED,
        )
    )
}
CODE_LENGTH = 20
"""As much of a code as is kept."""

SETTLED = frozenset({State.REFUSED, State.UNDELIVERED, State.DELIVERED, State.CANCELLED})


def advance(message: Message, state: State, error_code: str | None, now: datetime) -> bool:
    """Move `message` to `state` unless it is there or further already. True when it moved."""
    if RANK[state] <= RANK[message.state]:
        return False
    message.state = state
    message.error_code = error_code[:CODE_LENGTH] if error_code else None
    message.lease_until = None
    if state in SETTLED:
        message.settled_at = now
    return True
