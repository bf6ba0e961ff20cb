"""Settle what stayed unknown by asking the provider: it went, it certainly did not, or still open.

A text goes back into the queue only when its absence is proven: the provider answered in full,
twice, minutes after the attempt, and nothing in its answer could be our text in disguise.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.db import Database
from consult_app.models.kinds import Channel
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox.deliver import give_up_lost
from consult_app.outbox.mark import MOST_ATTEMPTS
from consult_app.outbox.outcomes import Copy, Records
from consult_app.outbox.reach import note_end
from consult_app.outbox.receipts import STATES
from consult_app.outbox.states import advance
from consult_app.outbox.ways import TEXTS

ASK_AFTER = timedelta(minutes=2)
"""By then a call that we gave up on has ended at the provider too."""

AGAIN_AFTER, LATER_AFTER = timedelta(minutes=1), timedelta(hours=1)
SLACK = timedelta(minutes=10)
"""How far the provider's clock and ours may differ."""

NOT_HEARD_OF = "not heard of"


@dataclass(frozen=True)
class Settled:
    """What a run found out: texts that went, that go again, and that stay unknown."""

    went: int = 0
    again: int = 0
    open: int = 0


@dataclass(frozen=True)
class Doubt:
    """One unknown text: what to ask for."""

    id: int
    to: str
    body: str
    attempt: int
    attempted_at: datetime
    posted_at: datetime


@runtime_checkable
class Referenced(Protocol):
    """Records that know our messages by our own ids. None: they could not be asked."""

    kept: timedelta
    """So long they tell of a message; of what is older their silence proves nothing."""

    def about(self, message_id: int) -> tuple[Copy, ...] | None:
        """What was taken under one id."""
        ...


def settle_unknowns(
    database: Database,
    records: Records | Referenced,
    *,
    channels: frozenset[Channel] = TEXTS,
    now: Callable[[], datetime] = clock.now,
) -> Settled:
    """Ask about every unknown text that is due to be asked about. Stops when nobody answers."""
    with database.transaction() as session:
        give_up_lost(session, now())
        found = _doubts(session, channels, now())
    doubts = [doubt for doubt in found if _may_know(records, doubt, now())]
    counts: Counter[str] = Counter()
    for doubt in doubts:
        copies = _look(records, doubt)
        if copies is None:
            counts["open"] += len(doubts) - counts.total()
            break
        with database.transaction() as session:
            counts[_settle(session, doubt, copies, now())] += 1
    return Settled(**counts)


def _may_know(records: Records | Referenced, doubt: Doubt, now: datetime) -> bool:
    """False for what the records tell no more of: it stays for a person to settle."""
    return not isinstance(records, Referenced) or doubt.attempted_at >= now - records.kept


def _look(records: Records | Referenced, doubt: Doubt) -> Sequence[Copy] | None:
    """What may be this message; what is found under its own id is it, whatever its words."""
    if not isinstance(records, Referenced):
        return records.sent_to(doubt.to, doubt.posted_at - SLACK)
    found = records.about(doubt.id)
    return None if found is None else tuple(replace(copy, body=doubt.body) for copy in found)


def _doubts(session: Session, channels: frozenset[Channel], now: datetime) -> list[Doubt]:
    """Unknown texts whose time to be asked about has come, oldest attempt first."""
    query = (
        select(Message)
        .where(
            Message.state == State.UNKNOWN,
            Message.channel.in_(channels),
            Message.attempted_at <= now - ASK_AFTER,
        )
        .order_by(Message.attempted_at, Message.id)
    )
    return [
        Doubt(m.id, _address(m), m.body or "", m.attempts, m.attempted_at, m.posted_at)
        for m in session.scalars(query)
        if m.attempted_at is not None and m.to and _is_time(m, now)
    ]


def _address(message: Message) -> str:
    """The number as the provider's records have it."""
    prefix = "whatsapp:" if message.channel is Channel.WHATSAPP else ""
    return prefix + (message.to or "")


def _is_time(message: Message, now: datetime) -> bool:
    """Once a minute at first; hourly when it stays unknown."""
    if message.asked_at is None or message.attempted_at is None:
        return True
    young = now - message.attempted_at < SLACK
    return now - message.asked_at >= (AGAIN_AFTER if young else LATER_AFTER)


def _settle(session: Session, doubt: Doubt, copies: Sequence[Copy], now: datetime) -> str:
    message = session.get_one(Message, doubt.id, with_for_update=True)
    if message.state is not State.UNKNOWN or message.attempts != doubt.attempt:
        return "went" if message.state not in (State.QUEUED, State.SENDING) else "open"
    known = _known(session, message, copies)
    found = _ours(doubt, copies, known)
    if found is not None:
        return _went(session, message, found, now)
    asked_before, message.asked_at = message.asked_at, now
    if asked_before is None or not _is_absent(doubt, copies, known):
        return "open"
    return _again(session, message, now)


def _known(session: Session, message: Message, copies: Sequence[Copy]) -> list[Message]:
    """Our other texts to this number that have one of the provider's ids already."""
    ids = {copy.provider_id for copy in copies}
    query = select(Message).where(
        Message.to_hash == message.to_hash,
        Message.id != message.id,
        Message.provider_id.in_(ids),
    )
    return list(session.scalars(query))


def _ours(doubt: Doubt, copies: Sequence[Copy], known: Sequence[Message]) -> Copy | None:
    """The copy that must be this text: same words, and no other text of ours has claimed it.

    Counted rather than looked up, because a provider may give many texts one id.
    """
    claimed = Counter(row.provider_id for row in known if _same(row.body or "", doubt.body))
    for copy in copies:
        if not _same(copy.body, doubt.body):
            continue
        if claimed[copy.provider_id] == 0:
            return copy
        claimed[copy.provider_id] -= 1
    return None


def _is_absent(doubt: Doubt, copies: Sequence[Copy], known: Sequence[Message]) -> bool:
    """True when nothing listed can be this text, even if the provider changed its words."""
    ids = Counter(copy.provider_id for copy in copies)
    claimed = {row.provider_id for row in known}
    strangers = [
        copy
        for copy in copies
        if copy.provider_id not in claimed and copy.made_at >= doubt.attempted_at - SLACK
    ]
    return not strangers and all(count == 1 for count in ids.values())


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def _went(session: Session, message: Message, copy: Copy, now: datetime) -> str:
    message.provider_id = copy.provider_id
    message.sent_at = copy.made_at
    advance(message, STATES.get(copy.status.lower(), State.ACCEPTED), copy.error_code, now)
    note_end(session, message)
    return "went"


def _again(session: Session, message: Message, now: datetime) -> str:
    if message.attempts >= MOST_ATTEMPTS:
        advance(message, State.REFUSED, NOT_HEARD_OF, now)
        note_end(session, message)
        return "went"
    message.state = State.QUEUED
    message.error_code = NOT_HEARD_OF
    message.due_at = now
    return "again"
