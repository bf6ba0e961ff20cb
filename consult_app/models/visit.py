"""An opened door: the browser session of one respondent, which the server can end."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult_app.db import Base
from consult_app.models.consultation import Consultation


class Visit(Base):
    """The cookie holds the secret, the table its hash. Ended means dead, whatever a browser keeps.

    `shown_from` is when this visit began: answers older than it are hidden on return.
    """

    __tablename__ = "visit"

    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    consultation: Mapped[Consultation] = relationship()
