"""Numbers that were somebody's: a text from one of them is recognised, and told nothing."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base


class FormerNumber(Base):
    """A number that the files took from a person; `unsafe` when it had been marked so."""

    __tablename__ = "former_number"
    __table_args__ = (UniqueConstraint("person_id", "number_hash"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    number_hash: Mapped[str] = mapped_column(String(64), index=True)
    until: Mapped[datetime]
    unsafe: Mapped[bool] = mapped_column(default=False)
