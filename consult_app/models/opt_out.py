"""Numbers that said STOP. It belongs to the number and survives imports."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base


class OptOut(Base):
    """While a row stands, nothing but the confirmation of STOP goes to that number."""

    __tablename__ = "opt_out"

    number_hash: Mapped[str] = mapped_column(String(64), unique=True)
    since: Mapped[datetime]
