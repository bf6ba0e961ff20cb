"""The ways out: for each channel, who hands its messages over, and whose pauses it keeps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from consult_app.models.kinds import Channel, MessageKind
from consult_app.outbox.outcomes import Outcome, Sender

TEXTS = frozenset({Channel.SMS, Channel.WHATSAPP})
"""What goes to telephone numbers: one rate, one pause, one order for each number."""

LANES: Mapping[Channel, str] = {
    Channel.SMS: "sending",
    Channel.WHATSAPP: "sending",
    Channel.EMAIL: "sending email",
    Channel.LETTER: "sending letter",
}
"""Channels of one lane wait together when their provider asks for a pause."""


@dataclass(frozen=True)
class Claimed:
    """A message that is ours to send until `lease_until`; `attempt` tells it from later tries.

    `details` is what its channel needs beside the words, as JSON.
    """

    id: int
    to: str
    body: str
    attempt: int
    lease_until: datetime
    channel: Channel = Channel.SMS
    kind: MessageKind = MessageKind.REPLY
    language: str = "en-GB"
    details: str = "{}"


Carry = Callable[[Claimed], Outcome]


@dataclass(frozen=True)
class Ways:
    """One table from channel to carrier; messages of a channel that is not in it wait."""

    table: Mapping[Channel, Carry]

    def carry(self, claimed: Claimed) -> Outcome:
        """Hand one message over; called with no database session open."""
        return self.table[claimed.channel](claimed)

    @property
    def channels(self) -> frozenset[Channel]:
        """What may be claimed."""
        return frozenset(self.table)


def by_text(sender: Sender) -> Carry:
    """A sender of texts as a carrier."""
    return lambda claimed: sender.send(claimed.to, claimed.body, claimed.id)


def ways_of(sender: Sender | Ways) -> Ways:
    """All ways, or the one way that texts leave by."""
    return sender if isinstance(sender, Ways) else Ways({Channel.SMS: by_text(sender)})
