"""A telephone that a person asked us to remember."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base


class Device(Base):
    """The cookie holds the secret, the table its hash; one telephone may serve several people.

    It shows what was said from `shows_from` on: all that the visit that asked for it could show.
    """

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("consultation_id", "secret_hash"),)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    secret_hash: Mapped[str] = mapped_column(String(64))
    shows_from: Mapped[datetime]
    expires_at: Mapped[datetime]
