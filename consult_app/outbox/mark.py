"""Write down what a sender said about one text, and when a refused one may be tried again."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox import opted_out, pace
from consult_app.outbox.faults import Fault, fault, is_of_one
from consult_app.outbox.outcomes import Accepted, Outcome, Refused, Unknown
from consult_app.outbox.reach import note_end
from consult_app.outbox.states import CODE_LENGTH, advance
from consult_app.outbox.ways import LANES, Claimed

FIRST_PAUSE_S = 30
LONGEST_PAUSE_S = 3_600
MOST_ATTEMPTS = 12
_chance = secrets.SystemRandom()


def mark(session: Session, claimed: Claimed, outcome: Outcome, now: datetime) -> str:
    """Note the outcome of one attempt and name it; a report that overtook us stands."""
    message = session.get_one(Message, claimed.id, with_for_update=True)
    if isinstance(outcome, Accepted):
        message.provider_id = message.provider_id or outcome.provider_id
        message.sent_at = message.sent_at or now
        advance(message, State.ACCEPTED, None, now)
        return "accepted"
    if isinstance(outcome, Unknown):
        if message.attempts == claimed.attempt:
            advance(message, State.UNKNOWN, outcome.reason, now)
        return "unknown"
    return (
        _refused(session, message, claimed, outcome, now) if _ours(message, claimed) else "refused"
    )


def _ours(message: Message, claimed: Claimed) -> bool:
    """False when another worker took the row over while this one was stuck."""
    return message.attempts == claimed.attempt and message.state in (State.SENDING, State.UNKNOWN)


def _refused(
    session: Session, message: Message, claimed: Claimed, outcome: Refused, now: datetime
) -> str:
    kind = fault(outcome.code)
    worn_out = message.attempts >= MOST_ATTEMPTS and kind is not Fault.OURS
    if outcome.permanent or worn_out:
        advance(message, State.REFUSED, outcome.code, now)
        if kind is Fault.STOPPED:
            opted_out.add(session, [message.to_hash])
        note_end(session, message)
        return "refused"
    message.state = State.QUEUED
    message.lease_until = None
    message.error_code = outcome.code[:CODE_LENGTH]
    message.due_at = now + timedelta(
        seconds=max(back_off(message.attempts), outcome.retry_after or 0)
    )
    if not is_of_one(outcome.code):
        lane = LANES[claimed.channel]
        pace.pause(session, outcome.retry_after or FIRST_PAUSE_S / 2, now, lane)
    return "later"


def back_off(attempts: int) -> float:
    """Seconds to wait after so many attempts: twice as long each time, never all at one moment."""
    longest = min(FIRST_PAUSE_S * 2.0 ** min(attempts - 1, 20), LONGEST_PAUSE_S)
    return longest * (0.5 + _chance.random() / 2)
