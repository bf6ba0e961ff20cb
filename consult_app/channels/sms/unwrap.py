"""Bodies that some carriers hand on wrapped in base64: unwrapped only when there is no doubt."""

import base64
import re
import unicodedata
from collections.abc import Iterator

WRAPPED = re.compile(r"(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
SHORTEST = 12
"""Shorter than this a word or a code may be base64 by chance."""

MOSTLY = 0.6
LETTERS = "LM"
"""Unicode's general categories of letters and of the marks that belong to them."""

IDEOGRAPHS = frozenset({"CJK", "HANGUL", "YI"})
FEWEST_IDEOGRAPHS = 12
"""Any two bytes may be one of these, so a few of them prove nothing."""


def unwrapped(body: str) -> str | None:
    """The text inside a wrapped body; None when the body is itself what was written."""
    wrapped = "".join(body.split("\n")).strip()
    if len(wrapped) < SHORTEST or not WRAPPED.fullmatch(wrapped):
        return None
    content = base64.b64decode(wrapped)
    return next((text for text in _readings(content) if _is_writing(text)), None)


def _readings(content: bytes) -> Iterator[str]:
    """What the bytes may say: UTF-8, which nothing is by chance, then what telephones send."""
    for encoding in ("utf-8-sig", "utf-16-be"):
        try:
            yield content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue


def _is_writing(text: str) -> bool:
    """Mostly letters, all printable, of one script beside Latin, as people write."""
    kinds = [unicodedata.category(sign) for sign in text]
    if any(kind[0] == "C" and sign not in "\n\r\u200c\u200d\u200e\u200f"
           for kind, sign in zip(kinds, text, strict=True)):  # fmt: skip
        return False
    letters = [sign for kind, sign in zip(kinds, text, strict=True) if kind[0] in LETTERS]
    scripts = {unicodedata.name(sign, "?").split()[0] for sign in letters} - {"COMBINING"}
    if scripts & IDEOGRAPHS and len(letters) < FEWEST_IDEOGRAPHS:
        return False
    spaces = sum(sign.isspace() for sign in text)
    return len(letters) >= MOSTLY * (len(text) - spaces) > 0 and len(scripts - {"LATIN"}) <= 1
