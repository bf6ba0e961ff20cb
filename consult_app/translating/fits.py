"""Whether words fit where they stand: parts of a text, places on a phone, values, directions."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from consult_app import language
from consult_app.languages import yml
from consult_app.languages.store import rendered
from consult_app.outbox.segments import measure
from consult_app.translating.files import Fault, File

LIMITS = "limits.yml"
SENT = "texts"
LINK = "%{link}"
LONG_DAY = date(2026, 9, 30)
"""A Wednesday in September: as long as days become in most languages."""
STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
PROPER, STRAY = re.compile(r"%\{\w+\}"), re.compile(r"%[A-Za-z_{]")
"""Values as they are written, and signs that would be taken for one."""
ISOLATED = re.compile("[\u2066-\u2068][^\u2069]*\u2069")
FANCY = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u00a0\u2026")
"""Signs that make a text of the GSM alphabet twice as dear, and nobody sees the difference."""


@dataclass(frozen=True)
class Limit:
    """How long the words of some keys may become: in parts of a text, or in characters."""

    keys: str
    segments: int = 0
    characters: int = 0

    def __str__(self) -> str:
        return f"{self.segments} parts" if self.segments else f"{self.characters} characters"


@cache
def _on_file() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yml.read(language.FOLDER / LIMITS)
    return found


@cache
def limit(key: str) -> Limit | None:
    """The limit of a key with its namespace; None where nothing is asked."""
    every = (Limit(**entry) for entry in _on_file()["limits"])
    return next((one for one in every if fnmatchcase(key, one.keys)), None)


@cache
def samples(tag: str) -> Mapping[str, str]:
    """What stands in for values, as the language would say it."""
    days = {"day": language.day_words(LONG_DAY, tag), "at": language.day_words(LONG_DAY, tag)}
    known = {**_on_file()["samples"], **days}
    apart = ("iro", "name", "letter") if language.is_rtl(tag) else ()
    return known | {name: language.isolate(known[name]) for name in apart}


def with_samples(text: str, tag: str) -> str:
    """A text as a reader gets it, with values that could be real."""
    known = {name: samples(tag).get(name, "5") for name in language.placeholders(text)}
    return rendered(text, known)


def faults(file: File) -> Iterator[Fault]:
    """Texts that are too long, do not take their values, or read in the wrong direction."""
    for key, _english, text in file.texts():
        said = with_samples(text, file.tag)
        if STRAY.search(PROPER.sub("", text)) or "%{" in said:
            yield file.fault(key, "cannot be filled with values: look at its % signs")
        yield from _long(file, key, said)
        if file.namespace == SENT:
            yield from _sent(file, key, (text, said))


def _long(file: File, key: str, said: str) -> Iterator[Fault]:
    found = limit(f"{file.namespace}.{key}")
    if found is None:
        return
    if found.segments and measure(said).segments > found.segments:
        yield file.fault(key, f"takes {measure(said).segments} parts, at most {found.segments}")
    if found.characters and len(said) > found.characters:
        yield file.fault(key, f"has {len(said)} characters, at most {found.characters}")


def _sent(file: File, key: str, both: tuple[str, str]) -> Iterator[Fault]:
    """A text has no page around it: its own first letter says in which direction it is read."""
    text, said = both
    if FANCY & set(text):
        yield file.fault(key, "holds curly quotes, long dashes or fixed spaces: use plain signs")
    lines = text.split("\n")
    if LINK in text and LINK not in lines:
        yield file.fault(key, "the link must stand on a line of its own")
    first = _first_strong(said)
    if first and first != language.get(file.tag).dir:
        yield file.fault(key, "begins with letters of the other direction: a phone would turn it")


def _first_strong(text: str) -> str | None:
    """The direction of the first letter that has one, but for what is kept apart (UAX 9, P2)."""
    found = (STRONG.get(unicodedata.bidirectional(letter)) for letter in ISOLATED.sub("", text))
    return next((direction for direction in found if direction), None)
