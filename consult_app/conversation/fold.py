"""Folding a reply for matching: the same word however a keyboard wrote it."""

import unicodedata
from itertools import pairwise

# Bidi marks and isolates, joiners, variation selector and keycap, tatweel.
DROPPED = dict.fromkeys(
    [
        0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A),
        0x200B, 0x200C, 0x200D, 0xFEFF, 0xFE0F, 0x20E3, 0x0640, 0x0670,
        *range(0x064B, 0x0653),
    ]
)  # fmt: skip
ALIKE = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "’": "'", "‘": "'", "ʼ": "'"}
)
EDGES = " \t\r\n.,;:!?'\"()[]{}*_–—…،؛؟።፣፤፥፧፨"


def fold(text: str) -> str:
    """NFKC, case folded, marks and look-alikes evened out, punctuation at the edges gone."""
    plain = unicodedata.normalize("NFKC", text).translate(DROPPED).translate(ALIKE)
    return " ".join(plain.casefold().split()).strip(EDGES)


def digits(text: str) -> int | None:
    """The whole number a folded text is, in any script, Ethiopic tens included; else None."""
    if not text or len(text) > 4:
        return None
    if all(unicodedata.category(char) == "Nd" for char in text):
        return int(text)
    return _ethiopic(text)


def _ethiopic(text: str) -> int | None:
    """Ethiopic writes twelve as ten-two: the values of its signs add up."""
    if not all("፩" <= char <= "፻" for char in text):
        return None
    values = [int(unicodedata.numeric(char)) for char in text]
    falling = all(a >= 10 > b for a, b in pairwise(values))
    return sum(values) if falling else None
