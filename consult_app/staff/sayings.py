"""One answer as an officer reads it: the original words, English beside them, where they came from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from consult_app import language
from consult_app.conversation.form import Audience, Kind, Question
from consult_app.language import ENGLISH
from consult_app.models.answer import Answer
from consult_app.models.kinds import Channel, Typist


@dataclass(frozen=True)
class Said:
    """What was said to one question. `words` are original, a choice's in its own language.

    `english` stands beside words that were chosen in another language; free text has none.
    Empty words are a skip. `before` are the earlier answers to the same question, newest first.
    """

    question: str
    words: tuple[str, ...]
    english: tuple[str, ...]
    lang: str
    written: bool
    audience: Audience
    channel: Channel
    typist: Typist
    said_at: datetime
    before: tuple["Said", ...] = ()

    @property
    def language(self) -> str:
        """The name of the language it was said in."""
        return language.names(self.lang, ENGLISH)

    @property
    def is_english(self) -> bool:
        """True when it was said in English."""
        return self.lang == ENGLISH

    def standing(self) -> "Said":
        """The answer as it stands, without those before it."""
        return replace(self, before=())


def told(question: Question, rows: Sequence[Answer]) -> Said:
    """The answer that stands among `rows` (oldest first), with those before it."""
    said = [_said(question, row) for row in rows]
    return replace(said[-1], before=tuple(reversed(said[:-1])))


def _said(question: Question, row: Answer) -> Said:
    tag = language.get(row.language).tag
    return Said(
        question=question_in_english(question),
        words=_words(question, row, tag),
        english=() if tag == ENGLISH or row.code is None else _words(question, row, ENGLISH),
        lang=tag,
        written=row.code is None,
        audience=Audience(row.audience),
        channel=row.channel,
        typist=row.typist,
        said_at=row.said_at,
    )


def _words(question: Question, row: Answer, tag: str) -> tuple[str, ...]:
    if row.code is None:
        return (row.text,) if row.text else ()
    codes = row.code.split() if question.kind is Kind.MANY else [row.code]
    return tuple(_label(question, code, tag) for code in codes)


def _label(question: Question, code: str, tag: str) -> str:
    """An option's label; a scale says its range, a date is written out, what is unknown as it is."""
    if question.kind is Kind.SCALE:
        return language.words("staff.said.of_ten", ENGLISH, step=code)
    if question.kind is Kind.DATE:
        return language.date_words(datetime.fromisoformat(code).date(), tag)
    try:
        return language.option_words(question, code, tag)
    except KeyError:
        return code


def question_in_english(question: Question) -> str:
    """What was asked, for staff."""
    return language.question_words(question, ENGLISH)


def section_in_english(section: str) -> str:
    """A section's title, for staff."""
    return language.section_words(section, ENGLISH)
