"""Concerns that staff raise, and how a person closes one."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConcernLevel

BY_STAFF = "staff"


def raise_by_staff(
    session: Session, consultation: Consultation, level: ConcernLevel, words: str, now: datetime
) -> Concern:
    """Open a concern from what a member of staff heard or saw, in their `words`."""
    concern = Concern(
        consultation_id=consultation.id,
        level=level,
        reason=BY_STAFF,
        evidence=words.strip(),
        opened_at=now,
    )
    session.add(concern)
    session.flush()
    return concern


def close(
    session: Session, concern_id: int, *, staff_id: int, note: str, now: datetime
) -> Concern | None:
    """Close a concern with a note of what was done; None when there is no note.

    One that was closed before keeps its first closing.
    """
    if not note.strip():
        return None
    concern = session.get_one(Concern, concern_id)
    if concern.closed_at is None:
        concern.closed_at, concern.closed_by_id = now, staff_id
        concern.closing_note = note.strip()
    return concern
