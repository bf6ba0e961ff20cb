"""One respondent asked about one review."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult_app.db import Base, Coded
from consult_app.models.kinds import Channel, ConsultationStatus, Purpose, Role
from consult_app.models.person import Person
from consult_app.models.review import Review
from consult_app.models.sealed import Sealed


class Consultation(Base):
    """`ordinal` tells apart forms of one role at one review (two parents: 1 and 2).

    The conversation's state is questionnaire, version, depth, waiting, finished and language
    here, and the answers in their own table. `told_day` and `told_iro_id` are the day and the
    officer that our texts named last.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        UniqueConstraint("review_id", "role", "ordinal", "purpose"),
        UniqueConstraint("review_id", "person_id", "role", "purpose"),
        Index("ix_consultation_person_id_status", "person_id", "status"),
        Index("ix_consultation_status_sent_at", "status", "sent_at"),
    )

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(Coded(Role, 20))
    ordinal: Mapped[int] = mapped_column(default=1)
    purpose: Mapped[Purpose] = mapped_column(Coded(Purpose, 8), default=Purpose.BEFORE)
    status: Mapped[ConsultationStatus] = mapped_column(
        Coded(ConsultationStatus, 20), default=ConsultationStatus.PROPOSED
    )
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    questionnaire: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int | None]
    modules: Mapped[str] = mapped_column(String(80), default="")
    depth: Mapped[str] = mapped_column(String(8), default="full")
    waiting: Mapped[str | None] = mapped_column(String(60))
    finished: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(20), default="en-GB")
    proposed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
    channel_begun: Mapped[Channel | None] = mapped_column(Coded(Channel, 12))
    channel_finished: Mapped[Channel | None] = mapped_column(Coded(Channel, 12))

    told_day: Mapped[date | None]
    told_iro_id: Mapped[int | None] = mapped_column(ForeignKey("iro.id"))

    review: Mapped[Review] = relationship()
    person: Mapped[Person | None] = relationship()
    reason = Sealed()


class Standing(NamedTuple):
    """A consultation as a page reads it: what a conversation goes on from, and no row to change."""

    id: int
    review_id: int
    person_id: int | None
    role: Role
    purpose: Purpose
    status: ConsultationStatus
    questionnaire: str | None
    version: int | None
    modules: str
    depth: str
    waiting: str | None
    finished: bool
    language: str
    heard_at: datetime | None
    channel_begun: Channel | None


Asked = Consultation | Standing
"""A consultation held to be changed, or read for a page."""
