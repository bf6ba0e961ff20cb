"""Members of staff who sign in."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult_app.db import Base, Id
from consult_app.models.iro import Iro

staff_roles = Table(
    "staff_roles",
    Base.metadata,
    Column("staff_id", Id, ForeignKey("staff.id"), primary_key=True),
    Column("staff_role_id", Id, ForeignKey("staff_role.id"), primary_key=True),
)


class StaffRoleRow(Base):
    """A role as the sign-in library wants it; its names are kinds.StaffRole."""

    __tablename__ = "staff_role"

    name: Mapped[str] = mapped_column(String(20), unique=True)
    description: Mapped[str] = mapped_column(String(200), default="")

    def get_permissions(self) -> frozenset[str]:
        """None finer than the role itself; the sign-in library asks."""
        return frozenset()


class Staff(Base):
    """One account. An IRO's account points at the officer whose reviews it may see."""

    __tablename__ = "staff"

    email: Mapped[str] = mapped_column(String(200), unique=True)
    password: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(120), default="")
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    iro_id: Mapped[int | None] = mapped_column(ForeignKey("iro.id"))
    last_login_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))

    iro: Mapped[Iro | None] = relationship()
    roles: Mapped[list[StaffRoleRow]] = relationship(secondary=staff_roles, lazy="joined")
