"""What the tables know of a number: consultations, the last texts to it, who has it and had it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from consult_app.db import Moment
from consult_app.models.answer import Answer
from consult_app.models.consultation import Consultation
from consult_app.models.dialogue import Dialogue
from consult_app.models.former_number import FormerNumber
from consult_app.models.kinds import BY_NUMBER, OPEN_STATUSES, MessageKind, MessageState
from consult_app.models.message import Message
from consult_app.models.opt_out import OptOut
from consult_app.models.person import Person
from consult_app.models.review import Review

NEVER_WENT = (MessageState.CANCELLED, MessageState.REFUSED)
UNASKED = (MessageKind.INVITATION, MessageKind.REMINDER)
CROSSING = timedelta(minutes=1)
"""Texts that went out so shortly before one came in may have crossed it."""

BEGINNING = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


class Row(NamedTuple):
    """One consultation of a number; `last` is the one that the last text to it was about."""

    consultation: Consultation
    facing: str | None
    opted_out: bool
    last: int | None
    dialogue: Dialogue | None


def open_rows(session: Session, hashes: Sequence[str], since: datetime) -> list[Row]:
    """What was sent to the number's people after `since` and is open, newest first; locked."""
    found = session.execute(_query(), {"numbers": list(hashes), "since": since})
    rows = [Row(*row) for row in found]
    return list({row.consultation.id: row for row in rows}.values())


def earlier_rows(session: Session, hashes: Sequence[str]) -> list[Row]:
    """The same however long ago it was."""
    return open_rows(session, hashes, BEGINNING)


def people(session: Session, hashes: Sequence[str]) -> tuple[Person, ...]:
    """Whose number it is."""
    return tuple(session.scalars(select(Person).where(Person.mobile_hash.in_(hashes))))


def former(session: Session, hashes: Sequence[str]) -> tuple[Person, ...]:
    """Whose number it was."""
    query = select(Person).join(FormerNumber, FormerNumber.person_id == Person.id)
    return tuple(session.scalars(query.where(FormerNumber.number_hash.in_(hashes)).distinct()))


def is_of(session: Session, consultation_id: int, hashes: Sequence[str]) -> bool:
    """True while the number is that of the consultation's person."""
    query = (
        select(Consultation.id)
        .join(Consultation.person)
        .where(Consultation.id == consultation_id, Person.mobile_hash.in_(hashes))
    )
    return session.scalar(query) is not None


def crossed(session: Session, hashes: Sequence[str], at: datetime) -> bool:
    """True when texts about two consultations went to the number shortly before `at`."""
    query = select(func.count(Message.consultation_id.distinct())).where(
        Message.to_hash.in_(hashes), Message.sent_at >= at - CROSSING
    )
    return (session.scalar(query) or 0) > 1


def wrote_since(
    session: Session, hashes: Sequence[str], moment: datetime, but: int | None = None
) -> bool:
    """True when a text about somebody, `but` one consultation, went to the number since."""
    went = func.coalesce(Message.sent_at, Message.attempted_at)
    known = Message.consultation_id
    about = known.is_not(None) if but is None else known != but
    query = select(Message.id).where(Message.to_hash.in_(hashes), about, went > moment).limit(1)
    return session.scalar(query) is not None


def facing(session: Session, consultation_id: int, at: datetime) -> str | None:
    """What the last text about a consultation asked before `at`, unless they went on elsewhere."""
    query = (
        select(Message.asks)
        .where(
            Message.consultation_id == consultation_id,
            Message.asks.is_not(None),
            Message.posted_at <= at,
            ~_elsewhere(),
        )
        .order_by(Message.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def _elsewhere() -> ColumnElement[bool]:
    return exists().where(
        Answer.consultation_id == Message.consultation_id,
        Answer.id > Message.id,
        Answer.channel.not_in(BY_NUMBER),
    )


def _last(hashes: BindParameter[str]) -> ColumnElement[int | None]:
    """What the last text that went to the number was about, by when it went."""
    went = func.coalesce(Message.sent_at, Message.attempted_at, Message.posted_at)
    unsent = Message.state == MessageState.QUEUED, Message.kind.in_(UNASKED)
    return (
        select(Message.consultation_id)
        .where(
            Message.to_hash.in_(hashes),
            Message.consultation_id.is_not(None),
            Message.state.not_in(NEVER_WENT),
            or_(*(~condition for condition in unsent)),
        )
        .order_by(went.desc(), Message.id.desc())
        .limit(1)
        .scalar_subquery()
    )


@cache
def _query() -> Select[Consultation, str | None, bool, int | None, Dialogue]:
    """One statement: consultations, what each was last asked, the stop list, the dialogue."""
    hashes: BindParameter[str] = bindparam("numbers", expanding=True)
    asked = (
        select(Message.asks)
        .where(Message.consultation_id == Consultation.id, Message.asks.is_not(None), ~_elsewhere())
        .order_by(Message.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    stopped = exists().where(OptOut.number_hash.in_(hashes)).select()
    return (
        select(Consultation, asked, stopped.scalar_subquery(), _last(hashes), Dialogue)
        .join(Consultation.person)
        .join(Consultation.review)
        .join(Review.child)
        .outerjoin(Review.iro)
        .outerjoin(Dialogue, Dialogue.number_hash.in_(hashes))
        .where(
            Person.mobile_hash.in_(hashes),
            Consultation.status.in_(OPEN_STATUSES),
            Consultation.sent_at >= bindparam("since", type_=Moment()),
            Consultation.questionnaire.is_not(None),
        )
        .options(
            contains_eager(Consultation.person),
            contains_eager(Consultation.review).options(
                contains_eager(Review.iro), contains_eager(Review.child)
            ),
        )
        .order_by(Consultation.id.desc())
        .with_for_update(of=Consultation)
        .execution_options(populate_existing=True)
    )
