"""What may not go: to a number that said STOP, or that is marked unsafe for its person."""

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from consult_app import sealing
from consult_app.models.message import Message
from consult_app.models.opt_out import OptOut
from consult_app.models.person import Person

STOP_KEY = "stop:"
"""How the once_key of a STOP's confirmation begins: all that may go to a number that said it."""

HELP_KEY = "help:"
"""How the once_key of the answer to HELP begins: all that may go to an unsafe number."""


def is_barred() -> ColumnElement[bool]:
    """True of a Message that must not leave."""
    stopped = exists().where(OptOut.number_hash == Message.to_hash)
    unsafe = exists().where(
        Person.mobile_hash == Message.to_hash, Person.number_unsafe_at.is_not(None)
    )
    return or_(
        and_(~Message.once_key.startswith(STOP_KEY), stopped),
        and_(~Message.once_key.startswith(HELP_KEY), unsafe),
    )


def is_number_barred(session: Session, number: str, *, helps: bool = False) -> bool:
    """True while nothing may go to `number`; `helps` for the answer to HELP."""
    hashes = sealing.ring().hashes(number)
    stopped = exists().where(OptOut.number_hash.in_(hashes))
    unsafe = exists().where(Person.mobile_hash.in_(hashes), Person.number_unsafe_at.is_not(None))
    return bool(session.scalar(select(stopped if helps else or_(stopped, unsafe))))
