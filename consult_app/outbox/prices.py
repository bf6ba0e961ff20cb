"""What messages cost, estimated from the prices that are set for this service."""

from collections.abc import Mapping

from consult_app.config import Settings
from consult_app.models.kinds import Channel

Prices = Mapping[Channel, float]
"""Pence: a part of a text, a WhatsApp message, a letter. What is not here costs nothing more."""


def prices(settings: Settings) -> Prices:
    """The prices that the settings hold."""
    return {
        Channel.SMS: settings.segment_pence,
        Channel.WHATSAPP: settings.whatsapp_pence,
        Channel.LETTER: settings.letter_pence,
    }


def pence(known: Prices, channel: Channel, messages: int, segments: int) -> float:
    """Texts cost by the part, everything else by the message."""
    count = segments if channel is Channel.SMS else messages
    return round(count * known.get(channel, 0.0), 2)
