"""A respondent's link: only its hash is kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult_app.db import Base
from consult_app.models.consultation import Consultation


class Link(Base):
    """Opens one consultation until it expires or is withdrawn; each message carries its own."""

    __tablename__ = "link"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    consultation: Mapped[Consultation] = relationship()
