"""Whose text is it: one consultation, several, one that is over, or nobody we know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, exists, select
from sqlalchemy.orm import Session, contains_eager

from consult_app import sealing
from consult_app.db import Moment
from consult_app.models.answer import Answer
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import OPEN_STATUSES, Channel, ConsultationStatus, Purpose
from consult_app.models.message import Message
from consult_app.models.opt_out import OptOut
from consult_app.models.person import Person
from consult_app.models.review import Review


class Found(StrEnum):
    """How sure we are about a sender."""

    NOBODY = "nobody"
    FIRST = "first"
    GOING_ON = "going_on"
    OVER = "over"
    SEVERAL = "several"


@dataclass(frozen=True)
class Whose:
    """The consultations a text may belong to; `facing` is what our last text to it asked.

    It is None when they have gone on elsewhere since: that text is out of date.
    """

    found: Found
    consultations: tuple[Consultation, ...] = ()
    facing: str | None = None
    opted_out: bool = False

    @property
    def one(self) -> Consultation | None:
        """The consultation, when there is no doubt."""
        sure = self.found not in (Found.NOBODY, Found.SEVERAL)
        return self.consultations[0] if sure else None


@dataclass(frozen=True)
class _Row:
    consultation: Consultation
    facing: str | None
    opted_out: bool


def whose(session: Session, number: str, since: datetime) -> Whose:
    """Find whom `number` may be writing as, among what was sent after `since`; rows are locked."""
    values = {"numbers": sealing.ring().hashes(number), "since": since}
    found = session.execute(_query(), values).all()
    rows = [_Row(*row) for row in found]
    if not rows:
        return Whose(Found.NOBODY)
    unfinished = [row for row in _still_asked(rows) if row.consultation.status in (_SENT, _STARTED)]
    if not unfinished:  # the newest comes first
        return _sure(Found.OVER, rows[0])
    certain = unfinished if len(unfinished) == 1 else _by_text(unfinished)
    if len(certain) != 1:
        several = tuple(row.consultation for row in unfinished)
        return Whose(Found.SEVERAL, several, None, rows[0].opted_out)
    begun = certain[0].consultation.status is _STARTED
    return _sure(Found.GOING_ON if begun else Found.FIRST, certain[0])


_SENT, _STARTED = ConsultationStatus.SENT, ConsultationStatus.STARTED


def _sure(found: Found, row: _Row) -> Whose:
    return Whose(found, (row.consultation,), row.facing, row.opted_out)


def _still_asked(rows: Sequence[_Row]) -> list[_Row]:
    """Without what was asked before a review that they are now asked about as over."""
    asked = [row.consultation for row in rows]
    over = {(one.review_id, one.role) for one in asked if one.purpose is Purpose.AFTER}
    return [
        row
        for row in rows
        if row.consultation.purpose is Purpose.AFTER
        or (row.consultation.review_id, row.consultation.role) not in over
    ]


def _by_text(rows: Sequence[_Row]) -> list[_Row]:
    """Those that are being answered by text."""
    return [
        row
        for row in rows
        if row.consultation.status is _STARTED and row.consultation.channel_begun is Channel.SMS
    ]


@cache
def _query() -> "Select[Consultation, str | None, bool]":
    """One statement: the consultations, what each was last asked by text, and the stop list."""
    hashes: BindParameter[str] = bindparam("numbers", expanding=True)
    elsewhere = exists().where(
        Answer.consultation_id == Message.consultation_id,
        Answer.id > Message.id,
        Answer.channel != Channel.SMS,
    )
    asked = (
        select(Message.asks)
        .where(Message.consultation_id == Consultation.id, Message.asks.is_not(None), ~elsewhere)
        .order_by(Message.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    stopped = exists().where(OptOut.number_hash.in_(hashes)).select()
    return (
        select(Consultation, asked, stopped.scalar_subquery())
        .join(Consultation.person)
        .join(Consultation.review)
        .outerjoin(Review.iro)
        .where(
            Person.mobile_hash.in_(hashes),
            Consultation.status.in_(OPEN_STATUSES),
            Consultation.sent_at >= bindparam("since", type_=Moment()),
            Consultation.questionnaire.is_not(None),
        )
        .options(
            contains_eager(Consultation.person),
            contains_eager(Consultation.review).contains_eager(Review.iro),
        )
        .order_by(Consultation.id.desc())
        .with_for_update(of=Consultation)
        .execution_options(populate_existing=True)
    )
