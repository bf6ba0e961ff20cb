"""One scheduled review of one child; it counts once however many meetings it takes."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult_app.db import Base, Coded
from consult_app.models.child import Child
from consult_app.models.iro import Iro
from consult_app.models.kinds import Chairing, ReviewKind, ReviewStatus, ReviewType
from consult_app.models.sealed import Sealed


class Review(Base):
    """`day` is the date that counts: held on, else planned, else due; see `settle_day`."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("status <> 'held' OR held_on IS NOT NULL", name="held_has_a_date"),
        Index("ix_review_status_day", "status", "day"),
        Index("ix_review_child_id_day", "child_id", "day"),
        Index("ix_review_iro_id_day", "iro_id", "day"),
    )

    reference: Mapped[str | None] = mapped_column(String(60), unique=True)
    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    iro_id: Mapped[int | None] = mapped_column(ForeignKey("iro.id"))
    kind: Mapped[ReviewKind] = mapped_column(Coded(ReviewKind, 20), default=ReviewKind.CARED_FOR)
    type: Mapped[ReviewType] = mapped_column(Coded(ReviewType, 20), default=ReviewType.UNKNOWN)
    status: Mapped[ReviewStatus] = mapped_column(
        Coded(ReviewStatus, 20), default=ReviewStatus.SCHEDULED
    )
    day: Mapped[date | None]
    due_on: Mapped[date | None]
    planned_on: Mapped[date | None]
    planned_at: Mapped[time | None]
    held_on: Mapped[date | None]
    venue_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    team: Mapped[str | None] = mapped_column(String(80))
    area: Mapped[str | None] = mapped_column(String(80))
    participation: Mapped[str | None] = mapped_column(String(3))
    participation_confirmed_at: Mapped[datetime | None]
    participation_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    child_attended: Mapped[bool | None]
    chairing: Mapped[Chairing | None] = mapped_column(Coded(Chairing, 12))

    child: Mapped[Child] = relationship()
    iro: Mapped[Iro | None] = relationship()
    venue = Sealed()

    def settle_day(self) -> None:
        """Set `day` after any of the three dates has changed."""
        self.day = self.held_on or self.planned_on or self.due_on
