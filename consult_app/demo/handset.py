"""What a demo phone shows: its number, whose it is, and every text in and out in order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app import clock, language, sealing
from consult_app.demo import story
from consult_app.demo.people import Owner, key_of, owners_of
from consult_app.demo.wire import Adrift, Known
from consult_app.demo.words import day_of
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Channel, InboundState
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox.quiet import UNASKED, Quiet
from consult_app.outbox.segments import LIMITS, Size, measure

MOST_BUBBLES = 40
LINK = re.compile(r"(https?://\S+)")
WENT = (State.ACCEPTED, State.SENT, State.DELIVERED, State.UNDELIVERED)
MOVING = frozenset({State.QUEUED, State.SENDING, State.UNKNOWN, State.ACCEPTED, State.SENT})
SOON = timedelta(minutes=10)
"""So long a text that is on its way is waited for."""

MARKS = {
    "message.delivered": "✓✓", "message.sent": "✓", "message.accepted": "✓", "message.unknown": "?",
    "message.undelivered": "✕", "message.refused": "✕", "message.cancelled": "–",
    "inbound.adrift": "…", "inbound.received": "…", "inbound.held": "…",
    "inbound.quarantined": "!", "inbound.set_aside": "!",
}  # fmt: skip
"""Shapes beside the words; a text that waits has none of these."""


@dataclass(frozen=True)
class Bubble:
    """One text; `state` is the last part of a key of its words, `pieces` alternate with links."""

    id: str
    ours: bool
    pieces: tuple[str, ...]
    tag: str
    at: datetime
    state: str
    size: Size
    story: str = ""
    channel: str = ""
    moves: bool = False

    @property
    def mark(self) -> str:
        """The shape of its state."""
        return MARKS.get(self.state, "◷" if self.ours else "✓")

    @property
    def room(self) -> int:
        """The units that its parts hold."""
        alone, each = LIMITS[self.size.encoding]
        return alone if self.size.segments == 1 else each * self.size.segments


@dataclass(frozen=True)
class Totals:
    """What went to a phone and what came from it."""

    texts: int
    parts: int
    came: int


@dataclass(frozen=True)
class Phone:
    """A phone in the hand: bubbles come in days."""

    key: str
    number: str
    owners: Sequence[Owner]
    language: language.Language
    days: Sequence[tuple[str, Sequence[Bubble]]]
    totals: Totals
    known: Known = field(default_factory=Known)

    @property
    def moves(self) -> bool:
        """True while something is on its way."""
        return any(bubble.moves for _, bubbles in self.days for bubble in bubbles)


def hold(session: Session, number: str, known: Known, quiet: Quiet) -> Phone:
    """A phone and what stands on it, the newest texts only."""
    hashes = sealing.ring().hashes(number)
    night = quiet.holds(clock.now())
    sent = select(Message).where(Message.to_hash.in_(hashes)).order_by(Message.id.desc())
    came = select(Inbound).where(Inbound.from_hash.in_(hashes)).order_by(Inbound.id.desc())
    owners = owners_of(session, hashes)
    ours = [_ours(row, known, night=night) for row in session.scalars(sent.limit(MOST_BUBBLES))]
    inbound = session.scalars(came.limit(MOST_BUBBLES)).all()
    here = {row.provider_id for row in inbound}
    adrift = [_adrift(one, known) for one in known.adrift if one.sid not in here]
    theirs = [_theirs(row, known, is_owned=bool(owners)) for row in inbound]
    bubbles = sorted([*ours, *theirs, *adrift], key=lambda bubble: (bubble.at, bubble.ours))
    return Phone(
        key_of(number), number, owners, _language(bubbles, owners),
        _in_days(bubbles[-MOST_BUBBLES:]), _totals(session, hashes), known,
    )  # fmt: skip


def _language(bubbles: Sequence[Bubble], owners: Sequence[Owner]) -> language.Language:
    """As the last text to it was written; before the first, as its owner reads."""
    last = next((bubble.tag for bubble in reversed(bubbles) if bubble.tag), "")
    return language.get(last) if last or not owners else owners[0].language


def _in_days(bubbles: Sequence[Bubble]) -> list[tuple[str, list[Bubble]]]:
    days: dict[str, list[Bubble]] = {}
    for bubble in bubbles:
        days.setdefault(day_of(bubble.at), []).append(bubble)
    return list(days.items())


def _totals(session: Session, hashes: Sequence[str]) -> Totals:
    went = select(func.count(), func.coalesce(func.sum(Message.segments), 0)).where(
        Message.to_hash.in_(hashes), Message.state.in_(WENT)
    )
    came = select(func.count()).select_from(Inbound).where(Inbound.from_hash.in_(hashes))
    texts, parts = session.execute(went).one()
    return Totals(texts, int(parts), session.scalar(came) or 0)


def _ours(row: Message, known: Known, *, night: bool) -> Bubble:
    waits = night and row.state is State.QUEUED and row.kind in UNASKED
    return Bubble(
        id=f"m{row.id}",
        ours=True,
        pieces=tuple(LINK.split(row.body or "")),
        tag=row.language,
        at=row.posted_at,
        state=f"message.{'morning' if waits else row.state.value}",
        size=measure(row.body or ""),
        story=story.of_ours(row, known.seen.get(str(row.id), ())),
        channel=_channel(row),
        moves=not waits and _moves(row),
    )


def _channel(row: Message | Inbound) -> str:
    """How it went, when it was no text."""
    return "" if row.channel is Channel.SMS else row.channel.value


def _moves(row: Message) -> bool:
    """A text that may change before long."""
    since = max(row.due_at, row.attempted_at or row.due_at)
    return row.state in MOVING and abs(clock.now() - since) < SOON


def _theirs(row: Inbound, known: Known, *, is_owned: bool) -> Bubble:
    return Bubble(
        id=f"i{row.id}",
        ours=False,
        pieces=(row.body or "",),
        tag="",
        at=row.received_at,
        state=f"inbound.{row.state.value}",
        size=measure(row.body or ""),
        story=story.of_theirs(row, known.seen.get(row.provider_id, ()), known=is_owned),
        channel=_channel(row),
        moves=row.state is InboundState.RECEIVED,
    )


def _adrift(one: Adrift, known: Known) -> Bubble:
    told = story.of_theirs(None, known.seen.get(one.sid, ()), known=True)
    size = measure(one.body)
    return Bubble(one.sid, False, (one.body,), "", one.at, "inbound.adrift", size, told, moves=True)
