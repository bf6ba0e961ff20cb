"""What has not come back: who was asked, when, how often; never what anyone said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, contains_eager

from consult_app.actions.texts.placing import WAITING
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import (
    ConsultationStatus,
    MessageKind,
    MessageState,
    ReviewStatus,
)
from consult_app.models.message import Message
from consult_app.models.review import Review
from consult_app.outbox.reach import FAILED

PAGE = 50


class Show(StrEnum):
    """Which consultations are listed."""

    WAITING = "waiting"
    UNREACHED = "unreached"
    UNSENT = "unsent"


SHOWN = {
    Show.WAITING: (ConsultationStatus.SENT, ConsultationStatus.STARTED),
    Show.UNREACHED: (ConsultationStatus.UNDELIVERABLE, ConsultationStatus.NOT_CONSULTED),
    Show.UNSENT: (ConsultationStatus.PROPOSED, ConsultationStatus.ENDORSED),
}


@dataclass(frozen=True)
class Row:
    """One consultation that has not come back, and what became of its texts."""

    consultation: Consultation
    reminders: int
    failed: int


@dataclass(frozen=True)
class Post:
    """How the outbox stands: counts of texts."""

    waiting: int
    unknown: int
    failed: int
    unplaced: int


@dataclass(frozen=True)
class Page:
    """A page of rows, soonest review first."""

    rows: tuple[Row, ...]
    more: bool
    show: Show
    number: int


def read(session: Session, show: Show, number: int, today: date) -> Page:
    """One page, in two statements."""
    found = list(session.scalars(_listed(show, today).offset((number - 1) * PAGE).limit(PAGE + 1)))
    counts = _texts(session, [consultation.id for consultation in found[:PAGE]])
    rows = tuple(Row(c, *counts.get(c.id, (0, 0))) for c in found[:PAGE])
    return Page(rows, len(found) > PAGE, show, number)


def _listed(show: Show, today: date) -> Select[Consultation]:
    return (
        select(Consultation)
        .join(Consultation.review)
        .join(Review.child)
        .outerjoin(Review.iro)
        .outerjoin(Consultation.person)
        .options(
            contains_eager(Consultation.person),
            contains_eager(Consultation.review).options(
                contains_eager(Review.child), contains_eager(Review.iro)
            ),
        )
        .where(
            Consultation.status.in_(SHOWN[show]),
            Review.status == ReviewStatus.SCHEDULED,
            Review.day >= today,
        )
        .order_by(Review.day, Review.id, Consultation.id)
    )


def _texts(session: Session, ids: list[int]) -> Mapping[int, tuple[int, int]]:
    """Reminders sent and texts failed, by consultation."""
    query = (
        select(
            Message.consultation_id,
            _sum(Message.kind == MessageKind.REMINDER),
            _sum(Message.state.in_(FAILED)),
        )
        .where(Message.consultation_id.in_(ids))
        .group_by(Message.consultation_id)
    )
    return {row[0] or 0: (int(row[1]), int(row[2])) for row in session.execute(query)}


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def post(session: Session) -> Post:
    """How many texts wait, are unknown, or failed, and how many replies have no place."""
    unfinished = (MessageState.QUEUED, MessageState.SENDING, MessageState.UNKNOWN, *FAILED)
    grouped = (
        select(Message.state, func.count())
        .where(Message.state.in_(unfinished))
        .group_by(Message.state)
    )
    counts = {row[0]: row[1] for row in session.execute(grouped)}
    unplaced = session.scalar(select(func.count()).where(Inbound.state.in_(WAITING)))
    return Post(
        waiting=counts.get(MessageState.QUEUED, 0) + counts.get(MessageState.SENDING, 0),
        unknown=counts.get(MessageState.UNKNOWN, 0),
        failed=sum(counts.get(state, 0) for state in FAILED),
        unplaced=unplaced or 0,
    )
