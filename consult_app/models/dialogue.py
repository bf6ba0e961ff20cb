"""What we asked a number last beside the questions of a consultation, and what it chose."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base, Coded
from consult_app.models.kinds import Asks


class Dialogue(Base):
    """One number's. `asks` is what our last text to it asked, None when it asked nothing.

    `options` are the ids of the consultations offered, in the order of their numbers;
    `consultation_id` is the one chosen at `chosen_at`, `topic` what a message is about.
    """

    __tablename__ = "dialogue"

    number_hash: Mapped[str] = mapped_column(String(64), unique=True)
    asks: Mapped[Asks | None] = mapped_column(Coded(Asks, 8))
    options: Mapped[str] = mapped_column(String(400), default="")
    topic: Mapped[str | None] = mapped_column(String(12))
    asked_at: Mapped[datetime | None]
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    chosen_at: Mapped[datetime | None]

    @property
    def offered(self) -> tuple[int, ...]:
        """The ids of the consultations offered, the first under number 1."""
        return tuple(map(int, self.options.split()))
