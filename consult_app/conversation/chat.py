"""One turn of a conversation. State and a message in, state and outcomes out; nothing performed."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from consult_app.conversation import concern, understand
from consult_app.conversation.answers import (
    Asked,
    Concern,
    Finished,
    HelpWanted,
    LanguageChanged,
    Level,
    Missed,
    NotUnderstood,
    Outcome,
    Reason,
    State,
    Stopped,
    Understood,
)
from consult_app.conversation.form import Form, Kind, Question, Value
from consult_app.conversation.path import is_asked, next_question, previous
from consult_app.conversation.understand import Command, Labels

Turn = tuple[State, tuple[Outcome, ...]]


def begin(form: Form, state: State) -> Turn:
    """Ask the question that waits, or the first unanswered one; finished when there is none."""
    waiting = form.by_id.get(state.waiting or "")
    if waiting is not None and is_asked(waiting, state.answers):
        return state, (Asked(waiting.id),)
    return _ask_next(form, state)


def hear(form: Form, state: State, text: str, labels: Labels) -> Turn:
    """Hear one message: a command, a change of language, or an answer to what waits."""
    said = understand.command(text, labels)
    if said is not None:
        return COMMANDS[said](form, state, text)
    question = form.by_id.get(state.waiting or "")
    bare = question is None or question.kind is not Kind.TEXT
    if question is not None:
        read = understand.understand(question, text, labels)
        if isinstance(read, understand.Read) and not _names_language(text, labels, bare=bare):
            return _answered(form, state, (question, read.value), labels)
    tag = understand.language(text, labels, bare=bare)
    if tag is not None:
        changed = replace(state, language=tag)
        return _and(LanguageChanged(tag), begin(form, changed))
    return _missed(form, state, question, (text, labels))


def answer_page(form: Form, state: State, values: Mapping[str, Value], labels: Labels) -> Turn:
    """Take several answers at once, as a page of a form brings them; None is a skip.

    A value that cannot be an answer comes back as not understood, and the others are kept.
    """
    outcomes: list[Outcome] = []
    for key, value in values.items():
        question = form.by_id.get(key)
        if question is None:
            continue
        if not understand.fits(form, key, value):
            outcomes.append(_not_understood(question, _why(question, value)))
            continue
        state = state.with_answer(key, value)
        outcomes += [Understood(key, value), *concern.concerns(question, value, labels)]
    after, asked = _ask_next(form, replace(state, waiting=None))
    return after, (*outcomes, *asked)


def turn_to(form: Form, state: State, question: str) -> Turn:
    """Wait for `question` (again): how a person changes one answer."""
    found = form.by_id.get(question)
    if found is None or not is_asked(found, state.answers):
        return begin(form, state)
    return replace(state, waiting=question, finished=False), (Asked(question),)


def _answered(form: Form, state: State, said: tuple[Question, Value], labels: Labels) -> Turn:
    question, value = said
    raised = concern.concerns(question, value, labels)
    after, asked = _ask_next(form, state.with_answer(question.id, value))
    return after, (Understood(question.id, value), *raised, *asked)


def _ask_next(form: Form, state: State) -> Turn:
    following = next_question(form, state.answers)
    if following is None:
        return replace(state, waiting=None, finished=True), (Finished(),)
    return replace(state, waiting=following.id, finished=False), (Asked(following.id),)


def _names_language(text: str, labels: Labels, *, bare: bool) -> bool:
    """True for 'language Arabic' at a question where any words would do as an answer."""
    return not bare and understand.language(text, labels, bare=False) is not None


def _missed(form: Form, state: State, question: Question | None, said: tuple[str, Labels]) -> Turn:
    """Say what would have been understood. Words of distress call a person all the same."""
    raised = tuple(concern.in_words(question, *said))
    if question is None:
        return state, (*raised, Finished()) if state.finished else raised
    read = understand.understand(question, *said)
    reason = read if isinstance(read, Missed) else _missed_reason(question)
    return state, (*raised, _not_understood(question, reason), Asked(question.id))


def _missed_reason(question: Question) -> Missed:
    special = {Kind.SCALE: Missed.SCALE, Kind.DATE: Missed.DATE, Kind.TEXT: Missed.EMPTY}
    return special.get(question.kind, Missed.NUMBER)


def _why(question: Question, value: Value) -> Missed:
    return Missed.REQUIRED if value is None else _missed_reason(question)


def _not_understood(question: Question, reason: Missed) -> NotUnderstood:
    low, high = understand.bounds(question)
    return NotUnderstood(question.id, reason, low, high)


def _skip(form: Form, state: State, _text: str) -> Turn:
    question = form.by_id.get(state.waiting or "")
    if question is None:
        return begin(form, state)
    if question.required:
        return state, (_not_understood(question, Missed.REQUIRED), Asked(question.id))
    after, asked = _ask_next(form, state.with_answer(question.id, None))
    return after, (Understood(question.id, None), *asked)


def _back(form: Form, state: State, _text: str) -> Turn:
    before = previous(form, state.answers, state.waiting)
    return begin(form, state) if before is None else turn_to(form, state, before.id)


def _stop(_form: Form, state: State, _text: str) -> Turn:
    return state, (Stopped(),)


def _help(form: Form, state: State, text: str) -> Turn:
    raised = Concern(state.waiting, Level.SAFETY, Reason.HELP, text.strip()[:100])
    after, asked = begin(form, state)
    return after, (raised, HelpWanted(), *asked)


def _and(first: Outcome, turn: Turn) -> Turn:
    state, rest = turn
    return state, (first, *rest)


COMMANDS: Mapping[Command, Callable[[Form, State, str], Turn]] = {
    Command.SKIP: _skip,
    Command.BACK: _back,
    Command.STOP: _stop,
    Command.HELP: _help,
}
