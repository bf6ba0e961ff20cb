"""Something a person must look at soon; closed only by a person."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult_app.db import Base, Coded
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConcernLevel
from consult_app.models.sealed import Sealed


class Concern(Base):
    """`reason` is answer, word, help, unclear, staff, message or added; `evidence` the words.

    A message's `question` is what it is about: tell.problem.
    """

    __tablename__ = "concern"
    __table_args__ = (
        CheckConstraint("closed_at IS NULL OR closed_by_id IS NOT NULL", name="closed_by_a_person"),
        Index("ix_concern_closed_at_opened_at", "closed_at", "opened_at"),
    )

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    level: Mapped[ConcernLevel] = mapped_column(Coded(ConcernLevel, 8))
    reason: Mapped[str] = mapped_column(String(12))
    question: Mapped[str | None] = mapped_column(String(60))
    evidence_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    closing_note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    consultation: Mapped[Consultation] = relationship()
    evidence = Sealed()
    closing_note = Sealed()
