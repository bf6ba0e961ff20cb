"""A person who can be asked: the child, a parent, a carer, a professional."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app import clock
from consult_app.db import Base, Coded
from consult_app.models.kinds import Reading
from consult_app.models.sealed import Sealed


class Person(Base):
    """Name and ways to reach them are sealed; `mobile_hash` (keyed) finds a number.

    `whatsapp` is true when they asked to be written to there. `address` is as on an envelope.
    `number_checked_at` is when the number was last known to be theirs: taken from the files,
    answered from, or confirmed; None once there is reason to doubt it. `number_asked_at` is when
    a neutral text asked about it, `number_wrong_at` when somebody answered that it is not theirs.
    To a number that is unsafe nothing goes.
    """

    __tablename__ = "person"

    reference: Mapped[str] = mapped_column(String(60), unique=True)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mobile_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    mobile_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    whatsapp: Mapped[bool] = mapped_column(default=False)
    email_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    email_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    language_read: Mapped[str] = mapped_column(String(20), default="en-GB")
    language_spoken: Mapped[str | None] = mapped_column(String(40))
    reading: Mapped[Reading] = mapped_column(Coded(Reading, 8), default=Reading.EASILY)
    interpreter: Mapped[bool] = mapped_column(default=False)
    number_checked_at: Mapped[datetime | None] = mapped_column(default=clock.now)
    number_asked_at: Mapped[datetime | None]
    number_wrong_at: Mapped[datetime | None]
    number_unsafe_at: Mapped[datetime | None]
    number_unsafe_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    name = Sealed()
    mobile = Sealed()
    email = Sealed()
    address = Sealed()

    def is_doubtful(self, now: datetime, days: int) -> bool:
        """True when nothing personal may go to the number before it is confirmed."""
        since = self.number_checked_at
        return since is None or self.number_wrong_at is not None or since < now - timedelta(days)
