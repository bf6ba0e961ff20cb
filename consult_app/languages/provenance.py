"""Where each string comes from: a machine's draft, checked by a speaker, or changed since.

Defaults stand by namespace in provenance.yml; provenance/<locale>.yml holds the exceptions only,
written by `consult languages import`; provenance/english.yml the marks of the English that the
drafts were made from.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import translate
from pathlib import Path
from typing import Any

from consult_app.languages import yml

Words = str | list[str] | dict[str, str]
Entries = Mapping[str, Words]
CHECKED_BY = re.compile(r"checked by (?P<by>[^,]+)(?:, (?P<on>.+))?")
ENGLISH_LOCALE = "en_GB"


class Made(StrEnum):
    """How far a string has come."""

    DRAFT = "draft"
    CHECKED = "checked"
    CHANGED = "changed"


class Standard(StrEnum):
    """What an authority asks of a language before it is offered, the least first."""

    DRAFT = "draft"
    SAFETY_CHECKED = "safety-checked"
    CHECKED = "checked"

    def is_met_by(self, standing: "Standard") -> bool:
        """True when a language of `standing` may be offered."""
        order = list(Standard)
        return order.index(standing) >= order.index(self)


@dataclass(frozen=True)
class Provenance:
    """One string's: how far it has come, who checked it and when; `sensitive` needs a speaker."""

    made: Made = Made.DRAFT
    by: str = ""
    on: str = ""
    sensitive: bool = False

    @property
    def needs_speaker(self) -> bool:
        """True while words about safety or about who reads wait for a speaker."""
        return self.sensitive and self.made is not Made.CHECKED


@dataclass(frozen=True)
class Records:
    """Everything that is on file about provenance."""

    defaults: Mapping[str, Any]
    exceptions: Mapping[str, Mapping[str, Mapping[str, str]]]
    english: Mapping[str, str]
    sensitive: re.Pattern[str]

    def stated(self, namespace: str, locale: str) -> str:
        """What stands for a whole namespace: 'machine draft', 'checked by …', or nothing."""
        entry = self.defaults.get(namespace)
        return str(entry.get(locale, "")) if isinstance(entry, dict) else ""

    def of(self, key: str, locale: str, pair: tuple[Words, Words]) -> Provenance:
        """The provenance of `key` in `locale`; `pair` is the English and the words themselves."""
        english, own = pair
        exception = self.exceptions.get(locale, {}).get(key, {})
        source = exception.get("of") or self.english.get(key)
        sensitive = bool(self.sensitive.match(key))
        by, on = self.checker(key, locale, exception)
        if source is not None and source != mark(english):
            return Provenance(Made.CHANGED, by, on, sensitive)
        if not by or exception.get("is", mark(own)) != mark(own):
            return Provenance(Made.DRAFT, sensitive=sensitive)
        return Provenance(Made.CHECKED, by, on, sensitive)

    def checker(self, key: str, locale: str, exception: Mapping[str, str]) -> tuple[str, str]:
        """Who checked `key` and when, by its exception or what stands for all; empty for a draft."""
        if exception:
            return exception.get("by", ""), exception.get("on", "")
        found = CHECKED_BY.fullmatch(self.stated(key.partition(".")[0], locale))
        return (found["by"], found["on"] or "") if found else ("", "")

    def standing(self, locale: str, english: Entries, own: Entries) -> Standard:
        """How far a whole language has come; what is missing is not checked."""
        if locale == ENGLISH_LOCALE:
            return Standard.CHECKED
        found = [
            self.of(key, locale, (words, own[key])) if key in own else self.missing(key)
            for key, words in english.items()
        ]
        if all(one.made is Made.CHECKED for one in found):
            return Standard.CHECKED
        waiting = any(one.needs_speaker for one in found)
        return Standard.DRAFT if waiting else Standard.SAFETY_CHECKED

    def missing(self, key: str) -> Provenance:
        """What stands for words that are not there."""
        return Provenance(sensitive=bool(self.sensitive.match(key)))


def mark(words: Words) -> str:
    """Eight letters that change whenever the words do."""
    plain = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(plain.encode(), digest_size=4).hexdigest()


def read(folder: Path) -> Records:
    """The records in `folder`; what has no file has none."""
    exceptions = {file.stem: yml.read(file) for file in (folder / "provenance").glob("*.yml")}
    return Records(
        defaults=yml.read(folder / "provenance.yml"),
        english=exceptions.pop("english", {}),
        exceptions=exceptions,
        sensitive=_any_of(yml.read(folder / "speaker.yml")),
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One expression for all patterns; without any it matches nothing."""
    return re.compile("|".join(map(translate, patterns)) or r"(?!)")
