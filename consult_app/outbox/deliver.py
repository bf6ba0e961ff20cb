"""Send what is due: claim a row and commit, call the provider with no session open, mark."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.db import Database
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox import pace
from consult_app.outbox.barred import is_barred
from consult_app.outbox.claim import Wait, claim
from consult_app.outbox.mark import mark
from consult_app.outbox.outcomes import Sender
from consult_app.outbox.quiet import Quiet
from consult_app.outbox.ways import LANES, TEXTS, Claimed, Ways, ways_of

NIGHT = Quiet()
LONGEST_WAIT_S = 1.0
"""A turn further off than this is left to the next round."""

MOST_UNKNOWN = 3
FROZEN_PAUSE_S = 30.0
"""After so many unknown outcomes in a row the provider is left alone for a while."""


@dataclass(frozen=True)
class Delivered:
    """How many messages a run sent, and what became of the rest."""

    accepted: int = 0
    refused: int = 0
    unknown: int = 0
    later: int = 0
    cancelled: int = 0


def deliver(
    database: Database,
    sender: Sender | Ways,
    *,
    quiet: Quiet = NIGHT,
    rate: float = 0.0,
    now: Callable[[], datetime] = clock.now,
) -> Delivered:
    """Send all that is due, `rate` texts a second at most. Stops early when it should pause."""
    counts: Counter[str] = Counter()
    ways = ways_of(sender)
    with database.transaction() as session:
        counts["unknown"] += give_up_lost(session, now())
        counts["cancelled"] += _cancel_stopped(session, now())
    unknowns: Counter[str] = Counter()
    while claimed := claim(database, quiet, rate, now(), ways.channels):
        if isinstance(claimed, Wait):
            if claimed.seconds > LONGEST_WAIT_S:
                break
            time.sleep(claimed.seconds)
            continue
        if now() >= claimed.lease_until:
            continue  # we were stopped for so long that the row is no longer ours
        outcome = ways.carry(claimed)
        with database.transaction() as session:
            counts[said := mark(session, claimed, outcome, now())] += 1
            frozen = _is_frozen(unknowns, claimed, said)
            if frozen:
                pace.pause(session, FROZEN_PAUSE_S, now(), LANES[claimed.channel])
        if claimed.channel in TEXTS and (said == "later" or frozen):
            break
    return Delivered(**counts)


def _is_frozen(unknowns: Counter[str], claimed: Claimed, said: str) -> bool:
    """True when a lane's provider left us without an answer several times in a row."""
    lane = LANES[claimed.channel]
    unknowns[lane] = unknowns[lane] + 1 if said == "unknown" else 0
    return unknowns[lane] >= MOST_UNKNOWN


def give_up_lost(session: Session, now: datetime) -> int:
    """Rows whose worker died while sending: it may have gone, so the provider is asked first."""
    lost = session.execute(
        update(Message)
        .where(
            Message.state == State.SENDING,
            or_(Message.lease_until < now, Message.lease_until.is_(None)),
        )
        .values(state=State.UNKNOWN, error_code="lost worker", lease_until=None)
    )
    return int(lost.rowcount)  # type: ignore[attr-defined]  # an update has it


def _cancel_stopped(session: Session, now: datetime) -> int:
    """Cancel what was queued while its number was saying STOP, or was being marked unsafe."""
    stopped = session.execute(
        update(Message)
        .where(
            Message.state == State.QUEUED,
            Message.due_at <= now,
            is_barred(),
        )
        .values(state=State.CANCELLED, settled_at=now)
    )
    return int(stopped.rowcount)  # type: ignore[attr-defined]  # an update has it
