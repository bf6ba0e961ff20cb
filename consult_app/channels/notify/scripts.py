"""What GOV.UK Notify can write: a text in another script would arrive as question marks."""

import unicodedata

from consult_app.models.kinds import Channel
from consult_app.outbox.segments import BASIC, EXTENDED

WELSH = frozenset("àèìòùẁỳÀÈÌÒÙẀỲáéíóúẃýÁÉÍÓÚẂÝäëïöüẅÿÄËÏÖÜẄŸâêîôûŵŷÂÊÎÔÛŴŶ")
"""Beside the alphabet of telephones: what Notify keeps for Welsh."""

IN_TEXTS = BASIC | EXTENDED | WELSH
LATIN = "LATIN"


def can_write(channel: Channel, words: str) -> bool:
    """True when Notify sends `words` as they are: e-mails always, letters in Latin letters."""
    if channel is Channel.EMAIL:
        return True
    if channel is Channel.LETTER:
        return all(LATIN in unicodedata.name(sign, "") for sign in words if sign.isalpha())
    return set(words) <= IN_TEXTS
