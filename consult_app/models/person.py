"""A person who can be asked: the child, a parent, a carer, a professional."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base
from consult_app.models.sealed import Sealed


class Person(Base):
    """Name and ways to reach them are sealed; `mobile_hash` (keyed) finds a number."""

    __tablename__ = "person"

    reference: Mapped[str] = mapped_column(String(60), unique=True)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mobile_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mobile_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    language_read: Mapped[str] = mapped_column(String(20), default="en-GB")
    language_spoken: Mapped[str | None] = mapped_column(String(40))
    interpreter: Mapped[bool] = mapped_column(default=False)

    name = Sealed()
    mobile = Sealed()
