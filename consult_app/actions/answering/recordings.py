"""Questions read aloud by a person: uploaded, replaced, found for who wants to listen."""

import hashlib
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app import clock, language
from consult_app.actions.answering import sounds
from consult_app.actions.answering.attachments import Unfit
from consult_app.conversation.form import Question
from consult_app.models.recording import Recording

LARGEST = 2 * 1024 * 1024
PLAYED_EVERYWHERE = frozenset({"audio/wav", "audio/mpeg", "audio/ogg", "audio/webm"})


def keep(
    session: Session, question: Question, tag: str, data: bytes, *, staff_id: int
) -> Recording | Unfit:
    """Let `data` be what is heard at `question` in the language `tag`, instead of any before."""
    unfit = _unfit(data)
    if unfit:
        return unfit
    recording = _of(session, question, tag) or Recording(wording=question.words, language=tag)
    recording.words_hash = words_hash(question, tag)
    recording.media_type, recording.content = sounds.bare(data)
    recording.hash = hashlib.sha256(recording.content).hexdigest()
    recording.uploaded_at, recording.staff_id = clock.now(), staff_id
    session.add(recording)
    return recording


def _unfit(data: bytes) -> Unfit | None:
    if not data:
        return Unfit.EMPTY
    if len(data) > LARGEST:
        return Unfit.TOO_LARGE
    try:
        return None if sounds.media_type(data) in PLAYED_EVERYWHERE else Unfit.OTHER_KIND
    except sounds.NotASound:
        return Unfit.OTHER_KIND


def words_hash(question: Question, tag: str) -> str:
    """What the question's words are now, as a fingerprint."""
    hint = language.hint_words(question, tag) or ""
    return hashlib.sha256(f"{language.question_words(question, tag)}\n{hint}".encode()).hexdigest()


def heard_at(session: Session, question: Question, tag: str) -> Recording | None:
    """The recording of these very words; None where there is none, or the words have changed."""
    found = _of(session, question, tag)
    return found if found and found.words_hash == words_hash(question, tag) else None


def _of(session: Session, question: Question, tag: str) -> Recording | None:
    return session.scalar(
        select(Recording).where(Recording.wording == question.words, Recording.language == tag)
    )


def by_hash(session: Session, content_hash: str) -> Recording | None:
    """What is served at an address."""
    return session.scalar(select(Recording).where(Recording.hash == content_hash).limit(1))


def among(session: Session, questions: Iterable[Question]) -> Mapping[tuple[str, str], Recording]:
    """What is recorded of these questions, by wording and language."""
    wordings = [question.words for question in questions]
    found = session.scalars(select(Recording).where(Recording.wording.in_(wordings)))
    return {(one.wording, one.language): one for one in found}
