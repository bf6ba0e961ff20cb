"""One answer as an officer reads it: the original words, English beside them, where they came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from consult_app import language
from consult_app.actions.answering import talk
from consult_app.actions.answering.own_copy import is_added
from consult_app.actions.answering.telling import MESSAGE
from consult_app.conversation.form import Audience, Depth, Form, Kind, Question
from consult_app.language import ENGLISH
from consult_app.models.answer import Answer
from consult_app.models.attachment import Attachment
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, Typist


@dataclass(frozen=True)
class Said:
    """What was said to one question. `words` are original, a choice's in its own language.

    `english` stands beside words that were chosen in another language; free text has none.
    `media` are the drawings, photos and voice notes that came with it; neither is a skip.
    `before` are the earlier answers to the same question, newest first. `added` says that some of
    the words were added after sending, to those that stand first.
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
    media_alone: bool = False
    added: bool = False
    media: tuple[Attachment, ...] = ()
    before: tuple["Said", ...] = ()

    @property
    def language(self) -> str:
        """The name of the language it was said in."""
        name = language.names(self.lang, ENGLISH)
        return name.partition(" (")[0] if self.is_english else name

    @property
    def is_english(self) -> bool:
        """True when it was said in English."""
        return self.lang == ENGLISH

    def standing(self) -> "Said":
        """The answer as it stands, without those before it."""
        return replace(self, before=())


@dataclass(frozen=True)
class Evidence:
    """What raised a concern: the words, and the question they answer where there is one."""

    question: str | None
    words: str
    english: str | None
    lang: str


@dataclass(frozen=True)
class Raised:
    """A concern and what raised it; None for those who may know only that it is there."""

    concern: Concern
    evidence: Evidence | None


def raised(concern: Concern) -> Raised:
    """A concern with its words, for the officer who reads them."""
    asked, words = concern.consultation, concern.evidence or ""
    question = _question(asked, concern.question)
    tag = language.get(asked.language).tag
    label, english = words, None
    if question is not None and question.is_chosen:
        label = " · ".join(_label(question, code, tag) for code in words.split())
        english = " · ".join(_label(question, code, ENGLISH) for code in words.split())
    if tag == ENGLISH or english == words:
        english = None
    title = question_in_english(question) if question else _topic(concern)
    return Raised(concern, Evidence(title, label, english, tag))


def _topic(concern: Concern) -> str | None:
    """What a message is about, as the person chose it."""
    if concern.reason != MESSAGE or not concern.question:
        return None
    return language.words(f"staff.concern.{concern.question}", ENGLISH)


def form_of(consultation: Consultation) -> Form | None:
    """Everything the consultation can ask, whatever its depth; None when it asks nothing."""
    if consultation.questionnaire is None:
        return None
    return talk.form_of(consultation, Depth.FULL)


def _question(consultation: Consultation, name: str | None) -> Question | None:
    form = form_of(consultation)
    return form.by_id.get(name) if form and name else None


def told(
    question: Question, rows: Sequence[Answer], media: Mapping[int, Attachment] | None = None
) -> Said:
    """The answer that stands among `rows` (oldest first), with those before it.

    What came as a picture or a sound stands with it, unless it was taken back since.
    """
    said = [_said(question, row) for row in rows]
    first = len(rows) - _together(rows)
    return replace(
        said[-1],
        words=tuple(word for one in said[first:] for word in one.words),
        added=is_added(rows[-1]),
        media=tuple(standing_media(rows, media or {})),
        before=_before(said[: first + 1]),
    )


def _together(rows: Sequence[Answer]) -> int:
    """How many rows at the end stand together: what was added, and what it was added to."""
    added = len(list(takewhile(is_added, reversed(rows))))
    to = rows[-added - 1] if added < len(rows) else None
    joins = added and to is not None and not is_skip(to) and to.audience == rows[-1].audience
    return added + 1 if joins else max(added, 1)


def standing_media(rows: Sequence[Answer], media: Mapping[int, Attachment]) -> list[Attachment]:
    """Of the pictures and sounds among `rows` (oldest first), those not taken back since."""
    standing: list[Attachment] = []
    for row in rows:
        found = media.get(row.id)
        standing = [] if is_skip(row) else standing + ([found] if found else [])
    return standing


def _before(said: Sequence[Said]) -> tuple[Said, ...]:
    """Earlier answers, newest first; one without words of its own says nothing more."""
    earlier = reversed(said[:-1])
    return tuple(one for one in earlier if one.words or not one.media_alone)


def is_skip(row: Answer) -> bool:
    """True for an answer that says nothing, in words or otherwise."""
    return row.code is None and row.text_sealed is None


def _said(question: Question, row: Answer) -> Said:
    tag = language.get(row.language).tag
    return Said(
        question=question_in_english(question),
        words=_words(question, row, tag),
        english=()
        if tag == ENGLISH or question.kind is Kind.TEXT
        else _words(question, row, ENGLISH),
        lang=tag,
        written=question.kind is Kind.TEXT,
        media_alone=question.kind is Kind.TEXT and row.code is not None and not row.text_sealed,
        audience=Audience(row.audience),
        channel=row.channel,
        typist=row.typist,
        said_at=row.said_at,
    )


def _words(question: Question, row: Answer, tag: str) -> tuple[str, ...]:
    if row.code is None or question.kind is Kind.TEXT:
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
