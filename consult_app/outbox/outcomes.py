"""What a sender says about one message: accepted, refused, or not known."""

from dataclasses import dataclass
from typing import Protocol


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
