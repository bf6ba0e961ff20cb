"""Where no text arrives: the same invitation once more, by another way that the files name."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult_app.actions import asking
from consult_app.actions.asking import INVITING, Desk, Note
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus, MessageKind, ReviewStatus
from consult_app.models.review import Review

ELSEWHERE = Note(
    "invite", "elsewhere", MessageKind.INVITATION, INVITING, elsewhere=True, each_way=True
)


def ask_elsewhere(desk: Desk, on: date) -> int:
    """Ask whom no invitation has reached, by the next way; how many. No way is tried twice."""
    query = (
        select(Consultation)
        .join(Consultation.review)
        .where(
            Consultation.status == ConsultationStatus.UNDELIVERABLE,
            Consultation.person_id.is_not(None),
            Review.status == ReviewStatus.SCHEDULED,
            Review.day >= on,
        )
        .options(
            joinedload(Consultation.person),
            joinedload(Consultation.review).joinedload(Review.iro),
        )
        .order_by(Consultation.id)
        .with_for_update(of=Consultation)
    )
    return sum(_ask(desk, row) for row in desk.session.scalars(query))


def _ask(desk: Desk, row: Consultation) -> bool:
    sent = asking.send(desk, row, ELSEWHERE)
    if sent:
        row.status = ConsultationStatus.SENT
    return sent
