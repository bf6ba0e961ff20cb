"""A drawing, a photo or a voice note that came as an answer."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult_app import sealing
from consult_app.db import Base, Coded
from consult_app.models.answer import Answer
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import MediaKind


class Attachment(Base):
    """The content is sealed; `key` is what an address names it by, since an id could be guessed.

    Who may see it is what stands with the answers to its question, not with this row.
    """

    __tablename__ = "attachment"

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), unique=True)
    question: Mapped[str] = mapped_column(String(60))
    kind: Mapped[MediaKind] = mapped_column(Coded(MediaKind, 8))
    media_type: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(32), unique=True)
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    made_at: Mapped[datetime]

    answer: Mapped[Answer] = relationship()
    consultation: Mapped[Consultation] = relationship()

    @property
    def content(self) -> bytes:
        """The picture or sound itself."""
        return sealing.ring().open_bytes(self.content_sealed, self._place)

    @content.setter
    def content(self, content: bytes) -> None:
        """Seal `content` for this row and no other."""
        self.content_sealed = sealing.ring().seal_bytes(content, self._place)

    @property
    def _place(self) -> str:
        return f"{self.__tablename__}.content:{self.id}"
