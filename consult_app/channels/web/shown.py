"""A question as a page shows it: in words, made once for each question and language."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from consult_app import language
from consult_app.conversation import understand
from consult_app.conversation.form import Form, Kind, Question, Value

LIST_SIGN = {"Arab": "، ", "Ethi": "፣ "}
"""What stands between the parts of a list, by script, where it is no comma."""
FACES = frozenset({Kind.FACES3, Kind.FACES5})
ALONE = frozenset({"fine", "dont_mind", "nobody", "none", "only_iro"})
"""Choices that leave no room for others: one tap is the whole answer."""


@dataclass(frozen=True)
class Option:
    """One answer to choose. `number` is what a reply by text would be."""

    code: str
    number: str
    words: str
    face: str = ""
    alone: bool = False


@dataclass(frozen=True, eq=False)
class Shown:
    """A question in words. `place` is its number in the form, `name` its field's."""

    id: str
    section: str
    place: int
    name: str
    kind: str
    ask: str
    hint: str
    options: tuple[Option, ...]
    ends: tuple[str, str] | None
    audience: str
    audiences: tuple[str, ...]
    required: bool
    ways: tuple[str, ...]


@cache
def show(form: Form, question: str, tag: str) -> Shown:
    """`question` of `form` in the language `tag`."""
    asked = form.by_id[question]
    return Shown(
        id=asked.id,
        section=asked.section,
        place=form.questions.index(asked),
        name=field_name(asked.id),
        kind=asked.kind.value,
        ask=language.question_words(asked, tag),
        hint=language.hint_words(asked, tag) or "",
        options=tuple(_options(asked, tag)),
        ends=_ends(asked, tag),
        audience=asked.audience.value,
        audiences=tuple(one.value for one in asked.audiences),
        required=asked.required,
        ways=asked.extras if asked.kind is Kind.TEXT else (),
    )


def field_name(question: str) -> str:
    """A name for the question's field that HTML, CSS and WTForms all take."""
    return question.replace(".", "-")


def _options(question: Question, tag: str) -> list[Option]:
    lowest = understand.bounds(question)[0]
    return [
        Option(
            code=code,
            number=str(lowest + place),
            words=language.option_words(question, code, tag),
            face=f"{question.kind.value}-{code}" if question.kind in FACES else "",
            alone=question.kind is Kind.MANY and code in ALONE,
        )
        for place, code in enumerate(question.options)
    ]


def _ends(question: Question, tag: str) -> tuple[str, str] | None:
    """What the lowest and the highest step of a scale mean."""
    low, high = f"{question.words}.low", f"{question.words}.high"
    if question.kind is not Kind.SCALE or not language.has(low, language.ENGLISH):
        return None
    return language.words(low, tag), language.words(high, tag)


def said(question: Question, value: Value, tag: str) -> str:
    """An answer in words; a respondent's own words as they are."""
    if value is None:
        return ""
    if question.is_chosen:
        codes: tuple[str, ...] = value if isinstance(value, tuple) else (value,)
        sign = LIST_SIGN.get(language.get(tag).script, ", ")
        return sign.join(language.option_words(question, code, tag) for code in codes)
    text = str(value)
    return language.date_words(date.fromisoformat(text), tag) if _is_day(question) else text


def _is_day(question: Question) -> bool:
    return question.kind is Kind.DATE


def numbers(shown: Shown, value: Value) -> tuple[str, ...]:
    """Which of a question's option numbers stand chosen."""
    codes = value if isinstance(value, tuple) else (value,)
    return tuple(option.number for option in shown.options if option.code in codes)
