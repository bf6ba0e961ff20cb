"""How the outbox stands: counts, ages, what stayed unknown, failures and cost. SELECTs only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session, joinedload

from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.models.review import Review
from consult_app.outbox.faults import Fault, fault
from consult_app.outbox.prices import Prices, pence
from consult_app.outbox.reach import FAILED

ON_THEIR_WAY = (State.QUEUED, State.SENDING, State.UNKNOWN)
MOST_UNKNOWN = 100
FAILURES_SINCE = timedelta(days=90)
COST_SINCE = timedelta(days=366)


@dataclass(frozen=True)
class Failure:
    """Texts that failed with one code."""

    code: str
    fault: Fault
    count: int


@dataclass(frozen=True)
class Cost:
    """What was sent in one month and language by one channel; `pence` is an estimate."""

    year: int
    month: int
    language: str
    channel: Channel
    texts: int
    segments: int
    pence: float


def counts(session: Session) -> Mapping[State, int]:
    """How many texts stand where; every state is named."""
    query = select(Message.state, func.count()).group_by(Message.state)
    found = dict(session.execute(query).all())
    return {state: found.get(state, 0) for state in State}


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Since when the oldest queued text is due; None when none is."""
    return session.scalar(
        select(func.min(Message.due_at)).where(Message.state == State.QUEUED, Message.due_at <= now)
    )


def unknown(session: Session) -> list[Message]:
    """Texts of which nobody knows whether they went, oldest first, with whose they are."""
    query = (
        select(Message)
        .where(Message.state == State.UNKNOWN)
        .options(
            joinedload(Message.consultation)
            .joinedload(Consultation.review)
            .joinedload(Review.child)
        )
        .order_by(Message.attempted_at, Message.id)
        .limit(MOST_UNKNOWN)
    )
    return list(session.scalars(query))


def failures(session: Session, now: datetime) -> list[Failure]:
    """What failed lately by code, most first."""
    query = (
        select(Message.error_code, func.count())
        .where(
            Message.state.in_(FAILED),
            Message.settled_at >= now - FAILURES_SINCE,
        )
        .group_by(Message.error_code)
        .order_by(func.count().desc(), Message.error_code)
    )
    return [Failure(code or "", fault(code or ""), count) for code, count in session.execute(query)]


def costs(session: Session, known: Prices, now: datetime) -> list[Cost]:
    """What was sent, by month, language and channel, newest month first."""
    year, month = extract("year", Message.sent_at), extract("month", Message.sent_at)
    by = (year, month, Message.language, Message.channel)
    query = (
        select(*by, func.count(), func.sum(Message.segments))
        .where(Message.sent_at >= now - COST_SINCE)
        .group_by(*by)
        .order_by(year.desc(), month.desc(), Message.language, Message.channel)
    )
    return [
        Cost(
            int(y), int(m), tag, way, texts, int(parts), pence(known, way, texts, int(parts))
        )
        for y, m, tag, way, texts, parts in session.execute(query)
    ]  # fmt: skip
