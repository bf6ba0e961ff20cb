"""Whether a file has everything: keys, kinds, plural forms, values, no HTML, who made it."""

import re
from collections.abc import Iterator
from pathlib import Path

from consult_app import language
from consult_app.languages.catalogue import entries_of
from consult_app.languages.provenance import Records, Words
from consult_app.translating.files import ENGLISH_LOCALE, Fault, File, forms

MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")
KINDS_OF_PROVENANCE = ("machine draft", "checked by ")
DEFINITE = frozenset({"few", "many", "other"})
"""Plural forms that must show their number; the others may say it in a word."""


def faults(file: File) -> Iterator[Fault]:
    """What is missing, too much, or of another kind than the English."""
    if not file.entries:
        yield file.fault("*", "the file is missing or empty")
        return
    for key in file.english.keys() - file.entries.keys():
        yield file.fault(key, "missing")
    for key in file.entries.keys() - file.english.keys():
        yield file.fault(key, "English has no such key")
    for key in file.english.keys() & file.entries.keys():
        yield from _entry(file, key)


def _entry(file: File, key: str) -> Iterator[Fault]:
    ours, theirs = file.english[key], file.entries[key]
    if isinstance(ours, list) != isinstance(theirs, list):
        yield file.fault(key, "is not of the same kind as in English")
    elif isinstance(theirs, list):
        yield from _listed(file, key, theirs)
    else:
        yield from _said(file, key, (ours, theirs))


def _listed(file: File, key: str, words: list[str]) -> Iterator[Fault]:
    if not words:
        yield file.fault(key, "the list is empty")
    if not all(isinstance(word, str) and word.strip() for word in words):
        yield file.fault(key, "the list holds something that is no word: put it in quotes")


def _said(file: File, key: str, pair: tuple[Words, Words]) -> Iterator[Fault]:
    """A text, or all forms of one plural."""
    ours, theirs = pair
    if isinstance(theirs, dict) and theirs.keys() != language.plural_categories(file.tag):
        needed = ", ".join(sorted(language.plural_categories(file.tag)))
        yield file.fault(key, f"needs exactly the plural forms {needed}")
    wanted = frozenset().union(*map(language.placeholders, forms(ours).values()))
    for category, text in forms(theirs).items():
        missing = wanted - language.placeholders(text)
        if category and category not in DEFINITE:
            missing -= {"count"}
        if missing or language.placeholders(text) - wanted:
            yield file.fault(key, f"must take exactly {_list(wanted)}")
        if MARKUP.search(text):
            yield file.fault(key, "words hold no HTML")


def _list(names: frozenset[str]) -> str:
    return ", ".join(f"%{{{name}}}" for name in sorted(names)) or "no value"


def markup(folder: Path) -> Iterator[Fault]:
    """English words, staff's too, that hold HTML."""
    for file in folder.glob(f"*.{ENGLISH_LOCALE}.yml"):
        for key, entry in entries_of(file).items():
            if any(MARKUP.search(text) for text in forms(entry).values()):
                yield Fault(file.name, key, "words hold no HTML")


def stated(records: Records, file: File) -> Iterator[Fault]:
    """Who made the words, and whether a reader of the language has checked them."""
    if not records.stated(file.namespace, file.locale).startswith(KINDS_OF_PROVENANCE):
        where = f"{file.namespace}.{file.locale}"
        yield Fault("provenance.yml", where, "say machine draft or checked by …")
