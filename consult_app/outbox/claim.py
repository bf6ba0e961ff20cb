"""Take the next text that may go: replies first, each number's texts in their order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.orm import aliased

from consult_app.db import Database
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.models.opt_out import OptOut
from consult_app.outbox import pace
from consult_app.outbox.post import STOP_KEY
from consult_app.outbox.quiet import FRESH, UNASKED, Quiet

LEASE = timedelta(minutes=2)
"""Longer than any provider call lasts; a row still `sending` then lost its worker."""

UNSURE = timedelta(minutes=5)
"""So long an unknown text holds back the next to its number: by then it has been asked about."""


@dataclass(frozen=True)
class Claimed:
    """A text that is ours to send until `lease_until`; `attempt` tells it from later tries."""

    id: int
    to: str
    body: str
    attempt: int
    lease_until: datetime


@dataclass(frozen=True)
class Wait:
    """Nothing may go for so many seconds."""

    seconds: float


def claim(database: Database, quiet: Quiet, rate: float, now: datetime) -> Claimed | Wait | None:
    """Take one due row for ourselves, committed before anybody is called. None: nothing is due."""
    with database.transaction() as session:
        message = session.scalar(due(now, night=quiet.is_too_late(now)))
        if message is None:
            return None
        seconds = pace.wait(session, rate, now)
        if seconds > 0:
            return Wait(seconds)
        message.state = State.SENDING
        message.attempted_at = now
        message.lease_until = now + LEASE
        message.asked_at = None
        message.attempts += 1
        return Claimed(
            message.id, message.to or "", message.body or "", message.attempts, message.lease_until
        )


def due(now: datetime, *, night: bool) -> Select[Message]:
    """The next row that may go; one to a number that said STOP waits to be cancelled."""
    allowed = or_(
        Message.once_key.startswith(STOP_KEY),
        ~exists().where(OptOut.number_hash == Message.to_hash),
    )
    found = select(Message).where(
        Message.state == State.QUEUED,
        Message.due_at <= now,
        allowed,
        ~_held_back(now, night=night),
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


def _held_back(now: datetime, *, night: bool) -> ColumnElement[bool]:
    """True while another text to the same number is on its way or must go before this one."""
    other = aliased(Message)
    before = and_(
        other.id < Message.id,
        other.state == State.QUEUED,
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
