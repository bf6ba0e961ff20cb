"""Put a message into the outbox, inside the caller's transaction; nothing is sent here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult_app import clock, sealing
from consult_app.models.kinds import Channel, MessageKind, MessageState
from consult_app.models.message import Message
from consult_app.outbox.barred import HELP_KEY, is_number_barred
from consult_app.outbox.once import insert_once
from consult_app.outbox.segments import measure


@dataclass(frozen=True)
class Letter:
    """One message to one number (E.164), e-mail address or postal address.

    What has been posted under `once_key` is not posted again. `asks` is the question it ends with;
    `details` is what its channel needs beside the words, as JSON.
    """

    to: str
    body: str
    language: str
    kind: MessageKind
    once_key: str
    due_at: datetime
    consultation_id: int | None = None
    asks: str | None = None
    channel: Channel = Channel.SMS
    details: str | None = None


def post(session: Session, letter: Letter) -> Message | None:
    """Queue `letter`. None when its once_key was used before or the number is barred."""
    if is_number_barred(session, letter.to, helps=letter.once_key.startswith(HELP_KEY)):
        return None
    return post_anyway(session, letter)


def post_anyway(session: Session, letter: Letter) -> Message | None:
    """Queue `letter` to a number already known to allow it, or to confirm its STOP."""
    return insert_once(session, _message(letter))


def _message(letter: Letter) -> Message:
    return Message(
        channel=letter.channel,
        consultation_id=letter.consultation_id,
        kind=letter.kind,
        language=letter.language,
        to_hash=sealing.ring().hash(letter.to),
        to=letter.to,
        body=letter.body,
        asks=letter.asks,
        details=letter.details,
        segments=measure(letter.body).segments if letter.channel is Channel.SMS else 0,
        once_key=letter.once_key,
        state=MessageState.QUEUED,
        due_at=letter.due_at,
        posted_at=clock.now(),
        attempts=0,
    )
