"""Letters for tests of the outbox, and a sender that remembers."""

from datetime import UTC, datetime
from itertools import count

from sqlalchemy.orm import Session

from consult_app.models.kinds import MessageKind
from consult_app.models.message import Message
from consult_app.outbox.outcomes import Accepted, Outcome
from consult_app.outbox.post import Letter, post

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
NUMBER = "+447700900123"
_keys = count(1)


def letter(**values: object) -> Letter:
    """A reply due at noon, unless told otherwise."""
    defaults = {
        "to": NUMBER,
        "body": "Hello",
        "language": "en-GB",
        "kind": MessageKind.REPLY,
        "once_key": f"test:{next(_keys)}",
        "due_at": NOON,
    }
    return Letter(**{**defaults, **values})  # type: ignore[arg-type]  # any field may be given


def posted(session: Session, **values: object) -> Message:
    """A letter in the outbox."""
    message = post(session, letter(**values))
    assert message is not None
    return message


class Remembering:
    """A sender that answers with the outcomes given, then accepts, and keeps what it was told."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.sent: list[tuple[str, str]] = []

    def send(self, to: str, body: str, message_id: int) -> Outcome:
        """Remember, then answer."""
        self.sent.append((to, body))
        return self.outcomes.pop(0) if self.outcomes else Accepted(f"SM{message_id}")
