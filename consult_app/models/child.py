"""The child whom reviews are about, care leavers included."""

from datetime import date

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base
from consult_app.models.sealed import Sealed


class Child(Base):
    """One child, known by the case system's id, which is a string and never a number."""

    __tablename__ = "child"

    reference: Mapped[str] = mapped_column(String(40), unique=True)
    first_name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    born_on: Mapped[date | None]
    sex: Mapped[str | None] = mapped_column(String(1))
    unaccompanied: Mapped[bool] = mapped_column(default=False)
    unaccompanied_until: Mapped[date | None]
    care_leaver: Mapped[bool] = mapped_column(default=False)
    communication_needs: Mapped[bool] = mapped_column(default=False)

    first_name = Sealed()
