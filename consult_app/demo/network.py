"""The demo's telephone network: the stand-in's records, with faults for one phone at a time."""

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from consult_app.demo.mischief import FROM_PHONE, OPEN, TIMES, Event, Mischief
from consult_app.standin import webhooks
from consult_app.standin.ledger import Form, StandIn, Text

LATE_S = 20.0
"""So long a late text is on its way, and so long one is held that another should overtake."""

MOST_SEEN = 2_000
UNDELIVERED = {"status": "undelivered", "code": "30003"}
ADRIFT = (Event.HELD, Event.MISSED)


@dataclass(frozen=True)
class Seen:
    """One thing that happened to one text: `of` is our own id of it, or the provider's."""

    number: str
    of: str
    what: Event
    at: datetime


@dataclass
class Network(StandIn):
    """Records, plans for the next texts of each number, and what happened to them.

    `inbound` is the service's webhook. Ids are drawn by lot, so that none comes twice when the
    network starts again.
    """

    inbound: str = ""
    late_s: float = LATE_S
    plans: list[tuple[str, Mischief]] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    held: dict[str, Text] = field(default_factory=dict)

    def _sid(self) -> str:
        return f"SM{secrets.token_hex(16)}"

    def arrive(self, *, sender: str, to: str, body: str) -> Text:
        """A text from a phone to the service, in the records under an id of its own."""
        with self.lock:
            text = Text(self._sid(), to, sender, body, "inbound", "received", self.now())
            self._enter(text)
        return text

    def plan(self, number: str, mischief: Mischief) -> None:
        """Let the next text to or from a phone meet a fault."""
        with self.lock:
            self.plans += [(number, mischief)] * TIMES.get(mischief, 1)

    def forgive(self, number: str) -> None:
        """Let all go well again with a phone."""
        with self.lock:
            self.plans[:] = [plan for plan in self.plans if plan[0] != number]

    def next_plan(self, number: str, kinds: frozenset[Mischief]) -> Mischief | None:
        """The fault that the next text of one way meets; used up by it."""
        with self.lock:
            plan = next((p for p in self.plans if p[0] == number and p[1] in kinds), None)
            if plan is not None:
                self.plans.remove(plan)
        return plan[1] if plan else None

    def note(self, number: str, of: str, what: Event) -> None:
        """Remember what happened to a text."""
        with self.lock:
            self.seen.append(Seen(number, of, what, self.now()))
            del self.seen[:-MOST_SEEN]

    def of(self, number: str) -> list[Seen]:
        """What happened to the texts of one phone, oldest first."""
        with self.lock:
            return [seen for seen in self.seen if seen.number == number]

    def write(self, number: str, to: str, body: str) -> None:
        """Somebody writes on a phone: the text goes to the service, or meets its fault."""
        text = self.arrive(sender=number, to=to, body=body)
        WAYS.get(self.next_plan(number, FROM_PHONE), _bring)(self, text)

    def adrift(self, number: str) -> list[tuple[Text, Event]]:
        """Texts that left a phone and that nobody has brought to the service."""
        ways = {seen.of: seen.what for seen in self.of(number)}
        with self.lock:
            written = [text for text in self.texts if text.sender == number]
        return [(text, ways[text.sid]) for text in written if ways.get(text.sid) in ADRIFT]

    def was_asked(self, number: str) -> None:
        """The service read our records of its texts to a phone."""
        for seen in {one.of: one for one in self.of(number)}.values():
            if seen.what in (*OPEN, Event.ASKED_NOT):
                self.note(number, seen.of, OPEN.get(seen.what, Event.ASKED_NOT))

    def was_read(self, listed: Sequence[str]) -> None:
        """The service read our records of texts to it: what it had missed it now has."""
        for seen in list(self.seen):
            if seen.what is Event.MISSED and seen.of in listed and not self._fetched(seen.of):
                self.note(seen.number, seen.of, Event.FETCHED)

    def _fetched(self, sid: str) -> bool:
        return any(seen.of == sid and seen.what is Event.FETCHED for seen in self.seen)

    def later(self, work: Callable[[], object]) -> None:
        """Do something in a while."""
        timer = threading.Timer(self.late_s, work)
        timer.daemon = True
        timer.start()


def report(network: Network, text: Text, status: str, code: str = "") -> None:
    """Tell the service where one of its texts stands."""
    text.status = status
    fields: Form = {"MessageSid": text.sid, "MessageStatus": status, "To": text.to}
    webhooks.call(network, text.callback, fields | ({"ErrorCode": code} if code else {}))


def _bring(network: Network, text: Text) -> None:
    """To the service; one that was held until now comes after it."""
    if webhooks.bring(network, network.inbound, text) != HTTPStatus.OK:
        network.note(text.sender, text.sid, Event.MISSED)
    _release(network, text.sender)


def _twice(network: Network, text: Text) -> None:
    webhooks.bring(network, network.inbound, text)
    network.note(text.sender, text.sid, Event.DOUBLED)
    _bring(network, text)


def _hold(network: Network, text: Text) -> None:
    _release(network, text.sender)
    with network.lock:
        network.held[text.sender] = text
    network.note(text.sender, text.sid, Event.HELD)
    network.later(lambda: _release(network, text.sender))


def _release(network: Network, number: str) -> None:
    with network.lock:
        text = network.held.pop(number, None)
    if text is not None:
        webhooks.bring(network, network.inbound, text)
        network.note(number, text.sid, Event.CROSSED)


def _miss(network: Network, text: Text) -> None:
    network.note(text.sender, text.sid, Event.MISSED)


WAYS: dict[Mischief | None, Callable[[Network, Text], None]] = {
    Mischief.DOUBLED: _twice,
    Mischief.CROSSED: _hold,
    Mischief.MISSED: _miss,
}
