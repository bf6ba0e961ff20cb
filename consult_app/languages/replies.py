"""What replies mean in each language: the lists of words made ready for understanding."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import TypeVar

from babel import Locale

from consult_app.conversation.concern import by_beginning
from consult_app.conversation.fold import apart, bare, fold
from consult_app.conversation.form import Form, Question
from consult_app.conversation.understand import Command, Labels
from consult_app.languages import yml
from consult_app.languages.questions import option_words
from consult_app.languages.store import ENGLISH, FOLDER, Language, every, get, languages, listed

T = TypeVar("T")

REPLIES = ("yes", "no", "unsure", "partly")
MEANT = (*REPLIES, *(command.value for command in Command))
TRAPS = "traps.yml"


@lru_cache(maxsize=1024)
def labels(form: Form, language: str) -> Labels:
    """What understanding needs of a language for one form, English standing behind it."""
    return replace(
        _of_language(language),
        options={q.id: _option_labels(q, language) for q in form.questions if q.is_chosen},
        english=labels(form, ENGLISH) if language != ENGLISH else None,
    )


@cache
def _of_language(language: str) -> Labels:
    """What is the same for every form, made once."""
    meant = meanings(language)
    return Labels(
        language=language,
        commands={word: Command(kind) for word, kind in meant.items() if kind not in REPLIES},
        replies={word: kind for word, kind in meant.items() if kind in REPLIES},
        languages=_language_names(language),
        language_words=frozenset(map(fold, listed("replies.language", language))),
        distress=distress(language),
        unclear=unclear(language),
        cries=cries(),
    )


@cache
def meanings(language: str) -> dict[str, str]:
    """Word → the one list it stands in: yes, no, unsure, partly, or a command."""
    meant, never = _read(language), unclear(language)
    return {word: kind for word, kind in _one(meant).items() if word not in never}


@cache
def unclear(language: str) -> frozenset[str]:
    """Words that mean two things in this language: they are asked about again."""
    twice = {word for word, kinds in _read(language).items() if len(kinds) > 1}
    return frozenset(map(fold, traps().get(language, ()))) | twice


def _read(language: str) -> dict[str, set[str]]:
    said = [(word, kind) for kind in MEANT for word in listed(f"replies.{kind}", language)]
    return _meant(said)


@cache
def traps() -> Mapping[str, list[str]]:
    """Words that are never taken for an answer, by tag."""
    return {tag: list(words) for tag, words in yml.read(FOLDER / TRAPS).items()}


def _meant(said: Iterable[tuple[str, T]]) -> dict[str, set[T]]:
    """Each word, and its spelling without marks, with everything that it can mean.

    A word with its marks means itself alone; written without, whatever is spelled so.
    """
    exact: dict[str, set[T]] = {}
    plain: dict[str, set[T]] = {}
    for word, kind in said:
        exact.setdefault(fold(word), set()).add(kind)
        plain.setdefault(bare(fold(word)), set()).add(kind)
    found = exact | plain
    found.pop("", None)
    return found


def _one(meant: Mapping[str, set[T]]) -> dict[str, T]:
    """The words that mean one thing."""
    return {word: next(iter(kinds)) for word, kinds in meant.items() if len(kinds) == 1}


def _option_labels(question: Question, language: str) -> dict[str, str]:
    return _one(_meant((option_words(question, o, language), o) for o in question.options))


@cache
def _language_names(language: str) -> dict[str, str]:
    """Own names, English names and this language's names of all languages offered."""
    called: dict[str, str] = {}
    for other in languages():
        for name in (
            other.own_name,
            *other.called,
            *(_named(other, by) for by in (ENGLISH, language)),
        ):
            called.setdefault(fold(name), other.tag)
            called.setdefault(bare(fold(name)), other.tag)
    return called


def _named(other: Language, language: str) -> str:
    """What a language calls another, without the country."""
    known = Locale.parse(get(language).rules).languages
    name = known.get("en" if other.rules == "en_GB" else other.rules)
    return str(name or other.own_name)


@cache
def distress(language: str) -> tuple[str, ...]:
    """Phrases that call a person, each beginning a word as it can stand in the language.

    Where small words are written together with the next (Arabic and, with), they may stand before it.
    """
    starts = ("", *get(language).prefixes.split())
    phrases = [apart(fold(phrase)) for phrase in listed("replies.distress", language)]
    return tuple(f" {fold(start)}{phrase}" for phrase in phrases for start in starts)


@cache
def cries() -> dict[str, tuple[str, ...]]:
    """Every language's phrases of distress, offered or not: a cry for help needs no standard."""
    return by_beginning(phrase.strip() for one in every() for phrase in distress(one.tag))


def forget() -> None:
    """Make everything anew: other words were loaded, or other languages are offered."""
    for cached in (
        labels,
        _of_language,
        meanings,
        unclear,
        traps,
        distress,
        cries,
        _language_names,
    ):
        cached.cache_clear()
