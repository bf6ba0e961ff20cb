"""What waits in the outbox: how many texts, how many parts, what they will cost; nothing is sent.

Written for who pays: counts and prices, no number and no word of any text.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from consult_app.models.kinds import MessageKind
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message


@dataclass(frozen=True)
class Batch:
    """Queued texts of one kind in one language; `pence` is an estimate."""

    kind: MessageKind
    language: str
    texts: int
    due: int
    segments: int
    pence: float


def forecast(session: Session, segment_pence: float, now: datetime) -> list[Batch]:
    """Everything queued by kind and language, in one statement."""
    is_due = case((Message.due_at <= now, 1), else_=0)
    query = (
        select(
            Message.kind, Message.language, func.count(), func.sum(is_due),
            func.sum(Message.segments),
        )
        .where(Message.state == State.QUEUED)
        .group_by(Message.kind, Message.language)
        .order_by(Message.kind, Message.language)
    )  # fmt: skip
    return [
        Batch(kind, tag, texts, int(soon), int(parts), round(int(parts) * segment_pence, 2))
        for kind, tag, texts, soon, parts in session.execute(query)
    ]
