"""Digits as a language writes them, where CLDR makes its own the default."""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

LATIN = "0123456789"
SYSTEMS = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹", "beng": "০১২৩৪৫৬৭৮৯"}
"""The systems that are a default in a language we have; Babel knows which."""
DIALLED = re.compile(r"(%\{\w+\}|(?<![\d.])(?:999|112|111|116 ?123|0\d[\d ]{6,})(?![\d.]))")
"""What is dialled stays as it stands on the keys; names of values are no words."""


@cache
def table(rules: str) -> Mapping[int, int] | None:
    """Latin digits to a locale's own; None where it writes Latin ones."""
    own = SYSTEMS.get(Locale.parse(rules).default_numbering_system)
    return str.maketrans(LATIN, own) if own else None


def written(number: int | str, rules: str) -> str:
    """A number, or digits among words, in the digits of a locale."""
    own = table(rules)
    return str(number).translate(own) if own else str(number)


def in_text(text: str, rules: str) -> str:
    """A text with its digits as the locale writes them, but for numbers that are dialled."""
    if table(rules) is None:
        return text
    parts = DIALLED.split(text)
    return "".join(part if n % 2 else written(part, rules) for n, part in enumerate(parts))
