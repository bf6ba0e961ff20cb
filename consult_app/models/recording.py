"""A question read aloud by a person, in one language."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base


class Recording(Base):
    """`wording` is the key of the words that are read, `words_hash` what they were at that time.

    A recording whose words have changed since is not played. `hash` of the content is its address.
    """

    __tablename__ = "recording"
    __table_args__ = (UniqueConstraint("wording", "language"),)

    wording: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(20))
    words_hash: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(40))
    hash: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    uploaded_at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
