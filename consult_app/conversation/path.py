"""Which questions this person meets, derived from the form and the answers alone."""

from collections.abc import Mapping
from functools import lru_cache

from consult_app.conversation.form import Form, Question, Value

HELPER, ON_MY_OWN = "helper", "me"
"""The question who is filling this in, and the answer that opens what is asked alone."""


def path(form: Form, answers: Mapping[str, Value]) -> tuple[Question, ...]:
    """The questions whose ask-when rule holds, in order."""
    return _path(form, tuple(answers.get(one) for one in form.deciding))


@lru_cache(maxsize=10_000)
def _path(form: Form, said: tuple[Value, ...]) -> tuple[Question, ...]:
    """The same from the answers that decide it: many people give the same."""
    answers = dict(zip(form.deciding, said, strict=True))
    return tuple(q for q in form.questions if is_asked(q, answers))


def is_asked(question: Question, answers: Mapping[str, Value]) -> bool:
    """True when every earlier answer that `question` depends on is one of those named."""
    return question.when is None or _holds(question.when, answers)


def _holds(when: Mapping[str, tuple[str, ...]], answers: Mapping[str, Value]) -> bool:
    return all(_meets(answers.get(earlier), wanted) for earlier, wanted in when.items())


def _meets(said: Value, wanted: tuple[str, ...]) -> bool:
    codes = said if isinstance(said, tuple) else (said,)
    return any(code in wanted for code in codes)


def next_question(form: Form, answers: Mapping[str, Value]) -> Question | None:
    """The first question on the path that has neither an answer nor a skip."""
    return next((q for q in path(form, answers) if q.id not in answers), None)


def previous(form: Form, answers: Mapping[str, Value], waiting: str | None) -> Question | None:
    """The question before `waiting` on the path, or the last one when nothing waits."""
    asked = path(form, answers)
    ids = [question.id for question in asked]
    place = ids.index(waiting) if waiting in ids else len(ids)
    return asked[place - 1] if place > 0 else None


def may_grow(form: Form, answers: Mapping[str, Value]) -> bool:
    """True while a question that is still to come can bring another one with it."""
    coming = {question.id for question in path(form, answers) if question.id not in answers}
    hidden = (question for question in form.questions if not is_asked(question, answers))
    return any(coming & set(question.when or ()) for question in hidden)


def left(form: Form, answers: Mapping[str, Value]) -> int:
    """How many questions are still to come, as the path stands now."""
    return sum(question.id not in answers for question in path(form, answers))


def waiting_alone(form: Form, answers: Mapping[str, Value]) -> int:
    """How many questions wait until nobody helps this person any more."""
    if not has_help(answers):
        return 0
    alone = {**answers, HELPER: ON_MY_OWN}
    now = {question.id for question in path(form, answers)}
    return sum(q.id not in now and q.id not in answers for q in path(form, alone))


def has_help(answers: Mapping[str, Value]) -> bool:
    """True when someone is helping, or types for them."""
    return answers.get(HELPER) not in (None, ON_MY_OWN)
