"""Send what waited for a number to be confirmed."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from consult_app import clock
from consult_app.actions.inviting import asking
from consult_app.actions.inviting.asking import Desk
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus, Purpose, ReviewStatus
from consult_app.models.person import Person
from consult_app.models.review import Review

NOTES = {Purpose.BEFORE: asking.INVITATION, Purpose.AFTER: asking.AFTER}
UNREACHED = (ConsultationStatus.PROPOSED, ConsultationStatus.UNDELIVERABLE)


def release(desk: Desk, people: Iterable[Person]) -> int:
    """Queue the invitations that these people were not sent yet; how many."""
    return sum(_release(desk, row) for row in _waiting(desk, [one.id for one in people]))


def _waiting(desk: Desk, ids: list[int]) -> Iterable[Consultation]:
    today = clock.in_london(desk.now).date()
    coming = (Review.status == ReviewStatus.SCHEDULED) & (Review.day >= today)
    query = (
        select(Consultation)
        .join(Consultation.review)
        .where(
            Consultation.person_id.in_(ids),
            Consultation.status.in_(UNREACHED),
            Consultation.questionnaire.is_not(None),
            or_(Consultation.purpose == Purpose.AFTER, coming),
        )
        .options(
            joinedload(Consultation.person),
            joinedload(Consultation.review).joinedload(Review.iro),
        )
        .order_by(Consultation.id)
        .with_for_update(of=Consultation)
    )
    return desk.session.scalars(query).all()


def _release(desk: Desk, row: Consultation) -> bool:
    note = NOTES[row.purpose]
    if row.status is ConsultationStatus.UNDELIVERABLE:  # what went before did not arrive
        note = replace(note, once=f"{note.once}.again")
    if not asking.send(desk, row, note):
        return False
    row.status, row.sent_at, row.reason = ConsultationStatus.SENT, desk.now, None
    return True
