"""When a person must look: an answer that says so, or words of distress. It filters nothing."""

from collections.abc import Iterator

from consult_app.conversation.answers import Concern, Level, Reason
from consult_app.conversation.fold import apart, fold
from consult_app.conversation.form import ANY, Question, Value
from consult_app.conversation.understand import Labels


def concerns(question: Question, value: Value, labels: Labels) -> tuple[Concern, ...]:
    """What an answer raises: by its code, by being given at all, or by a word in it."""
    found = [*_by_answer(question, value)]
    if isinstance(value, str) and not question.is_chosen and not found:
        found += in_words(question, value, labels)
    return tuple(found)


def in_words(question: Question | None, text: str, labels: Labels) -> Iterator[Concern]:
    """At most one concern, naming the first word of distress in `text`."""
    folded = f" {apart(fold(text))} "
    for layer in labels.layers():
        for phrase in layer.distress:
            if phrase in folded:
                asked = question.id if question else None
                yield Concern(asked, Level.SAFETY, Reason.WORD, phrase.strip())
                return


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
