"""What Twilio's webhooks say, as our own values; None for what no provider would send."""

from collections.abc import Mapping
from datetime import datetime

from consult_app.actions.text_turn import InboundText
from consult_app.outbox.receipts import Receipt

LONGEST_ID = 64
LONGEST_NUMBER = 32
LARGEST_ID = 2**63


def inbound_text(fields: Mapping[str, str], received_at: datetime) -> InboundText | None:
    """One text that came in; a picture without words is an empty text."""
    provider_id, sender = fields.get("MessageSid", ""), fields.get("From", "").strip()
    if not _fits(provider_id, LONGEST_ID) or not _fits(sender, LONGEST_NUMBER):
        return None
    return InboundText(provider_id, sender, fields.get("Body", ""), received_at)


def receipt(fields: Mapping[str, str], address: Mapping[str, str]) -> Receipt | None:
    """One report; `message` in the address is our own id, given when the text was sent."""
    provider_id, status = fields.get("MessageSid", ""), fields.get("MessageStatus", "")
    if not _fits(provider_id, LONGEST_ID) or not _fits(status, LONGEST_ID):
        return None
    ours = address.get("message", "")
    message_id = int(ours) if ours.isascii() and ours.isdecimal() and len(ours) < 20 else None
    if message_id is not None and message_id >= LARGEST_ID:
        return None
    return Receipt(provider_id, status, fields.get("ErrorCode") or None, message_id)


def _fits(text: str, longest: int) -> bool:
    return 0 < len(text) <= longest and "\x00" not in text
