"""What a sender says about one message: accepted, refused, or not known."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from consult_app.models.kinds import Channel


@dataclass(frozen=True)
class Accepted:
    """The provider took it and named it."""

    provider_id: str


@dataclass(frozen=True)
class Refused:
    """The provider certainly did not take it: for good, or try again after some seconds."""

    code: str
    permanent: bool
    retry_after: int | None = None


@dataclass(frozen=True)
class Unknown:
    """Nobody can tell whether it was taken, so it is never sent again blindly."""

    reason: str


Outcome = Accepted | Refused | Unknown


class Sender(Protocol):
    """A way out. It is called with no database session open."""

    def send(self, to: str, body: str, message_id: int) -> Outcome:
        """Hand one text over."""
        ...


@dataclass(frozen=True)
class Copy:
    """One of our texts as the provider's records have it."""

    provider_id: str
    body: str
    status: str
    error_code: str | None
    made_at: datetime


@dataclass(frozen=True)
class Arrived:
    """One text to us as the provider's records have it; `sender` is E.164.

    `media_count` is how many pictures and sounds came with it, `raw` what came when `body` had to
    be unwrapped.
    """

    provider_id: str
    sender: str
    body: str
    received_at: datetime
    channel: Channel = Channel.SMS
    media_count: int = 0
    raw: str | None = None


class Arrivals(Protocol):
    """What came in, as the provider has it. None: it could not be asked."""

    mark: str
    """The bookmark that says how far it was read."""

    by_webhook: bool
    """True where a webhook brings it: then the youngest are left to that."""

    def received(self, since: datetime) -> tuple[Arrived, ...] | None:
        """Every text to us since a moment."""
        ...


class Records(Arrivals, Protocol):
    """What the provider can be asked. None: it could not be asked, which proves nothing."""

    def sent_to(self, to: str, since: datetime) -> tuple[Copy, ...] | None:
        """Every text of ours to one number that was made since a moment."""
        ...
