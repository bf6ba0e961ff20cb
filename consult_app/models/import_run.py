"""One applied file, for the reconciliation of what came in with what is held."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base


class ImportRun(Base):
    """Counts are rows: read, new, changed, the same, kept with a warning, left out."""

    __tablename__ = "import_run"

    file_name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64), index=True)
    applied_at: Mapped[datetime]
    rows: Mapped[int]
    new: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    warned: Mapped[int]
    left_out: Mapped[int]
