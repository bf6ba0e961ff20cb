"""Whether the files of words are whole: keys, placeholders, plurals, script and provenance."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from consult_app import language

Words = str | list[str] | dict[str, str]
STAFF = "staff"
MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")
UNTRANSLATABLE = re.compile(r"%\{\w+\}|Your say|STOP|START|HELP")
"""Values, the service's own name and the words that telephone networks act on."""
SCRIPT_NAMES = {
    "Latn": "LATIN",
    "Arab": "ARABIC",
    "Ethi": "ETHIOPIC",
    "Cyrl": "CYRILLIC",
    "Beng": "BENGALI",
}
OWN_NAMES = "languages."
"""Keys of languages' own names, which are the same everywhere."""
KINDS_OF_PROVENANCE = ("machine draft", "checked by ")
DEFINITE = frozenset({"few", "many", "other"})
"""Plural forms that must show their number; the others may say it in a word."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one entry of one file."""

    file: str
    key: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.words}"


@dataclass(frozen=True)
class _File:
    """One namespace in one language, beside the English it must match."""

    name: str
    tag: str
    entries: Mapping[str, Words]
    english: Mapping[str, Words]

    def fault(self, key: str, words: str) -> Fault:
        """What is wrong with the entry `key` of this file."""
        return Fault(self.name, key, words)


def check(folder: Path = language.FOLDER) -> list[Fault]:
    """Every fault of every respondent-facing file in `folder`; empty when all is whole."""
    faults = [fault for file in folder.glob("*.en_GB.yml") for fault in _markup(file)]
    provenance = _read(folder / "provenance.yml")
    for tag, locale in _others():
        for namespace in _namespaces(folder):
            file = _load(folder, namespace, (tag, locale))
            faults += [*_keys(file), *_texts(file), *_stated(provenance, namespace, locale)]
    return faults


def _others() -> list[tuple[str, str]]:
    """Every language but English, as tag and locale."""
    offered = language.languages()
    return [(one.tag, one.locale) for one in offered if one.tag != language.ENGLISH]


def _namespaces(folder: Path) -> list[str]:
    """What respondents read; staff's pages are in English only."""
    every = sorted(file.name.split(".")[0] for file in folder.glob("*.en_GB.yml"))
    return [name for name in every if not name.startswith(STAFF)]


@cache
def _parsed(file: Path) -> Mapping[str, Words]:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}


def _read(file: Path) -> Mapping[str, Words]:
    """The entries of a file; none where there is no file."""
    return _parsed(file) if file.exists() else {}


def _load(folder: Path, namespace: str, which: tuple[str, str]) -> _File:
    tag, locale = which
    name = f"{namespace}.{locale}.yml"
    return _File(name, tag, _read(folder / name), _read(folder / f"{namespace}.en_GB.yml"))


def _markup(file: Path) -> Iterator[Fault]:
    for key, entry in _read(file).items():
        if any(MARKUP.search(text) for text in _forms(entry).values()):
            yield Fault(file.name, key, "words hold no HTML")


def _forms(entry: Words) -> dict[str, str]:
    """The texts of an entry: by plural category, by place in a list, or the one text."""
    if isinstance(entry, dict):
        return entry
    if isinstance(entry, list):
        return {str(place): text for place, text in enumerate(entry)}
    return {"": entry}


def _keys(file: _File) -> Iterator[Fault]:
    if not file.entries:
        yield file.fault("*", "the file is missing or empty")
        return
    for key in file.english.keys() - file.entries.keys():
        yield file.fault(key, "missing")
    for key in file.entries.keys() - file.english.keys():
        yield file.fault(key, "English has no such key")


def _texts(file: _File) -> Iterator[Fault]:
    for key in file.english.keys() & file.entries.keys():
        ours, theirs = file.english[key], file.entries[key]
        if type(ours) is not type(theirs):
            yield file.fault(key, "is not of the same kind as in English: text, list or plural")
        elif isinstance(theirs, list):
            yield from [] if theirs else [file.fault(key, "the list is empty")]
        else:
            yield from _text(file, key)


def _text(file: _File, key: str) -> Iterator[Fault]:
    """Faults of one text or of the forms of one plural."""
    ours, theirs = file.english[key], file.entries[key]
    if isinstance(theirs, dict) and theirs.keys() != language.plural_categories(file.tag):
        needed = ", ".join(sorted(language.plural_categories(file.tag)))
        yield file.fault(key, f"needs exactly the plural forms {needed}")
    wanted = frozenset().union(*map(language.placeholders, _forms(ours).values()))
    for category, text in _forms(theirs).items():
        missing = wanted - language.placeholders(text)
        if category and category not in DEFINITE:
            missing -= {"count"}
        if missing or language.placeholders(text) - wanted:
            yield file.fault(key, f"must take exactly {_list(wanted)}")
        if MARKUP.search(text):
            yield file.fault(key, "words hold no HTML")
        if not key.startswith(OWN_NAMES) and not _in_script(
            text, "".join(_forms(ours).values()), file.tag
        ):
            yield file.fault(key, f"is not written in its script: {text[:40]!r}")


def _list(names: frozenset[str]) -> str:
    return ", ".join(f"%{{{name}}}" for name in sorted(names)) or "no value"


def _letters(text: str) -> list[str]:
    return [letter for letter in UNTRANSLATABLE.sub("", text) if letter.isalpha()]


def _in_script(text: str, english: str, tag: str) -> bool:
    """True when most letters are of the language's script, or nothing was there to translate."""
    letters = _letters(text)
    if not letters:
        return not _letters(english)
    script = SCRIPT_NAMES.get(language.get(tag).script, "")
    own = [letter for letter in letters if unicodedata.name(letter, "").startswith(script)]
    return 2 * len(own) >= len(letters)


def _stated(provenance: Mapping[str, Words], namespace: str, locale: str) -> Iterator[Fault]:
    """Who made the words, and whether a reader of the language has checked them."""
    entry = provenance.get(namespace, {})
    stated = entry.get(locale, "") if isinstance(entry, dict) else ""
    stated = stated or str(provenance.get(f"{namespace}.{locale}", ""))
    if not stated.startswith(KINDS_OF_PROVENANCE):
        yield Fault("provenance.yml", f"{namespace}.{locale}", "say machine draft or checked by …")
