"""Send what is due: claim a row and commit, call the provider with no session open, mark."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, or_, select, update
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.db import Database
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.models.opt_out import OptOut
from consult_app.outbox import opted_out
from consult_app.outbox.outcomes import Accepted, Outcome, Refused, Sender, Unknown
from consult_app.outbox.post import STOP_KEY
from consult_app.outbox.quiet import UNASKED, Quiet
from consult_app.outbox.states import advance

LEASE = timedelta(minutes=2)
"""Longer than any provider call lasts; a row still `sending` then lost its worker."""

FIRST_PAUSE_S = 30
LONGEST_PAUSE_S = 3_600
MOST_ATTEMPTS = 12
CODE_LENGTH = 20
SAID_STOP = "21610"
NIGHT = Quiet()


@dataclass(frozen=True)
class Delivered:
    """How many messages a run sent, and what became of the rest."""

    accepted: int = 0
    refused: int = 0
    unknown: int = 0
    later: int = 0
    cancelled: int = 0


@dataclass(frozen=True)
class _Claimed:
    id: int
    to: str
    body: str


def deliver(
    database: Database,
    sender: Sender,
    *,
    quiet: Quiet = NIGHT,
    now: Callable[[], datetime] = clock.now,
) -> Delivered:
    """Send all that is due. Stops early when the provider asks for a pause."""
    counts: Counter[str] = Counter()
    with database.transaction() as session:
        counts["unknown"] += _give_up_lost(session, now())
        counts["cancelled"] += _cancel_stopped(session, now())
    while claimed := _claim(database, quiet, now()):
        outcome = sender.send(claimed.to, claimed.body, claimed.id)
        with database.transaction() as session:
            counts[_mark(session, claimed.id, outcome, now())] += 1
        if counts["later"]:
            break
    return Delivered(**counts)


def _give_up_lost(session: Session, now: datetime) -> int:
    """Rows whose worker died while sending: it may have gone, so it is not sent again."""
    lost = session.execute(
        update(Message)
        .where(Message.state == State.SENDING, Message.lease_until < now)
        .values(state=State.UNKNOWN, error_code="lost worker", lease_until=None)
    )
    return int(lost.rowcount)  # type: ignore[attr-defined]


def _cancel_stopped(session: Session, now: datetime) -> int:
    """Cancel what was queued while its number was saying STOP, except the confirmation."""
    stopped = session.execute(
        update(Message)
        .where(
            Message.state == State.QUEUED,
            Message.due_at <= now,
            ~Message.once_key.startswith(STOP_KEY),
            exists().where(OptOut.number_hash == Message.to_hash),
        )
        .values(state=State.CANCELLED, settled_at=now)
    )
    return int(stopped.rowcount)  # type: ignore[attr-defined]


def _claim(database: Database, quiet: Quiet, now: datetime) -> _Claimed | None:
    """Take one due row for ourselves, committed before anybody is called."""
    with database.transaction() as session:
        message = session.scalar(_due(now, night=quiet.holds(now)))
        if message is None:
            return None
        message.state = State.SENDING
        message.lease_until = now + LEASE
        message.attempts += 1
        return _Claimed(message.id, message.to or "", message.body or "")


def _due(now: datetime, *, night: bool) -> Select[Message]:
    """The next row that may go; one to a number that said STOP stays for `_cancel_stopped`."""
    allowed = or_(
        Message.once_key.startswith(STOP_KEY),
        ~exists().where(OptOut.number_hash == Message.to_hash),
    )
    found = select(Message).where(Message.state == State.QUEUED, Message.due_at <= now, allowed)
    if night:
        found = found.where(Message.kind.not_in(UNASKED))
    return found.order_by(Message.due_at, Message.id).limit(1).with_for_update(skip_locked=True)


def _mark(session: Session, message_id: int, outcome: Outcome, now: datetime) -> str:
    """Write down what the sender said; a report that overtook us stands."""
    message = session.get_one(Message, message_id, with_for_update=True)
    if isinstance(outcome, Accepted):
        message.provider_id = message.provider_id or outcome.provider_id
        message.sent_at = now
        advance(message, State.ACCEPTED, None, now)
        return "accepted"
    if isinstance(outcome, Unknown):
        advance(message, State.UNKNOWN, outcome.reason[:CODE_LENGTH], now)
        return "unknown"
    return _mark_refused(session, message, outcome, now)


def _mark_refused(session: Session, message: Message, outcome: Refused, now: datetime) -> str:
    if outcome.permanent or message.attempts >= MOST_ATTEMPTS:
        advance(message, State.REFUSED, outcome.code[:CODE_LENGTH], now)
        if outcome.code == SAID_STOP:
            opted_out.add(session, [message.to_hash])
        return "refused"
    if message.state not in (State.SENDING, State.UNKNOWN):
        return "later"
    pause = min(FIRST_PAUSE_S * 2 ** (message.attempts - 1), LONGEST_PAUSE_S)
    message.state = State.QUEUED
    message.lease_until = None
    message.error_code = outcome.code[:CODE_LENGTH]
    message.due_at = now + timedelta(seconds=max(pause, outcome.retry_after or 0))
    return "later"
