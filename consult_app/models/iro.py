"""An Independent Reviewing Officer as the files name them."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base


class Iro(Base):
    """The officer who runs reviews. `first_name` is what respondents are told."""

    __tablename__ = "iro"

    reference: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))

    @property
    def first_name(self) -> str:
        """The name a child is told."""
        return self.name.split()[0] if self.name.strip() else self.reference
