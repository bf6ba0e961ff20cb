"""Take the next text that may go: replies first, each number's texts in their order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.orm import Session, aliased

from consult_app.db import Database
from consult_app.models.kinds import Channel
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox import pace
from consult_app.outbox.barred import is_barred
from consult_app.outbox.quiet import FRESH, UNASKED, Quiet
from consult_app.outbox.ways import LANES, TEXTS, Claimed

LEASE = timedelta(minutes=2)
"""Longer than any provider call lasts; a row still `sending` then lost its worker."""

UNSURE = timedelta(minutes=5)
"""So long an unknown text holds back the next to its number: by then it has been asked about."""


@dataclass(frozen=True)
class Wait:
    """Nothing may go for so many seconds."""

    seconds: float


def claim(
    database: Database,
    quiet: Quiet,
    rate: float,
    now: datetime,
    channels: frozenset[Channel] = TEXTS,
) -> Claimed | Wait | None:
    """Take one due row for ourselves, committed before anybody is called. None: nothing is due.

    While texts must wait, what goes another way does not.
    """
    night = quiet.is_too_late(now)
    with database.transaction() as session:
        others = _not_paused(session, channels - TEXTS, now)
        message = session.scalar(due(now, others | (channels & TEXTS), night=night))
        if message is None:
            return None
        seconds = pace.wait(session, rate, now) if message.channel in TEXTS else 0.0
        if seconds > 0:
            message = session.scalar(due(now, others, night=night)) if others else None
        return Wait(seconds) if message is None else _taken(message, now)


def _not_paused(
    session: Session, channels: frozenset[Channel], now: datetime
) -> frozenset[Channel]:
    paused = pace.paused(session, {LANES[channel] for channel in channels}, now)
    return frozenset(channel for channel in channels if LANES[channel] not in paused)


def _taken(message: Message, now: datetime) -> Claimed:
    message.state = State.SENDING
    message.attempted_at = now
    message.lease_until = now + LEASE
    message.asked_at = None
    message.attempts += 1
    return Claimed(
        message.id,
        message.to or "",
        message.body or "",
        message.attempts,
        message.lease_until,
        message.channel,
        message.kind,
        message.language,
        message.details or "{}",
    )


def due(now: datetime, channels: Iterable[Channel] = TEXTS, *, night: bool) -> Select[Message]:
    """The next row that may go; one to a number that said STOP waits to be cancelled."""
    ours = tuple(channels)
    found = select(Message).where(
        Message.state == State.QUEUED,
        Message.due_at <= now,
        Message.channel.in_(ours),
        ~is_barred(),
        ~_held_back(now, ours, night=night),
    )
    if night:
        found = found.where(_may_go_by_night(Message, now))
    priority = case((Message.kind.in_(UNASKED), 1), else_=0)
    return (
        found.order_by(priority, Message.due_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Message)
    )


def _may_go_by_night(message: type[Message], now: datetime) -> ColumnElement[bool]:
    """Only an answer to somebody who is still writing."""
    return and_(message.kind.not_in(UNASKED), message.posted_at >= now - FRESH)


def _held_back(now: datetime, channels: tuple[Channel, ...], *, night: bool) -> ColumnElement[bool]:
    """True while another text to the same number is on its way or must go before this one."""
    other = aliased(Message)
    before = and_(
        other.id < Message.id,
        other.state == State.QUEUED,
        other.channel.in_(channels),
        or_(other.due_at <= now, other.attempts > 0),
    )
    if night:
        before = and_(before, _may_go_by_night(other, now))
    unsure = and_(
        other.id < Message.id,
        other.state == State.UNKNOWN,
        other.attempted_at > now - UNSURE,
    )
    going = and_(other.id != Message.id, other.state == State.SENDING)
    return exists().where(other.to_hash == Message.to_hash, or_(before, unsure, going))
