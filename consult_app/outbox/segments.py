"""How many parts a text takes: GSM 03.38 (160, or 153 each) or UCS-2 (70, or 67 each)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
BEYOND_ONE_UNIT = 0xFFFF


class Encoding(StrEnum):
    """The alphabet a text is sent in."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


LIMITS = {Encoding.GSM7: (160, 153), Encoding.UCS2: (70, 67)}
"""Units in a text of one part, and in each part of a longer one."""


@dataclass(frozen=True)
class Size:
    """A text's alphabet, its length in that alphabet's units, and its parts."""

    encoding: Encoding
    units: int
    segments: int


def measure(text: str) -> Size:
    """The size of `text` as a phone network counts it."""
    encoding = Encoding.GSM7 if set(text) <= BASIC | EXTENDED else Encoding.UCS2
    costs = [_cost(letter, encoding) for letter in text]
    alone, each = LIMITS[encoding]
    units = sum(costs)
    return Size(encoding, units, 1 if units <= alone else _parts(costs, each))


def _cost(letter: str, encoding: Encoding) -> int:
    if encoding is Encoding.GSM7:
        return 2 if letter in EXTENDED else 1
    return 2 if ord(letter) > BEYOND_ONE_UNIT else 1


def _parts(costs: Iterable[int], each: int) -> int:
    """Parts of at most `each` units; a letter of two units is never split between two."""
    parts, used = 1, 0
    for cost in costs:
        if used + cost > each:
            parts, used = parts + 1, 0
        used += cost
    return parts
