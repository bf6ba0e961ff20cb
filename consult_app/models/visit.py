"""An opened door: the browser session of one respondent, which the server can end."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult_app.db import Base, Coded
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Typist


class Visit(Base):
    """The cookie holds the secret, the table its hash. Ended means dead, whatever a browser keeps.

    Answers from before `shown_from` are hidden: the beginning of the visit, unless the telephone
    is remembered, the picture lock opened, or the link came to the person's own number.
    `typist` is who types in this visit, `staff_id` the worker who began it beside the person.
    """

    __tablename__ = "visit"

    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    opened_at: Mapped[datetime]
    shown_from: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    typist: Mapped[Typist] = mapped_column(Coded(Typist, 8), default=Typist.SELF)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    consultation: Mapped[Consultation] = relationship()


class Entered(NamedTuple):
    """A visit as a page reads it: no row to change."""

    id: int
    opened_at: datetime
    shown_from: datetime | None
    typist: Typist
