"""What a person is to a child, and whether they may be asked."""

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult_app.db import Base, Coded
from consult_app.models.child import Child
from consult_app.models.kinds import Role
from consult_app.models.person import Person
from consult_app.models.sealed import Sealed


class Involvement(Base):
    """One person's role in one child's life; a carer of three children has three."""

    __tablename__ = "involvement"
    __table_args__ = (UniqueConstraint("child_id", "person_id", "role"),)

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(Coded(Role, 20))
    parental_responsibility: Mapped[bool] = mapped_column(default=False)
    contact_ok: Mapped[bool] = mapped_column(default=True)
    contact_reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    child: Mapped[Child] = relationship()
    person: Mapped[Person] = relationship()
    contact_reason = Sealed()
