"""A link that a member of staff hands over: to copy, or to read out on the telephone."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult_app.actions.doors import links
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import OPEN_STATUSES, ConsultationStatus


def can_open(consultation: Consultation) -> bool:
    """True when a link would open something: who could not be reached by text can by hand."""
    was_unreached = consultation.status is ConsultationStatus.UNDELIVERABLE
    return consultation.questionnaire is not None and (
        was_unreached or consultation.status in OPEN_STATUSES
    )


def by_hand(session: Session, consultation: Consultation, now: datetime, days: int) -> str | None:
    """A new link's token, told only here; None where nothing would open."""
    if not can_open(consultation):
        return None
    if consultation.status is ConsultationStatus.UNDELIVERABLE:
        consultation.status = ConsultationStatus.SENT
    return links.new_link(session, consultation, now, days)
