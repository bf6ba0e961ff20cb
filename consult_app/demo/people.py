"""Whose phones there are in the demo: names, roles and languages, as the records have them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult_app import language, sealing
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import OPEN_STATUSES, Role
from consult_app.models.message import Message
from consult_app.models.person import Person

MOST_OWNERS = 24
KEY_LENGTH = 16
ROLES = (Role.CHILD, Role.CARER, Role.PARENT)
STRANGER = "+447700900990"
"""A number that is in no file."""
USUAL = (language.ENGLISH, "ar", "ti")
"""In these languages are the phones that are shown first."""


@dataclass(frozen=True)
class Owner:
    """Somebody whose phone it is; `key` stands for its number."""

    person_id: int
    key: str
    number: str
    name: str
    role: Role
    status: str
    language: language.Language
    texts: int = 0


def owners(session: Session, *, role: str, tag: str) -> list[Owner]:
    """The phones written to last, of one role and language when they are named."""
    query = _query().where(Consultation.role.in_(ROLES)).limit(MOST_OWNERS)
    if role in ROLES:
        query = query.where(Consultation.role == role)
    if language.is_offered(tag):
        query = query.where(Consultation.language == tag)
    return [_owner(*row) for row in session.execute(query)]


def owners_of(session: Session, hashes: Sequence[str]) -> list[Owner]:
    """Those whose number it is in the records, each once."""
    query = _query().where(Person.mobile_hash.in_(hashes))
    found = [_owner(*row) for row in session.execute(query)]
    return list({one.person_id: one for one in reversed(found)}.values())


def numbers(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """The numbers of some phones by their keys; a key that was never anybody's is left out."""
    wanted = [key for key in keys if len(key) == KEY_LENGTH and key.isalnum()]
    known = func.substr(Person.mobile_hash, 1, KEY_LENGTH).label("key")
    people = session.execute(select(known, Person).where(known.in_(wanted)).order_by(Person.id))
    found = {key: person.mobile for key, person in people if person.mobile}
    for key in wanted:
        number = found.get(key) or _written_to(session, key)
        if number:
            found[key] = number
    return {key: found[key] for key in wanted if key in found}


def _written_to(session: Session, key: str) -> str | None:
    """A number that is in the records no more, or never was."""
    if key == stranger_key():
        return STRANGER
    began = select(Message).where(Message.to_hash.between(key, f"{key}g")).limit(1)
    message = session.scalar(began)
    return message.to if message else None


def key_of(number: str) -> str:
    """What stands for a number in an address."""
    return sealing.ring().hash(number)[:KEY_LENGTH]


def stranger_key() -> str:
    """The phone that is nobody's."""
    return key_of(STRANGER)


def usual(session: Session) -> list[str]:
    """The phones shown to who has chosen none: one in each of three languages, not begun yet."""
    groups = [owners(session, role="", tag=tag) for tag in USUAL]
    chosen = [min(found, key=lambda one: one.status != "sent").key for found in groups if found]
    return list(dict.fromkeys(chosen)) or [one.key for one in owners(session, role="", tag="")[:1]]


def _query() -> Select[Person, Consultation, int]:
    texts = (
        select(func.count())
        .where(Message.consultation_id == Consultation.id)
        .correlate(Consultation)
        .scalar_subquery()
    )
    return (
        select(Person, Consultation, texts)
        .join(Consultation, Consultation.person_id == Person.id)
        .where(Person.mobile_hash.is_not(None), Consultation.status.in_(OPEN_STATUSES))
        .order_by(Consultation.sent_at.desc(), Consultation.id.desc())
    )


def _owner(person: Person, consultation: Consultation, texts: int) -> Owner:
    return Owner(
        person_id=person.id,
        key=(person.mobile_hash or "")[:KEY_LENGTH],
        number=person.mobile or "",
        name=person.name or person.reference,
        role=consultation.role,
        status=consultation.status.value,
        language=language.get(consultation.language),
        texts=texts,
    )
