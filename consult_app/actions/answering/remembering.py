"""How what somebody says is cleaned, known again and read back."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session, object_session

from consult_app import sealing
from consult_app.conversation.answers import Understood
from consult_app.conversation.form import Audience, Form, Kind, Value
from consult_app.models.answer import Answer, Kept, Said
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, MediaKind, Typist
from consult_app.models.registry import metadata

LONGEST = 10_000
MEDIA = frozenset(MediaKind)
INVOLVED = "involved"
"""The question that closes a professional's form when the answer is no."""

_ANSWERS = metadata.tables["answer"]
_ROWS = (
    select(*(_ANSWERS.c[name] for name in Kept._fields))
    .where(_ANSWERS.c.consultation_id == bindparam("consultation"))
    .order_by(_ANSWERS.c.id)
)


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
    found = at_once(session).execute(_ROWS, {"consultation": consultation_id}).all()
    return tuple(map(Kept._make, found))


def at_once(session: Session) -> Connection:
    """Where statements made once are run, past the object mapper: every answer waits for these."""
    if session.new:
        session.flush()
    return session.connection()


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
