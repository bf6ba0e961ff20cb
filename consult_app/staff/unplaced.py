"""Texts that came in and belong to no consultation for sure.

Those from numbers nobody knows are for business support; those that may be an answer in one
review are for that review's officer alone.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState, StaffRole
from consult_app.models.review import Review
from consult_app.staff.guard import account

PAGE = 50


@dataclass(frozen=True)
class Text:
    """One text: who sent it, what it says, and the review it may belong to."""

    sender: str | None
    body: str | None
    received_at: datetime
    review_id: int | None


@dataclass(frozen=True)
class Page:
    """A page of texts, newest first."""

    rows: tuple[Text, ...]
    more: bool
    number: int


def read(session: Session, number: int) -> Page:
    """One page of what the account may read, in one statement."""
    who = account()
    nobodys = Inbound.consultation_id.is_(None) if who.has_any(StaffRole.SUPPORT) else false()
    own: ColumnElement[bool] = false()
    if who.has_any(StaffRole.IRO) and who.iro_id is not None:
        own = Review.iro_id == who.iro_id
    query = (
        select(Inbound, Review.id)
        .outerjoin(Consultation, Inbound.consultation_id == Consultation.id)
        .outerjoin(Review, Consultation.review_id == Review.id)
        .where(Inbound.state == InboundState.QUARANTINED, or_(nobodys, own))
        .order_by(Inbound.received_at.desc(), Inbound.id.desc())
    )
    found = session.execute(query.offset((number - 1) * PAGE).limit(PAGE + 1)).all()
    rows = tuple(Text(i.sender, i.body, i.received_at, review) for i, review in found[:PAGE])
    return Page(rows, len(found) > PAGE, number)
