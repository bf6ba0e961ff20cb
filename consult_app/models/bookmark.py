"""Moments that every worker shares: when sending may go on, how far inbound texts were fetched."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base


class Bookmark(Base):
    """One named moment, moved on under a lock."""

    __tablename__ = "bookmark"

    name: Mapped[str] = mapped_column(String(20), unique=True)
    moment: Mapped[datetime]
