"""When a person must look: an answer that says so, or words of distress. It filters nothing."""

from collections.abc import Iterable, Iterator, Mapping

from consult_app.conversation.answers import Concern, Level, Reason
from consult_app.conversation.fold import apart, fold
from consult_app.conversation.form import ANY, Question, Value
from consult_app.conversation.understand import Labels

BEGINNING = 2
"""Letters by which phrases are looked up; no phrase is shorter."""


def concerns(question: Question, value: Value, labels: Labels) -> tuple[Concern, ...]:
    """What an answer raises: by its code, by being given at all, or by a word in it."""
    found = [*_by_answer(question, value)]
    if isinstance(value, str) and not question.is_chosen and not found:
        found += in_words(question, value, labels)
    return tuple(found)


def in_words(question: Question | None, text: str, labels: Labels) -> Iterator[Concern]:
    """At most one concern, naming the first word of distress in `text`, in whatever language."""
    folded = _spaced(text)
    phrase = _own(folded, labels) or _anywhere(folded, labels.cries)
    if phrase:
        asked = question.id if question else None
        yield Concern(asked, Level.SAFETY, Reason.WORD, phrase.strip())


def is_cry(text: str, cries: Mapping[str, tuple[str, ...]]) -> bool:
    """True when one of `cries` (see `by_beginning`) begins a word of `text`."""
    return _anywhere(_spaced(text), cries) is not None


def _spaced(text: str) -> str:
    return f" {apart(fold(text))} "


def _own(folded: str, labels: Labels) -> str | None:
    """A phrase of the person's language, or of English."""
    every = (phrase for layer in labels.layers() for phrase in layer.distress)
    return next((phrase for phrase in every if phrase in folded), None)


def _anywhere(folded: str, cries: Mapping[str, tuple[str, ...]]) -> str | None:
    """A phrase of any language that begins one of the words; looked up by its first letters."""
    place = 0
    while (place := folded.find(" ", place)) >= 0:
        place += 1
        for phrase in cries.get(folded[place : place + BEGINNING], ()):
            if folded.startswith(phrase, place):
                return phrase
    return None


def by_beginning(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Phrases under their first letters, so that few are tried at each word of a text."""
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase[:BEGINNING], []).append(phrase)
    return {beginning: tuple(dict.fromkeys(alike)) for beginning, alike in found.items()}


def _by_answer(question: Question, value: Value) -> Iterator[Concern]:
    for raising, level in (
        (question.concern, Level.SAFETY),
        (question.request, Level.REQUEST),
    ):
        said = _raising(raising, value)
        if said:
            yield Concern(question.id, level, Reason.ANSWER, said)


def _raising(raising: tuple[str, ...], value: Value) -> str:
    """The codes in `value` that call a person, or the marker for 'whatever is said'."""
    if value is None or not raising:
        return ""
    if ANY in raising:
        return ANY
    codes = value if isinstance(value, tuple) else (value,)
    return " ".join(code for code in codes if code in raising)
