"""A respondent's link: only its hash is kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult_app.db import Base
from consult_app.models.consultation import Consultation


class Link(Base):
    """Opens one consultation until it expires or is withdrawn; each message carries its own.

    Until `shows_until`, and once, it also shows what was said before: it went to the person's own
    number because they asked for it.
    """

    __tablename__ = "link"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    shows_until: Mapped[datetime | None]

    consultation: Mapped[Consultation] = relationship()
