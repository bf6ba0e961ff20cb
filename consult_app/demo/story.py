"""What went wrong with a text and what the service did about it, as one line in plain words."""

from collections.abc import Sequence

from consult_app.demo.mischief import OPEN, Event
from consult_app.demo.wire import Happened
from consult_app.demo.words import say, time_of
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.outbox.faults import fault
from consult_app.outbox.reconcile import AGAIN_AFTER, ASK_AFTER

FAILED = frozenset({State.QUEUED, State.REFUSED, State.UNDELIVERED})
UNHEARD = frozenset({InboundState.QUARANTINED, InboundState.HELD, InboundState.SET_ASIDE})
ASKED = frozenset(OPEN.values())
BEYOND_DOUBT = frozenset({State.ACCEPTED, State.SENT, State.DELIVERED})


def of_ours(row: Message, seen: Sequence[Happened]) -> str:
    """The line about a text of the service; empty when all went well."""
    told = [say(f"event.{one.what}", at=time_of(one.at)) for one in _without_echo(seen)]
    end = _end(row, bool(seen))
    if not told and row.error_code and row.state in FAILED:
        told = [say(f"fault.{fault(row.error_code)}")]
    return _line([*told, *([end] if end else [])])


def of_theirs(row: Inbound | None, seen: Sequence[Happened], *, known: bool) -> str:
    """The line about a text from a phone; `row` is None while the service has not got it.

    `known` when the number is somebody's in the records.
    """
    told = [say(f"event.{one.what}", at=time_of(one.at)) for one in seen]
    if row is not None and any(one.what is Event.DOUBLED for one in seen):
        told.append(say("end.once"))
    if row is not None and row.state in UNHEARD:
        told.append(say(f"end.{row.state}{'' if known else '.stranger'}"))
    return _line(told)


def _end(row: Message, troubled: bool) -> str:
    """What the service did, or does next."""
    if row.state is State.UNKNOWN and row.attempted_at is not None:
        again = row.asked_at is not None
        when = row.asked_at + AGAIN_AFTER if row.asked_at else row.attempted_at + ASK_AFTER
        return say("end.ask_again" if again else "end.ask", at=time_of(when))
    if row.state is State.QUEUED and row.attempts:
        return say("end.again", at=time_of(row.due_at))
    if not troubled and row.state in BEYOND_DOUBT:
        return ""
    return say(f"end.{row.state}") if row.state in ENDS else ""


ENDS = frozenset({State.ACCEPTED, State.SENT, State.DELIVERED, State.UNDELIVERED, State.REFUSED})


def _without_echo(seen: Sequence[Happened]) -> list[Happened]:
    """An answer that the records gave again and again is told once, with its last time."""
    return [
        one
        for place, one in enumerate(seen)
        if one.what not in ASKED or one.what not in [later.what for later in seen[place + 1 :][:1]]
    ]


def _line(told: Sequence[str]) -> str:
    return f"{'; '.join(told)}." if told else ""
