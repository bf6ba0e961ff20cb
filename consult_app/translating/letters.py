"""Whether words are written in their own letters: script, alphabet, look-alikes."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from consult_app import language
from consult_app.languages import yml
from consult_app.translating.files import OWN_NAMES, Fault, File

LETTERS = "letters.yml"
UNTRANSLATABLE = re.compile(r"%\{\w+\}|Your say|STOP|START|HELP")
"""Values, the service's own name and the words that telephone networks act on."""
SCRIPT_NAMES = {
    "Latn": "LATIN",
    "Arab": "ARABIC",
    "Ethi": "ETHIOPIC",
    "Cyrl": "CYRILLIC",
    "Beng": "BENGALI",
}
CONFUSABLE = ("LATIN", "CYRILLIC", "GREEK")
"""Scripts whose letters look like each other's."""
TYPED = "replies"
"""What people type is taken as they type it, in any letters."""
WORD = re.compile(r"[^\W\d_]+")
LATIN_WORD = re.compile(r"[A-Za-z]+")
A_TO_Z = frozenset("abcdefghijklmnopqrstuvwxyz")
JOINERS = frozenset("\u200c\u200d\u2019\u02bc")
"""Joiners, and apostrophes that count as letters."""


@dataclass(frozen=True)
class Alphabet:
    """The letters of a language, those that only look like one, and further ones with a reason."""

    letters: frozenset[str]
    never: Mapping[str, str]
    also: Mapping[str, str]


@cache
def alphabet(tag: str) -> Alphabet | None:
    """The letters that are on file for a language; None where there are none."""
    entry = _on_file().get(tag)
    if entry is None:
        return None
    own = frozenset(_spread(entry["letters"]))
    own |= A_TO_Z if language.get(tag).script == "Latn" else frozenset()
    return Alphabet(own, entry.get("never", {}), entry.get("also", {}))


@cache
def _on_file() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yml.read(language.FOLDER / LETTERS)
    return found


@cache
def _latin_words() -> frozenset[str]:
    """Words that stand in Latin letters wherever they are needed; the file says why."""
    return frozenset(map(str.lower, _on_file().get("latin words", ())))


def _spread(letters: str) -> Iterator[str]:
    """`a-c x` as a b c x."""
    for part in letters.split():
        first, dash, last = part.partition("-")
        yield from map(chr, range(ord(first), ord(last) + 1)) if dash else part


def faults(file: File) -> Iterator[Fault]:
    """Words in another script than the language's, and letters that are not its own."""
    for key, english, text in file.texts():
        if file.namespace == TYPED or key.startswith(OWN_NAMES):
            continue
        if not in_script(text, english, file.tag):
            yield file.fault(key, f"is not written in its script: {text[:40]!r}")
        for words in (*_alien(text, english, file.tag), *_mixed(text)):
            yield file.fault(key, words)


def in_script(text: str, english: str, tag: str) -> bool:
    """True when most letters are of the language's script, or nothing was there to translate."""
    known = language.get(tag)
    letters = _letters(text if known.script == "Latn" else _without_names(text, english))
    if not letters:
        return not _letters(english)
    script = SCRIPT_NAMES.get(known.script, "")
    own = [letter for letter in letters if unicodedata.name(letter, "").startswith(script)]
    return 2 * len(own) >= len(letters)


def _letters(text: str) -> list[str]:
    return list(filter(_is_letter, UNTRANSLATABLE.sub("", text)))


def _without_names(text: str, english: str) -> str:
    """A text without the words that may keep the Latin letters they have in English."""
    names = _latin_words() | set(map(str.lower, LATIN_WORD.findall(english)))
    return LATIN_WORD.sub(lambda found: "" if found[0].lower() in names else found[0], text)


def _alien(text: str, english: str, tag: str) -> Iterator[str]:
    """Letters outside the alphabet; a name may keep the Latin letters it has in English."""
    known = alphabet(tag)
    if known is None:
        return
    plain = UNTRANSLATABLE.sub("", unicodedata.normalize("NFC", text))
    plain = _without_names(plain, english)
    for letter in sorted(set(filter(_is_letter, plain))):
        if letter in known.never:
            yield f"writes {_called(letter)}: here it is {_called(known.never[letter])}"
        elif not known.letters & {letter, *_lower(letter)} and letter not in known.also:
            yield f"{_called(letter)} is no letter of the language (letters.yml)"


def _lower(letter: str) -> str:
    """One lower-case letter: İ is i here."""
    return letter.lower()[0]


def _is_letter(letter: str) -> bool:
    return letter not in JOINERS and unicodedata.category(letter)[0] in "LM"


def _called(letter: str) -> str:
    return f"{letter} U+{ord(letter[0]):04X}"


def _mixed(text: str) -> Iterator[str]:
    """Words with letters of two scripts that look alike."""
    for word in WORD.findall(UNTRANSLATABLE.sub(" ", text)):
        scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word}
        if len(scripts & set(CONFUSABLE)) > 1:
            yield f"{word!r} mixes letters of two scripts"
