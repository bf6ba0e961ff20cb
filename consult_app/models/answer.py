"""What was said to one question. Never overwritten: a later one stands beside it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult_app import sealing
from consult_app.db import Base, Coded
from consult_app.models.kinds import Channel, Typist
from consult_app.models.sealed import Sealed


class Answer(Base):
    """`code` holds a coded value (several joined by a space) and stays countable; `text` is sealed.

    Both None means the question was skipped. `client_id` was made in the browser (or is the
    provider's message id): the same id with the same content counts once, with other content
    both are kept. The answer that stands is the one with the highest id.
    """

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("consultation_id", "question", "client_id", "digest"),)

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    question: Mapped[str] = mapped_column(String(60))
    code: Mapped[str | None] = mapped_column(String(200))
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(20))
    channel: Mapped[Channel] = mapped_column(Coded(Channel, 12))
    typist: Mapped[Typist] = mapped_column(Coded(Typist, 8), default=Typist.SELF)
    audience: Mapped[str] = mapped_column(String(12))
    client_id: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    said_at: Mapped[datetime]

    text = Sealed()


def place(answer_id: int) -> str:
    """What the words of an answer are sealed for."""
    return f"answer.text:{answer_id}"


class Kept(NamedTuple):
    """An answer as it was read back, without what only its table needs."""

    id: int
    question: str
    code: str | None
    text_sealed: bytes | None
    audience: str
    client_id: str
    digest: str
    said_at: datetime

    @property
    def text(self) -> str | None:
        """The words that were sealed, opened."""
        sealed = self.text_sealed
        return None if sealed is None else sealing.ring().open(sealed, place(self.id))


Said = Answer | Kept
"""An answer, just written or read back."""
