"""How answers and concerns are written and read back; used by actions.talk alone."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import set_committed_value

from consult_app import clock, sealing
from consult_app.actions.answering import attachments
from consult_app.actions.answering.attachments import Media
from consult_app.conversation import answers
from consult_app.conversation.answers import State, Understood
from consult_app.conversation.form import Audience, Form, Kind, Question, Value
from consult_app.db import new_id
from consult_app.models.answer import Answer, Kept, Said, place
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, ConcernLevel, MediaKind, Typist
from consult_app.models.registry import metadata

LONGEST = 10_000
INVOLVED = "involved"
"""The question that closes a professional's form when the answer is no."""

_ANSWERS, _CONSULTATIONS = metadata.tables["answer"], metadata.tables["consultation"]
_ROWS = (
    select(*(_ANSWERS.c[name] for name in Kept._fields))
    .where(_ANSWERS.c.consultation_id == bindparam("consultation"))
    .order_by(_ANSWERS.c.id)
)
_INSERT = insert(_ANSWERS)
_STATE = (
    update(_CONSULTATIONS)
    .where(_CONSULTATIONS.c.id == bindparam("consultation"))
    .values({name: bindparam(name) for name in ("waiting", "finished", "heard_at")})
)
MEDIA = frozenset(MediaKind)


@dataclass(frozen=True)
class Source:
    """Where a message came from. `client_id` is made in the browser, or is the provider's id.

    `question` names what the sender was looking at, where the channel knows; `audience` is
    who may see the answer, where the respondent chose.
    """

    channel: Channel
    client_id: str
    typist: Typist = Typist.SELF
    question: str | None = None
    audience: Audience | None = None


def clean(text: str) -> str:
    """What was typed, without control characters, in NFC, line ends as one sign."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (char for char in plain if char in "\n\t" or unicodedata.category(char) != "Cc")
    return "".join(kept)[:LONGEST]


def cleaned(value: Value) -> Value:
    """A page's value with its text cleaned; blank text is a skip."""
    if isinstance(value, str):
        return clean(value).strip() or None
    return value or None


def rows(session: Session, consultation_id: int) -> tuple[Kept, ...]:
    """Every answer of a consultation, oldest first: the last one to a question stands."""
    found = _at_once(session).execute(_ROWS, {"consultation": consultation_id}).all()
    return tuple(map(Kept._make, found))


def _at_once(session: Session) -> Connection:
    """Where statements made once are run, past the object mapper: every answer waits for these."""
    if session.new:
        session.flush()
    return session.connection()


def remember_state(session: Session, consultation: Consultation, state: State) -> None:
    """Write down where the conversation stands."""
    now = {"waiting": state.waiting, "finished": state.finished, "heard_at": clock.now()}
    _at_once(session).execute(_STATE, now | {"consultation": consultation.id})
    for name, value in now.items():
        set_committed_value(consultation, name, value)


def value(form: Form, row: Said) -> Value:
    """What a row says: codes as the form's kind has them, text opened.

    A drawing, a photo or a voice note without words is an empty text: answered, nothing to read.
    """
    if row.code is None:
        return row.text
    question = form.by_id.get(row.question)
    if question is not None and question.kind is Kind.TEXT:
        return row.text or ""
    many = question is not None and question.kind is Kind.MANY
    return tuple(row.code.split()) if many else row.code


def says_not_involved(consultation: Consultation, form: Form) -> bool:
    """True when the form asks whether they have a part in this, and the answer that stands is no.

    A form without that question costs no statement.
    """
    session = object_session(consultation)
    if INVOLVED not in form.by_id or session is None:
        return False
    said = (
        select(Answer.code)
        .where(Answer.consultation_id == consultation.id, Answer.question == INVOLVED)
        .order_by(Answer.id.desc())
        .limit(1)
    )
    return session.scalar(said) == "no"


def question_of(known: Iterable[Said], client_id: str) -> str | None:
    """The question that a message with this id answered before."""
    return next((row.question for row in known if row.client_id == client_id), None)


def is_known(known: Iterable[Said], said: Understood, client_id: str) -> bool:
    """True when this very answer was stored under this id already."""
    print_of = digest(said.question, said.value)
    return any(row.client_id == client_id and row.digest == print_of for row in known)


def digest(question: str, value: Value) -> str:
    """A keyed fingerprint of what was said to a question."""
    return sealing.ring().hash(f"{question}\n{value!r}")


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
    """Insert rows by a statement made once: every answer passes here."""
    kept = tuple(_kept(content, source) for content in contents)
    beside = {
        "consultation_id": consultation.id,
        "language": consultation.language,
        "channel": source.channel,
        "typist": source.typist,
    }
    fresh = [row._asdict() | beside for row in kept]
    if fresh:  # one alone is not sent as many: that costs more
        _at_once(session).execute(_INSERT, fresh if len(fresh) > 1 else fresh[0])
    return kept


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
    consultation: Consultation,
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
                Concern.consultation_id == consultation.id, Concern.closed_at.is_(None)
            )
        )
    }
    for concern in raised:
        level = ConcernLevel(concern.level)
        if (concern.question, concern.reason.value, level) in open_now:
            continue
        session.add(
            Concern(
                consultation_id=consultation.id,
                level=level,
                reason=concern.reason.value,
                question=concern.question,
                evidence=texts.get(concern.question or "") or concern.evidence,
                opened_at=clock.now(),
            )
        )
