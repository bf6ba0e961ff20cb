"""What became of messages whose provider reports nothing by itself: it is asked, hour by hour."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select

from consult_app.db import Database
from consult_app.models.kinds import Channel
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox.receipts import Receipt, note_status
from consult_app.outbox.reconcile import Referenced

FIRST_AFTER, AGAIN_AFTER = timedelta(minutes=5), timedelta(hours=1)
FOR_SO_LONG = timedelta(days=4)
"""A provider gives up on a message within three days."""

AT_ONCE = 100


def follow(
    database: Database, records: Referenced, channels: frozenset[Channel], now: datetime
) -> int:
    """Ask about messages that were taken and of which no end is known; how many moved."""
    query = (
        select(Message.id)
        .where(
            Message.state.in_((State.ACCEPTED, State.SENT)),
            Message.channel.in_(channels),
            Message.sent_at.between(now - FOR_SO_LONG, now - FIRST_AFTER),
            or_(Message.asked_at.is_(None), Message.asked_at <= now - AGAIN_AFTER),
        )
        .order_by(Message.sent_at, Message.id)
        .limit(AT_ONCE)
    )
    with database.reading() as session:
        waiting = list(session.scalars(query))
    moved = 0
    for message_id in waiting:
        found = records.about(message_id)
        if found is None:
            break
        with database.transaction() as session:
            session.get_one(Message, message_id, with_for_update=True).asked_at = now
            for copy in found:
                report = Receipt(copy.provider_id, copy.status, copy.error_code, message_id)
                moved += note_status(session, report, now)
    return moved
