"""How answers, concerns and the state of a conversation are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from consult_app import clock, sealing
from consult_app.actions.answering import attachments
from consult_app.actions.answering.attachments import Media
from consult_app.actions.answering.remembering import MEDIA, Source, at_once, digest
from consult_app.conversation import answers
from consult_app.conversation.answers import State
from consult_app.conversation.form import Audience, Kind, Question, Value
from consult_app.db import new_id
from consult_app.models.answer import Kept, Said, place
from consult_app.models.concern import Concern
from consult_app.models.consultation import Asked, Consultation
from consult_app.models.kinds import ConcernLevel
from consult_app.models.registry import metadata

_ANSWERS, _CONSULTATIONS = metadata.tables["answer"], metadata.tables["consultation"]
INSERT = insert(_ANSWERS)
_STATE = (
    update(_CONSULTATIONS)
    .where(_CONSULTATIONS.c.id == bindparam("consultation"))
    .values({name: bindparam(name) for name in ("waiting", "finished", "heard_at")})
)


def remember_state(session: Session, consultation: Consultation, state: State) -> None:
    """Write down where the conversation stands."""
    now = {"waiting": state.waiting, "finished": state.finished, "heard_at": clock.now()}
    at_once(session).execute(_STATE, now | {"consultation": consultation.id})
    for name, value in now.items():
        set_committed_value(consultation, name, value)


def touch(consultation: Consultation) -> None:
    """Move the last moment on by the least there is: who looked before this writes nothing."""
    if consultation.heard_at is not None:
        consultation.heard_at += timedelta(microseconds=1)


def write(
    session: Session,
    consultation: Consultation,
    said: Iterable[tuple[Question, Value]],
    source: Source,
    audiences: Mapping[str, Audience] | None,
) -> tuple[Kept, ...]:
    """Add answers beside those before them, however many, by one statement."""
    wished = audiences or {}
    contents = [
        _content(question, value, wished.get(question.id) or source.audience)
        for question, value in said
    ]
    return _add(session, consultation, source, *contents)


def _content(question: Question, value: Value, wished: Audience | None) -> "Content":
    is_text = question.kind is Kind.TEXT
    return Content(
        question=question.id,
        audience=_audience(question, wished),
        digest=digest(question.id, value),
        code=None if is_text else " ".join(value) if isinstance(value, tuple) else value,
        text=value if is_text and isinstance(value, str) else None,
    )


@dataclass(frozen=True)
class Content:
    """What an answer says, before it is a row."""

    question: str
    audience: Audience
    digest: str
    code: str | None = None
    text: str | None = None


def _add(
    session: Session, consultation: Consultation, source: Source, *contents: Content
) -> tuple[Kept, ...]:
    """Insert rows by a statement made once."""
    kept = tuple(_kept(content, source) for content in contents)
    fresh = [columns(row, consultation, source) for row in kept]
    if fresh:  # one alone is not sent as many: that costs more
        at_once(session).execute(INSERT, fresh if len(fresh) > 1 else fresh[0])
    return kept


def columns(row: Kept, asked: Asked, source: Source) -> dict[str, object]:
    """An answer with what only its table needs."""
    return row._asdict() | {
        "consultation_id": asked.id,
        "language": asked.language,
        "channel": source.channel,
        "typist": source.typist,
    }


def made(question: Question, value: Value, source: Source) -> Kept:
    """The row of one answer, not yet written."""
    return _kept(_content(question, value, source.audience), source)


def _kept(said: Content, source: Source) -> Kept:
    """The row of an answer; its words are sealed for it."""
    fresh, text = new_id(), said.text
    return Kept(
        id=fresh,
        question=said.question,
        code=said.code,
        text_sealed=None if text is None else sealing.ring().seal(text, place(fresh)),
        audience=said.audience.value,
        client_id=source.client_id,
        digest=said.digest,
        said_at=clock.now(),
    )


def _audience(question: Question, wished: Audience | None) -> Audience:
    """The audience that the respondent wants, where the question lets them; else its own."""
    return wished if wished in question.audiences else question.audience


def write_media(
    session: Session,
    consultation: Consultation,
    said: tuple[Question, Value],
    media: Media,
    source: Source,
) -> Kept:
    """Add an answer that is a drawing, a photo or a voice note; words that stand stay with it."""
    question, words = said
    content = Content(
        question=question.id,
        audience=_audience(question, source.audience),
        digest=digest(question.id, media.fingerprint),
        code=media.kind.value,
        text=words if isinstance(words, str) else None,
    )
    (row,) = _add(session, consultation, source, content)
    attachments.keep(session, consultation, row, media)
    return row


def narrow_media(
    session: Session,
    consultation: Consultation,
    standing: Said,
    source: Source,
    told: tuple[Question, Audience],
) -> Kept:
    """Say anew who may see the drawing, photo or voice note that stands to a question."""
    question, audience = told
    content = Content(
        question=question.id,
        audience=_audience(question, audience),
        digest=digest(question.id, f"{standing.code} {audience}"),
        code=standing.code,
    )
    (row,) = _add(session, consultation, source, content)
    return row


def _media_of(row: Said) -> str | None:
    return row.code if row.code in MEDIA else None


def raise_concerns(
    session: Session,
    asked: Asked,
    outcomes: Iterable[answers.Outcome],
    written: Iterable[Said],
) -> None:
    """Open a concern for each that a turn raised, unless the same one is open already."""
    raised = [outcome for outcome in outcomes if isinstance(outcome, answers.Concern)]
    if not raised:
        return
    texts = {row.question: row.text or _media_of(row) for row in written}
    open_now = {
        (question, reason, level)
        for question, reason, level in session.execute(
            select(Concern.question, Concern.reason, Concern.level).where(
                Concern.consultation_id == asked.id, Concern.closed_at.is_(None)
            )
        )
    }
    for concern in raised:
        level = ConcernLevel(concern.level)
        if (concern.question, concern.reason.value, level) in open_now:
            continue
        session.add(
            Concern(
                consultation_id=asked.id,
                level=level,
                reason=concern.reason.value,
                question=concern.question,
                evidence=texts.get(concern.question or "") or concern.evidence,
                opened_at=clock.now(),
            )
        )
