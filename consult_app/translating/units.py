"""What a translator gets: every string of a language beside its English, one unit a plural form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale

from consult_app import language
from consult_app.languages import provenance, yml
from consult_app.languages.provenance import Made, Provenance, Records, Words
from consult_app.translating import fits
from consult_app.translating.files import File, of_language, stamp
from consult_app.translating.places import picture, where

GLOSSARY = "glossary"
PICTURES = "pictures"
"""The folder in which pictures travel beside an exported file."""


@dataclass(frozen=True)
class Unit:
    """One text to translate; a list of words is one unit, a line each."""

    key: str
    form: str
    source: str
    target: str
    provenance: Provenance
    hints: tuple[str, ...] = field(default=())

    @property
    def context(self) -> str:
        """What tells it from every other unit: its key, and the plural form."""
        return f"{self.key} [{self.form}]" if self.form else self.key

    @property
    def is_checked(self) -> bool:
        """True when a speaker has checked these words against this English."""
        return self.provenance.made is Made.CHECKED

    @property
    def place(self) -> str:
        """Where it stands, and for which numbers."""
        return where(self.key)

    @property
    def picture(self) -> Path | None:
        """A picture of such a page; None for what stands on no page."""
        return picture(self.key)

    @property
    def pictured(self) -> str:
        """The picture as an exported file names it; empty where there is none."""
        return f"{PICTURES}/{self.picture.name}" if self.picture else ""

    @property
    def limit(self) -> fits.Limit | None:
        """How long it may become."""
        return fits.limit(self.key)


@dataclass(frozen=True)
class Term:
    """A term of the glossary: the English, the word to use, and what that says literally."""

    english: str
    word: str
    back: str


def units(tag: str, folder: Path = language.FOLDER) -> list[Unit]:
    """Every string that respondents read, in the order of the English files."""
    return _units(tag, folder, stamp(folder))


@lru_cache(maxsize=4)
def _units(tag: str, folder: Path, _stamp: int) -> list[Unit]:
    records, terms = provenance.read(folder), glossary(tag, folder)
    return [unit for file in of_language(folder, tag) for unit in _of_file(file, records, terms)]


def _of_file(file: File, records: Records, terms: tuple[Term, ...]) -> Iterator[Unit]:
    for name, english in file.english.items():
        key, own = f"{file.namespace}.{name}", file.entries.get(name)
        made = records.missing(key) if own is None else records.of(key, file.locale, (english, own))
        for form, source, target in _texts(english, own, file.tag):
            yield Unit(key, form, source, target, made, _hints(source, terms))


def _texts(english: Words, own: Words | None, tag: str) -> Iterator[tuple[str, str, str]]:
    """Plural form, English, own words; English stands in for forms it does not have."""
    if isinstance(english, list):
        yield "", lines(english), lines(own) if isinstance(own, list) else ""
    elif isinstance(english, dict) or isinstance(own, dict):
        ours = english if isinstance(english, dict) else {"other": english}
        theirs = own if isinstance(own, dict) else {"other": own or ""}
        for form in forms(tag):
            yield form, str(ours.get(form, ours["other"])), str(theirs.get(form, ""))
    else:
        yield "", english, str(own or "")


def forms(tag: str) -> tuple[str, ...]:
    """The plural forms of a language, in CLDR's order."""
    order = ("zero", "one", "two", "few", "many", "other")
    return tuple(form for form in order if form in language.plural_categories(tag))


@cache
def used_for(tag: str, form: str) -> str:
    """Numbers that take a plural form, for a translator who does not know the category's name."""
    rule: Any = Locale.parse(language.get(tag).rules).plural_form
    taken = [str(number) for number in range(1000) if rule(number) == form][:6]
    return ", ".join(taken) or "fractions"


def lines(words: list[str]) -> str:
    """A list of words, a line each."""
    return "\n".join(words)


def glossary(tag: str, folder: Path = language.FOLDER) -> tuple[Term, ...]:
    """The terms that stay the same throughout a language."""
    found: Mapping[str, Any] = yml.read(folder / GLOSSARY / f"{tag}.yml")
    return tuple(Term(term, entry["word"], entry["back"]) for term, entry in found.items())


def _hints(source: str, terms: tuple[Term, ...]) -> tuple[str, ...]:
    """The terms of the glossary that a text uses."""
    said = source.casefold()
    used = (term for term in terms if term.english.split("/")[0].casefold() in said)
    return tuple(f"{term.english}: {term.word} ({term.back})" for term in used)
