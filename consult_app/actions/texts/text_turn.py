"""One text and the answer to it, while it is being heard."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.answering import talk
from consult_app.actions.doors import links
from consult_app.actions.inviting.spoken import Spoken, voice_for
from consult_app.actions.texts.whose import Whose
from consult_app.config import Settings
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Channel, MessageKind
from consult_app.outbox.post import Letter


@dataclass(frozen=True)
class InboundText:
    """One text as the provider handed it over; `sender` is E.164.

    `raw` is what came when `body` had to be unwrapped; `media` are addresses of pictures and
    sounds, of which `media_count` came.
    """

    provider_id: str
    sender: str
    body: str
    received_at: datetime
    channel: Channel = Channel.SMS
    raw: str | None = None
    media: tuple[str, ...] = ()
    media_count: int = 0


@dataclass(frozen=True)
class Turn:
    """What answering one text needs."""

    session: Session
    settings: Settings
    text: InboundText
    inbound: Inbound
    whose: Whose


@dataclass(frozen=True)
class Reply:
    """What we answer; an empty body is silence. `asks` is the question it ends with.

    `once_key` holds back a second such answer; without it each text gets its own.
    `consultation_id` is what it is about, where the text itself was not.
    """

    body: str
    language: str
    asks: str | None = None
    once_key: str | None = None
    consultation_id: int | None = None


SILENCE = Reply("", "")


def spoken_to(turn: Turn, one: Consultation, missed: int = 0) -> Spoken:
    """How the respondent of a consultation is answered.

    A question too long for a text comes with a link; to who answered in words of their own, in full.
    """
    settings, now = turn.settings, turn.text.received_at

    def link() -> str:
        token = links.new_link(turn.session, one, now, settings.link_days)
        return links.address(settings.public_url, token)

    asks_by = None if missed else link
    return Spoken(talk.form_of(one), voice_for(one), settings, now, missed, asks_by)


def once_a_day(turn: Turn, what: str) -> str:
    """A once_key that holds for one number and day."""
    day = clock.in_london(turn.text.received_at).date()
    return f"{what}:{turn.inbound.from_hash[:32]}:{day}"


def letter(turn: Turn, reply: Reply, once_key: str, due_at: datetime) -> Letter:
    """The answer as the outbox takes it; `once_key` holds where the reply has none of its own."""
    one = turn.whose.one
    return Letter(
        to=turn.text.sender,
        body=reply.body,
        language=reply.language,
        kind=MessageKind.REPLY,
        once_key=reply.once_key or once_key,
        due_at=due_at,
        consultation_id=one.id if one else reply.consultation_id,
        asks=reply.asks,
        channel=turn.text.channel,
    )
