"""The pack: all that was said for one review, laid out for its reviewing officer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult_app import clock
from consult_app.actions.answering import attachments, remembering
from consult_app.actions.answering.remembering import MEDIA
from consult_app.conversation.form import Audience, Depth, Form
from consult_app.conversation.path import path
from consult_app.models.answer import Answer
from consult_app.models.attachment import Attachment
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Purpose, Role
from consult_app.models.review import Review
from consult_app.staff.sayings import (
    Raised,
    Said,
    form_of,
    is_skip,
    question_in_english,
    raised,
    section_in_english,
    told,
)


@dataclass(frozen=True)
class Part:
    """One section of a consultation, with what was said in it."""

    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Voice:
    """One respondent: what they said, what they did not, and how it came.

    `codes` are the standing answers that were chosen, by question.
    """

    consultation: Consultation
    parts: tuple[Part, ...] = ()
    skipped: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    counted: int = 0
    late: bool = False
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def has_said(self) -> bool:
        """True when there are words to read."""
        return bool(self.parts)


@dataclass(frozen=True)
class Pack:
    """One review with its concerns and voices, the child's first.

    `voices` spoke before the review, `afterwards` are those asked how it was.
    """

    review: Review
    voices: tuple[Voice, ...]
    afterwards: tuple[Voice, ...] = ()
    open: tuple[Raised, ...] = ()
    closed: tuple[Raised, ...] = ()


def find_review(session: Session, review_id: int) -> Review | None:
    """A review with its child and officer; None when there is none."""
    query = select(Review).where(Review.id == review_id)
    return session.scalar(query.options(joinedload(Review.child), joinedload(Review.iro)))


def read(session: Session, review: Review) -> Pack:
    """The whole pack of `review`, in three statements; a fourth where someone drew or spoke."""
    asked = _asked(session, review)
    ids = [consultation.id for consultation in asked]
    answers = _answers(session, ids)
    media = _media(session, answers)
    voices = tuple(_voice(consultation, answers[consultation.id], media) for consultation in asked)
    concerns = _concerns(session, ids)
    return Pack(
        review,
        tuple(voice for voice in voices if voice.consultation.purpose is Purpose.BEFORE),
        tuple(voice for voice in voices if voice.consultation.purpose is Purpose.AFTER),
        open=tuple(raised(concern) for concern in concerns if concern.closed_at is None),
        closed=tuple(raised(concern) for concern in concerns if concern.closed_at is not None),
    )


def to_read_out(pack: Pack) -> tuple[Voice, ...]:
    """Only what respondents said may be said at the meeting, and only as it stands now."""
    return tuple(voice for voice in map(_aloud, pack.voices) if voice.parts)


def _aloud(voice: Voice) -> Voice:
    parts = (
        Part(part.title, tuple(s.standing() for s in part.said if s.audience is Audience.MEETING))
        for part in voice.parts
    )
    return Voice(voice.consultation, tuple(part for part in parts if part.said))


def _asked(session: Session, review: Review) -> list[Consultation]:
    query = (
        select(Consultation)
        .where(Consultation.review_id == review.id)
        .options(joinedload(Consultation.person))
    )
    order = list(Role)
    return sorted(session.scalars(query), key=lambda one: (order.index(one.role), one.ordinal))


def _answers(session: Session, ids: Sequence[int]) -> Mapping[int, list[Answer]]:
    query = select(Answer).where(Answer.consultation_id.in_(ids)).order_by(Answer.id)
    found: dict[int, list[Answer]] = defaultdict(list)
    for answer in session.scalars(query):
        found[answer.consultation_id].append(answer)
    return found


def _media(session: Session, answers: Mapping[int, Sequence[Answer]]) -> Mapping[int, Attachment]:
    """Drawings, photos and voice notes by the answer they came with; not asked for when none did."""
    sent = [asked for asked, rows in answers.items() if any(row.code in MEDIA for row in rows)]
    return {one.answer_id: one for one in attachments.among(session, sent)} if sent else {}


def _concerns(session: Session, ids: Sequence[int]) -> list[Concern]:
    query = (
        select(Concern)
        .where(Concern.consultation_id.in_(ids))
        .order_by(Concern.level.desc(), Concern.opened_at, Concern.id)
    )
    return list(session.scalars(query))


def _voice(
    consultation: Consultation, answers: Sequence[Answer], media: Mapping[int, Attachment]
) -> Voice:
    """What one respondent said, in the questionnaire's order."""
    form = form_of(consultation)
    if form is None:
        return Voice(consultation, late=_is_late(consultation))
    versions: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        versions[answer.question].append(answer)
    standing = {question: rows[-1] for question, rows in versions.items()}
    return Voice(
        consultation,
        parts=_parts(form, versions, media),
        skipped=_named(form, [q for q, row in standing.items() if is_skip(row)]),
        unasked=_unasked(consultation, form, standing),
        counted=sum(_is_counted(row) and not is_skip(row) for row in standing.values()),
        late=_is_late(consultation),
        codes={q: (row.code or "").split() for q, row in standing.items()},
    )


def _parts(
    form: Form, versions: Mapping[str, list[Answer]], media: Mapping[int, Attachment]
) -> tuple[Part, ...]:
    parts = []
    for section in form.sections:
        said = tuple(
            told(question, versions[question.id], media)
            for question in form.in_section(section)
            if question.id in versions and _can_be_shown(versions[question.id])
        )
        if said:
            parts.append(Part(section_in_english(section), said))
    return tuple(parts)


def _can_be_shown(rows: Sequence[Answer]) -> bool:
    """What is only counted is never put with a name; a question that was only skipped says nothing."""
    return not _is_counted(rows[-1]) and not all(map(is_skip, rows))


def _is_counted(row: Answer) -> bool:
    return row.audience == Audience.COUNTED


def _named(form: Form, questions: Sequence[str]) -> tuple[str, ...]:
    return tuple(question_in_english(form.by_id[q]) for q in questions if q in form.by_id)


def _unasked(
    consultation: Consultation, form: Form, standing: Mapping[str, Answer]
) -> tuple[str, ...]:
    """Questions of this person's path that have neither an answer nor a skip."""
    if not standing:
        return ()
    values = {q: remembering.value(form, row) for q, row in standing.items()}
    shown = form.at(Depth(consultation.depth))
    return tuple(question_in_english(q) for q in path(shown, values) if q.id not in standing)


def _is_late(consultation: Consultation) -> bool:
    """True for what was last said after the day of the review, and was asked before it."""
    if consultation.purpose is Purpose.AFTER:
        return False
    day, said = consultation.review.day, consultation.submitted_at or consultation.heard_at
    return day is not None and said is not None and clock.in_london(said).date() > day
