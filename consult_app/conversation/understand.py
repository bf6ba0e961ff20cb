"""Understanding one reply: number, then a word in the person's language, then English, else ask.

Tables and rules that a person can read; no guessing. Where two readings differ, none is taken.
Source of order and traps: the project's language notes, docs/decisions/.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from consult_app.conversation.answers import Missed
from consult_app.conversation.fold import digits, fold
from consult_app.conversation.form import Form, Kind, Question, Value


class Command(StrEnum):
    """What a person can say instead of an answer."""

    SKIP = "skip"
    BACK = "back"
    STOP = "stop"
    HELP = "help"


@dataclass(frozen=True)
class Labels:
    """The words of one language for one form, folded: what understanding needs of language.

    `replies` maps a word to yes, no, unsure or partly; `options` a question's labels to codes;
    `languages` a language's names to its tag; `distress` lists words that call a person;
    `unclear` words that mean two things, and so none. `cries` are every language's words of distress,
    by how they begin: a person may cry for help in another language than they answer in.
    """

    language: str
    commands: Mapping[str, Command] = field(default_factory=dict)
    replies: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    language_words: frozenset[str] = frozenset()
    distress: tuple[str, ...] = ()
    unclear: frozenset[str] = frozenset()
    cries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    english: "Labels | None" = None

    def layers(self) -> Iterator["Labels"]:
        """This language first, then English."""
        yield self
        if self.english is not None:
            yield self.english


@dataclass(frozen=True)
class Read:
    """A reply that was understood as `value`."""

    value: Value


Reading = Read | Missed

APART = re.compile(r"[\s,;+&/،፣፤]+")
DAY = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
EARLIEST = 1900
"""A year before this is one of another calendar: 1405 is asked about again."""
ALL_NUMBERED = frozenset(
    {Kind.ONE, Kind.MANY, Kind.YES_NO, Kind.YES_PARTLY_NO, Kind.FACES3, Kind.FACES5}
)


def command(text: str, labels: Labels) -> Command | None:
    """The command that the whole message is, in the person's language or in English."""
    folded = fold(text)
    if folded in labels.unclear:
        return None
    for layer in labels.layers():
        if folded in layer.commands:
            return layer.commands[folded]
    return None


def language(text: str, labels: Labels, *, bare: bool) -> str | None:
    """The language asked for: its bare name, or the word for language and then its name."""
    folded = fold(text)
    for layer in labels.layers():
        for word in sorted(layer.language_words, key=len, reverse=True):
            if folded.startswith(f"{word} "):
                return _language_named(folded[len(word) + 1 :], labels)
    return _language_named(folded, labels) if bare else None


def _language_named(folded: str, labels: Labels) -> str | None:
    found = (layer.languages.get(folded) for layer in labels.layers())
    return next((tag for tag in found if tag), None)


def understand(question: Question, text: str, labels: Labels) -> Reading:
    """What `text` says to `question`."""
    if not fold(text) and question.kind is not Kind.TEXT:
        return Missed.EMPTY
    return READERS[question.kind](question, text, labels)


def bounds(question: Question) -> tuple[int, int]:
    """The lowest and highest number that answers `question`; (0, 0) when none does."""
    if question.kind is Kind.SCALE:
        return 0, len(question.options) - 1
    return (1, len(question.options)) if question.kind in ALL_NUMBERED else (0, 0)


def _choose(question: Question, text: str, labels: Labels) -> Reading:
    """One option, by its number or by words that mean just one of them."""
    folded = fold(text)
    number = digits(folded)
    if number is not None:
        low, high = bounds(question)
        return Read(question.options[number - low]) if low <= number <= high else Missed.NUMBER
    if folded in labels.unclear:
        return Missed.UNCLEAR
    for layer in labels.layers():
        meant = _meanings(question, folded, layer)
        if meant:
            return Read(meant.pop()) if len(meant) == 1 else Missed.UNCLEAR
    return Missed.NUMBER


def _meanings(question: Question, folded: str, labels: Labels) -> set[str]:
    """The options a word can mean in one language."""
    meant = {labels.options.get(question.id, {}).get(folded)}
    if question.kind in (Kind.YES_NO, Kind.YES_PARTLY_NO, Kind.ONE, Kind.MANY):
        meant.add(labels.replies.get(folded))
    return {code for code in meant if code in question.options}


def _choose_many(question: Question, text: str, labels: Labels) -> Reading:
    """Several options: '1 3', '1,3', '13' is thirteen and refused when there are not so many."""
    whole = _choose(question, text, labels)
    if isinstance(whole, Read):
        return Read((str(whole.value),))
    said = [_choose(question, part, labels) for part in APART.split(text.strip()) if fold(part)]
    codes = [str(read.value) for read in said if isinstance(read, Read)]
    if not codes or len(codes) < len(said):
        return Missed.NUMBER
    return Read(tuple(code for code in question.options if code in codes))


def _scale(question: Question, text: str, labels: Labels) -> Reading:
    number = digits(fold(text))
    low, high = bounds(question)
    return Read(str(number)) if number is not None and low <= number <= high else Missed.SCALE


def _free_text(_question: Question, text: str, _labels: Labels) -> Reading:
    return Read(text.strip()) if text.strip() else Missed.EMPTY


def _date(_question: Question, text: str, _labels: Labels) -> Reading:
    """A Gregorian day, day first as in England, or as a browser's date field writes it."""
    found = DAY.fullmatch("".join(_latin(char) for char in fold(text)))
    if found is None:
        return Missed.DATE
    day, month, year, year_first, month_second, day_third = found.groups()
    written = (year_first or year, month_second or month, day_third or day)
    try:
        said = date(*map(int, written))
    except ValueError:
        return Missed.DATE
    return Read(said.isoformat()) if said.year >= EARLIEST else Missed.DATE


def _latin(char: str) -> str:
    number = digits(char)
    return char if number is None else str(number)


READERS: Mapping[Kind, Callable[[Question, str, Labels], Reading]] = {
    Kind.ONE: _choose,
    Kind.MANY: _choose_many,
    Kind.YES_NO: _choose,
    Kind.YES_PARTLY_NO: _choose,
    Kind.FACES3: _choose,
    Kind.FACES5: _choose,
    Kind.SCALE: _scale,
    Kind.TEXT: _free_text,
    Kind.DATE: _date,
}
"""How each kind of question is read: the one place where the kinds differ."""


def fits(form: Form, question: str, value: Value) -> bool:
    """True when `value` can be an answer to `question`: for values that came ready made."""
    asked = form.by_id.get(question)
    if asked is None or value is None:
        return asked is not None and not (value is None and asked.required)
    codes = value if isinstance(value, tuple) else (value,)
    if asked.is_chosen:
        return isinstance(value, tuple) == (asked.kind is Kind.MANY) and all(
            code in asked.options for code in codes
        )
    return isinstance(value, str) and bool(value.strip())
