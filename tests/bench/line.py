"""The baseline's only table."""

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The baseline's only table."""


class Line(Base):
    """One short row."""

    __tablename__ = "bench_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(200))
