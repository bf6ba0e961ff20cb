"""Folding a reply for matching: the same word however a keyboard wrote it."""

import unicodedata
from itertools import pairwise

# Bidi marks and isolates, joiners, variation selector and keycap, tatweel, vowel and Quranic signs.
DROPPED = dict.fromkeys(
    [
        0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A),
        0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFE0F, 0x20E3, 0x0640, 0x0670,
        *range(0x064B, 0x0660), *range(0x06D6, 0x06DD), 0x00AD,
    ]
)  # fmt: skip
ALIKE = str.maketrans(
    # Arabic keyboards write Persian, Kurdish, Urdu and Pashto with their own yeh, kaf and heh.
    dict.fromkeys("يى", "ی") | {"ك": "ک"} | dict.fromkeys("أإآٱ", "ا")
    | dict.fromkeys("ەةہۀھ", "ه") | {"ګ": "گ"}
    # One sound, several letters: people type whichever their keyboard has.
    | dict(zip("ሠሡሢሣሤሥሦፀፁፂፃፄፅፆኀኁኂኃኄኅኆዐዑዒዓዔዕዖኣ", "ሰሱሲሳሴስሶጸጹጺጻጼጽጾሀሁሂሃሄህሆአኡኢአኤእኦአ",
               strict=True))
    # Turkish: HAYIR and hayır are one word, İ is one letter.
    | {"İ": "i", "ı": "i"}
    # Romanian with a cedilla for a comma; apostrophes.
    | {"ş": "ș", "ţ": "ț", "Ş": "ș", "Ţ": "ț"} | dict.fromkeys("’‘ʼ`´", "'")
)  # fmt: skip
UNMARKED = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ə": "e"})
MARKS = range(0x0300, 0x0370)
EDGES = " \t\r\n.,;:!?'\"()[]{}*_–—…،؛؟።፣፤፥፧፨।۔«»“”„"


def fold(text: str) -> str:
    """NFKC, case folded, marks and look-alikes evened out, punctuation at the edges gone."""
    plain = unicodedata.normalize("NFKC", text).translate(DROPPED).translate(ALIKE)
    return " ".join(plain.casefold().split()).strip(EDGES)


def bare(folded: str) -> str:
    """A folded text as it is typed without marks: không is khong. For Latin and Cyrillic letters."""
    parts = unicodedata.normalize("NFD", folded)
    plain = "".join(letter for letter in parts if ord(letter) not in MARKS)
    return unicodedata.normalize("NFC", plain).translate(UNMARKED)


def apart(folded: str) -> str:
    """A folded text as words with one space between: signs between words are spaces."""
    words = "".join(" " if _is_sign(letter) else letter for letter in folded)
    return " ".join(words.split())


def _is_sign(letter: str) -> bool:
    return letter != "'" and unicodedata.category(letter)[0] in "PZ"


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
