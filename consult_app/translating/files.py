"""One file of words beside the English it must match, and what can be wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from consult_app import language
from consult_app.languages import catalogue
from consult_app.languages.provenance import Words

Entries = Mapping[str, Words]
ENGLISH_LOCALE = "en_GB"
OWN_NAMES = "languages."
"""Keys of languages' own names, which are the same everywhere."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one entry of one file."""

    file: str
    key: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.words}"


@dataclass(frozen=True)
class File:
    """One namespace in one language, beside the English it must match."""

    namespace: str
    tag: str
    entries: Entries
    english: Entries

    @property
    def locale(self) -> str:
        """The locale in the file's name."""
        return language.get(self.tag).locale

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.namespace}.{self.locale}.yml"

    def fault(self, key: str, words: str) -> Fault:
        """What is wrong with the entry `key` of this file."""
        return Fault(self.name, key, words)

    def own(self, words: Mapping[str, Words]) -> dict[str, Words]:
        """Of words by key with its namespace, those of this file, by key without."""
        prefix = f"{self.namespace}."
        return {key.removeprefix(prefix): w for key, w in words.items() if key.startswith(prefix)}

    def both(self) -> Iterator[tuple[str, Words, Words]]:
        """Every key that both languages have as the same kind: key, English, own."""
        for key in self.english.keys() & self.entries.keys():
            if _kind(self.english[key]) == _kind(self.entries[key]):
                yield key, self.english[key], self.entries[key]

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Every text that both have, each plural form by itself: key, all the English, own."""
        for key, ours, theirs in self.both():
            for text in forms(theirs).values():
                yield key, " ".join(forms(ours).values()), text


def _kind(entry: Words) -> type:
    """A plain text where English has plural forms is fine, and the other way about."""
    return list if isinstance(entry, list) else str


def load(folder: Path, namespace: str, tag: str) -> File:
    """The file of `namespace` in the language `tag`; empty when there is none."""
    own = folder / f"{namespace}.{language.get(tag).locale}.yml"
    return File(namespace, tag, _read(own), _read(folder / f"{namespace}.{ENGLISH_LOCALE}.yml"))


def _read(file: Path) -> Entries:
    return _parsed(file, file.stat().st_mtime_ns) if file.exists() else {}


@cache
def _parsed(file: Path, _written: int) -> Entries:
    return catalogue.entries_of(file)


def namespaces(folder: Path) -> list[str]:
    """What respondents read; staff's pages are in English only."""
    every = sorted(file.name.split(".")[0] for file in folder.glob(f"*.{ENGLISH_LOCALE}.yml"))
    return [name for name in every if not name.startswith(catalogue.STAFF)]


def of_language(folder: Path, tag: str) -> list[File]:
    """Every file of one language."""
    return [load(folder, namespace, tag) for namespace in namespaces(folder)]


def begun(folder: Path) -> list[str]:
    """The languages that have words, in the order of languages.yml."""
    locales = {file.name.split(".")[1] for file in folder.glob("*.*.yml")}
    return [one.tag for one in language.every() if one.locale in locales]


def forms(entry: Words) -> dict[str, str]:
    """The texts of an entry: by plural category, by place in a list, or the one text."""
    if isinstance(entry, dict):
        return entry
    if isinstance(entry, list):
        return {str(place): text for place, text in enumerate(entry)}
    return {"": entry}


def stamp(folder: Path) -> int:
    """Another number whenever a file in `folder` was written: what was made from it is old then."""
    files = (*folder.glob("*.yml"), *folder.glob("*/*.yml"))
    return hash(frozenset((file, file.stat().st_mtime_ns) for file in files))
