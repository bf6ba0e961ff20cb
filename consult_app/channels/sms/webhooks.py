"""What Twilio's webhooks say, as our own values; None for what no provider would send."""

from collections.abc import Mapping
from datetime import datetime

from consult_app.actions.texts.text_turn import InboundText
from consult_app.channels.sms.unwrap import unwrapped
from consult_app.db import read_id
from consult_app.models.kinds import Channel
from consult_app.outbox.receipts import Receipt

LONGEST_ID = 64
LONGEST_NUMBER = 32
MOST_MEDIA = 10
"""So many pictures and sounds come with one message at most."""

WHATSAPP = "whatsapp:"


def inbound_text(fields: Mapping[str, str], received_at: datetime) -> InboundText | None:
    """One text that came in; a picture without words is an empty text."""
    provider_id, given = fields.get("MessageSid", ""), fields.get("From", "").strip()
    if not _fits(provider_id, LONGEST_ID) or not _fits(given, LONGEST_NUMBER):
        return None
    sender, channel = writer(given)
    body, raw = written(fields.get("Body", ""))
    return InboundText(
        provider_id=provider_id,
        sender=sender,
        body=body,
        received_at=received_at,
        channel=channel,
        raw=raw,
        media=_media(fields),
        media_count=media_count(fields.get("NumMedia", "")),
    )


def writer(given: str) -> tuple[str, Channel]:
    """Whose number it is, and by which channel they wrote."""
    number = given.removeprefix(WHATSAPP)
    return number, Channel.SMS if number == given else Channel.WHATSAPP


def written(body: str) -> tuple[str, str | None]:
    """What was written; and what came, where that was wrapped."""
    plain = unwrapped(body)
    return (body, None) if plain is None else (plain, body)


def _media(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Where the pictures and sounds lie; whether they are fetched from there is not said here."""
    named = (fields.get(f"MediaUrl{place}", "") for place in range(MOST_MEDIA))
    return tuple(address for address in named if address and address == "".join(address.split()))


def media_count(words: str) -> int:
    """How many pictures and sounds came, as the provider says it; 0 for what is no such number."""
    is_count = words.isascii() and words.isdecimal() and len(words) < 5
    return min(int(words), MOST_MEDIA) if is_count else 0


def receipt(fields: Mapping[str, str], address: Mapping[str, str]) -> Receipt | None:
    """One report; `message` in the address is our own id, given when the text was sent."""
    provider_id, status = fields.get("MessageSid", ""), fields.get("MessageStatus", "")
    if not _fits(provider_id, LONGEST_ID) or not _fits(status, LONGEST_ID):
        return None
    message_id = read_id(address.get("message", ""))
    return Receipt(provider_id, status, fields.get("ErrorCode") or None, message_id)


def _fits(text: str, longest: int) -> bool:
    return 0 < len(text) <= longest and "\x00" not in text
