"""What a respondent writes beside the questions: something added after sending, or a message.

A message reaches whoever runs the newest review this person is asked about, as a concern that
only a person closes: nothing is thrown away, and nothing waits unseen.
"""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult_app import clock, language
from consult_app.actions.answering import remembering, talk, writing
from consult_app.actions.answering.remembering import Source
from consult_app.conversation import concern, understand
from consult_app.conversation.form import Audience, Depth, Question
from consult_app.conversation.understand import Command
from consult_app.models.answer import Said
from consult_app.models.concern import Concern
from consult_app.models.consultation import Asked, Consultation
from consult_app.models.kinds import CLOSED_BY_THEM, OPEN_STATUSES, ConcernLevel, ReviewStatus
from consult_app.models.review import Review

OTHER = "other"
"""The question under which something is added: whether there is anything else."""
MESSAGE, ADDED = "message", "added"
ADDED_MARK = "add-"
"""How the client id of an answer that was added begins: it stands beside the one before it."""


class Topic(StrEnum):
    """What a message is about."""

    TELL = "tell"
    PROBLEM = "problem"
    GOOD = "good"
    ADVOCATE = "advocate"
    COMPLAINT = "complaint"
    LANGUAGE = "language"


SAYS_ENOUGH = frozenset({Topic.ADVOCATE, Topic.COMPLAINT, Topic.LANGUAGE})
"""What can be asked for without another word."""


def place(session: Session, asked: Asked) -> Asked:
    """Where a message of this person is read now: at their newest review, by its officer."""
    if asked.person_id is None:
        return asked
    newest = (
        select(Consultation)
        .join(Consultation.review)
        .where(
            Review.child_id
            == select(Review.child_id).where(Review.id == asked.review_id).scalar_subquery(),
            Review.status != ReviewStatus.CANCELLED,
            Consultation.person_id == asked.person_id,
            Consultation.role == asked.role,
            Consultation.status.in_(OPEN_STATUSES),
        )
        .options(joinedload(Consultation.review).joinedload(Review.iro))
        .order_by(Review.day.desc(), Consultation.id.desc())
        .limit(1)
    )
    return session.scalar(newest) or asked


def tell(
    session: Session, consultation: Consultation, topic: Topic, words: str
) -> ConcernLevel | None:
    """Keep a message as a concern; how soon it must be read, None when it says nothing.

    The same message again, while the first is unread, is the same message.
    """
    text = remembering.clean(words).strip()
    if not text and topic not in SAYS_ENOUGH:
        return None
    there = place(session, consultation)
    level = _level(consultation, text)
    question = f"tell.{topic}"
    if not _is_waiting(session, there, question, text):
        session.add(_concern(there, (MESSAGE, question), level, text))
    return level


def may_add(asked: Asked) -> bool:
    """True when something may be added: it was sent, and its form has a place for more."""
    return asked.status in CLOSED_BY_THEM and OTHER in talk.form_of(asked, Depth.FULL).by_id


def add(session: Session, consultation: Consultation, words: str, source: Source) -> bool:
    """Add a text to what was sent, beside what stands, and call the officer to it.

    It is seen by those who see what it is added to. False when it says nothing; twice is once.
    """
    text = remembering.clean(words).strip()
    if not text or not may_add(consultation):
        return False
    question = talk.form_of(consultation, Depth.FULL).by_id[OTHER]
    rows = remembering.rows(session, consultation.id)
    if not any(row.client_id == source.client_id for row in rows):
        _write(session, consultation, (question, text), rows, source)
        level = _level(consultation, text)
        session.add(_concern(consultation, (ADDED, OTHER), level, text))
    return True


def _write(
    session: Session,
    consultation: Consultation,
    said: tuple[Question, str],
    rows: tuple[Said, ...],
    source: Source,
) -> None:
    standing = next((row for row in reversed(rows) if row.question == OTHER), None)
    audiences = {OTHER: Audience(standing.audience)} if standing else None
    writing.write(session, consultation, [said], source, audiences)


def _level(consultation: Consultation, text: str) -> ConcernLevel:
    """Words of distress, or the word for help, make it a matter of safety."""
    labels = language.labels(talk.form_of(consultation), consultation.language)
    helps = understand.command(text, labels) is Command.HELP
    urgent = helps or any(concern.in_words(None, text, labels))
    return ConcernLevel.SAFETY if urgent else ConcernLevel.REQUEST


def _is_waiting(session: Session, there: Asked, question: str, text: str) -> bool:
    """True when these very words about this are open already."""
    waiting = select(Concern).where(
        Concern.consultation_id == there.id,
        Concern.reason == MESSAGE,
        Concern.question == question,
        Concern.closed_at.is_(None),
    )
    return any((one.evidence or "") == text for one in session.scalars(waiting))


def _concern(there: Asked, why: tuple[str, str], level: ConcernLevel, text: str) -> Concern:
    reason, question = why
    return Concern(
        consultation_id=there.id,
        level=level,
        reason=reason,
        question=question,
        evidence=text or None,
        opened_at=clock.now(),
    )
