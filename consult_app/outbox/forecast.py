"""What waits in the outbox: how many messages, how many parts, what they will cost; none is sent.

Written for who pays: counts and prices, no number and no word of any message.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select, true
from sqlalchemy.orm import Session

from consult_app.models.kinds import Channel, MessageKind
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox.prices import Prices, pence


@dataclass(frozen=True)
class Batch:
    """Queued messages of one kind, channel and language; `pence` is an estimate."""

    kind: MessageKind
    channel: Channel
    language: str
    texts: int
    due: int
    segments: int
    pence: float


def forecast(
    session: Session, known: Prices, now: datetime, *, since: datetime | None = None
) -> list[Batch]:
    """What is queued by kind, channel and language, in one statement.

    With `since` only what was posted from then on: what one run of asking adds.
    """
    is_due = case((Message.due_at <= now, 1), else_=0)
    by = (Message.kind, Message.channel, Message.language)
    query = (
        select(*by, func.count(), func.sum(is_due), func.sum(Message.segments))
        .where(Message.state == State.QUEUED, Message.posted_at >= since if since else true())
        .group_by(*by)
        .order_by(*by)
    )
    return [
        Batch(
            kind, channel, tag, texts, int(soon), int(parts),
            pence(known, channel, texts, int(parts)),
        )
        for kind, channel, tag, texts, soon, parts in session.execute(query)
    ]  # fmt: skip
