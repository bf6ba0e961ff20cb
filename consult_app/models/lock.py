"""A person's picture lock: three pictures in order that open what was said before."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base


class PictureLock(Base):
    """Only a keyed hash is kept. `tries` are those that failed since it last opened.

    It opens what was said from `shows_from` on: all that the visit that set it could show.
    """

    __tablename__ = "picture_lock"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), unique=True)
    pictures_hash: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    shows_from: Mapped[datetime]
    set_at: Mapped[datetime]
