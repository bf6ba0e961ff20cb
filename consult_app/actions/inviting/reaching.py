"""Which way somebody is reached: a text, WhatsApp where they asked for it, e-mail, a letter."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.config import Settings
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, Role
from consult_app.models.message import Message
from consult_app.models.person import Person
from consult_app.outbox.opted_out import stopped_among
from consult_app.outbox.quiet import UNASKED
from consult_app.outbox.reach import FAILED

OWN_MOBILE = frozenset({Role.CHILD, Role.CARE_LEAVER})
"""Who is written to elsewhere only where there is no mobile: an inbox may be a family's."""


@dataclass(frozen=True)
class Way:
    """One channel and the number or address there."""

    channel: Channel
    to: str


def known_ways(settings: Settings, person: Person, role: Role) -> tuple[Way, ...]:
    """Every way that the service has and the files name, the first to be tried first."""
    mobile = None if person.number_unsafe_at or person.number_wrong_at else person.mobile
    elsewhere = role not in OWN_MOBILE or not person.mobile
    listed = (
        (Channel.SMS, mobile),
        (Channel.WHATSAPP, mobile if person.whatsapp else None),
        (Channel.EMAIL, person.email if elsewhere else None),
        (Channel.LETTER, person.address if elsewhere else None),
    )
    return tuple(Way(channel, to) for channel, to in listed if to and channel in settings.channels)


def allowed(session: Session, ways: Collection[Way]) -> tuple[Way, ...]:
    """Those of some ways on which nobody said STOP."""
    stopped = stopped_among(session, {way.to for way in ways})
    return tuple(way for way in ways if way.to not in stopped)


def ways_to(session: Session, settings: Settings, person: Person, role: Role) -> tuple[Way, ...]:
    """Every way that the service has and the person allows."""
    return allowed(session, known_ways(settings, person, role))


def first(ways: Collection[Way]) -> Way | None:
    """The usual way."""
    return next(iter(ways), None)


def another(session: Session, row: Consultation, ways: Collection[Way]) -> Way | None:
    """A way on which nothing was tried for this consultation, else the first that did not fail."""
    query = select(Message.channel, Message.state).where(
        Message.consultation_id == row.id, Message.kind.in_(UNASKED)
    )
    tried = [(channel, state) for channel, state in session.execute(query)]
    used = {channel for channel, _ in tried}
    failed = {channel for channel, state in tried if state in FAILED}
    fresh = [way for way in ways if way.channel not in used]
    return first(fresh) or first([way for way in ways if way.channel not in failed])
