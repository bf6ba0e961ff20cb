"""Whether a person can be reached at all: what a text's end means for its consultation."""

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus as Status
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from consult_app.models.person import Person
from consult_app.outbox.faults import suggests_new_owner
from consult_app.outbox.quiet import UNASKED

FAILED = frozenset({State.REFUSED, State.UNDELIVERED})
NOT_FAILED = tuple(state for state in State if state not in (*FAILED, State.CANCELLED))


def note_end(session: Session, message: Message) -> None:
    """Mark a consultation whose invitation failed for good, or one that was reached after all."""
    if suggests_new_owner(message.error_code):
        _doubt(session, message.to_hash)
    if message.consultation_id is None:
        return
    if message.state is State.DELIVERED:
        _move(session, message.consultation_id, before=Status.UNDELIVERABLE, after=Status.SENT)
    elif message.kind in UNASKED and message.state in FAILED and not _has_hope(session, message):
        _move(session, message.consultation_id, before=Status.SENT, after=Status.UNDELIVERABLE)


def _doubt(session: Session, number_hash: str) -> None:
    """The number may get a new owner: nothing personal goes there before it is confirmed."""
    session.execute(
        update(Person).where(Person.mobile_hash == number_hash).values(number_checked_at=None)
    )


def _has_hope(session: Session, message: Message) -> bool:
    """True while another text of the same consultation arrived, or may still."""
    other = exists().where(
        Message.consultation_id == message.consultation_id,
        Message.id != message.id,
        Message.state.in_(NOT_FAILED),
    )
    return bool(session.scalar(select(other)))


def _move(session: Session, consultation_id: int, *, before: Status, after: Status) -> None:
    consultation = session.get(Consultation, consultation_id)
    if consultation is not None and consultation.status is before:
        consultation.status = after
