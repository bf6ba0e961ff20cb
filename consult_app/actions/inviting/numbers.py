"""Whether a number may be written to: unsafe, wrong, or to be confirmed before anything personal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult_app import clock, language, sealing
from consult_app.models.kinds import MessageKind, MessageState
from consult_app.models.message import Message
from consult_app.models.person import Person
from consult_app.outbox.post import Letter, post

ASKED_AGAIN = timedelta(days=14)
"""A number that does not answer is asked again after so long, when there is something to send."""

FRESH = timedelta(days=1)
"""An answer from a number is noted once in so long."""


def mark_unsafe(session: Session, person: Person, staff_id: int, now: datetime) -> int:
    """Nothing goes to the person's number any more, and what is queued for it is cancelled.

    Everybody who has this number is meant. How many texts were cancelled.
    """
    for one in sharing(session, person):
        one.number_unsafe_at = one.number_unsafe_at or now
        one.number_unsafe_by_id = one.number_unsafe_by_id or staff_id
    session.flush()
    cancelled = session.execute(
        update(Message)
        .where(Message.to_hash.in_(_hashes(person)), Message.state == MessageState.QUEUED)
        .values(state=MessageState.CANCELLED, settled_at=now)
    )
    return int(cancelled.rowcount)  # type: ignore[attr-defined]  # an update has it


def mark_safe(session: Session, person: Person) -> None:
    """The number may be written to again."""
    for one in sharing(session, person):
        one.number_unsafe_at = one.number_unsafe_by_id = None


def confirm(people: Iterable[Person], now: datetime) -> None:
    """The number is theirs: somebody there said so, or staff did."""
    for one in people:
        one.number_checked_at, one.number_asked_at, one.number_wrong_at = now, None, None


def mark_wrong(people: Iterable[Person], now: datetime) -> None:
    """Whoever has the number says that this is not for them: nothing goes there."""
    for one in people:
        one.number_wrong_at, one.number_asked_at, one.number_checked_at = now, None, None


def note_answer(person: Person | None, hashes: Sequence[str], now: datetime) -> None:
    """They answered from their number, so it is theirs."""
    if person is None or person.mobile_hash not in hashes:
        return
    if person.number_checked_at is None or person.number_checked_at < now - FRESH:
        person.number_checked_at = now


def ask(session: Session, person: Person, now: datetime) -> bool:
    """Queue the neutral text that asks whether a number is right: no name, no day, no link."""
    asked, to = person.number_asked_at, person.mobile
    if not to or person.number_wrong_at or (asked is not None and asked > now - ASKED_AGAIN):
        return False
    for one in sharing(session, person):
        one.number_asked_at = now
    words, tag = check_words(person)
    day = clock.in_london(now).date()
    letter = Letter(
        to=to,
        body=words,
        language=tag,
        kind=MessageKind.INVITATION,
        once_key=f"check:{sealing.ring().hash(to)[:32]}:{day}",
        due_at=now,
    )
    return post(session, letter) is not None


def check_words(person: Person) -> tuple[str, str]:
    """The neutral text, and the language it is in."""
    read = person.language_read
    tag = read if language.is_offered(read) else language.ENGLISH
    return language.words("texts.number.check", tag), tag


@dataclass(frozen=True)
class State:
    """What a number is to us, and since when."""

    name: str
    since: datetime | None


def state(person: Person, now: datetime, days: int) -> State:
    """The worst that is known of a person's number."""
    known = (
        State("unsafe", person.number_unsafe_at),
        State("wrong", person.number_wrong_at),
        State("asked", person.number_asked_at),
        State("right" if not person.is_doubtful(now, days) else "doubtful", now),
    )
    worst = next(one for one in known if one.since is not None)
    return State("right", person.number_checked_at) if worst.name == "right" else worst


def known(session: Session, person: Person) -> Sequence[Person]:
    """Everybody who has the person's number, for reading."""
    return session.scalars(select(Person).where(Person.mobile_hash.in_(_hashes(person)))).all()


def sharing(session: Session, person: Person) -> Sequence[Person]:
    """Everybody who has the person's number, themselves among them; locked."""
    query = select(Person).where(Person.mobile_hash.in_(_hashes(person))).order_by(Person.id)
    return session.scalars(query.with_for_update()).all()


def _hashes(person: Person) -> list[str]:
    return sealing.ring().hashes(person.mobile) if person.mobile else [person.mobile_hash or ""]
