"""One answer of the quarterly survey. Nothing here leads to a person."""

from datetime import date

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base
from consult_app.models.sealed import Sealed


class SurveyAnswer(Base):
    """`reply` is a random id that holds one reply's answers together and is kept nowhere else.

    `code` holds what was chosen, `text` what was written; both None is a question left out.
    `made_on` is a day and never a moment.
    """

    __tablename__ = "survey_answer"
    __table_args__ = (
        UniqueConstraint("reply", "question"),
        Index("ix_survey_answer_made_on_question", "made_on", "question"),
    )

    quarter: Mapped[str] = mapped_column(String(7))
    reply: Mapped[str] = mapped_column(String(32))
    version: Mapped[int]
    question: Mapped[str] = mapped_column(String(60))
    code: Mapped[str | None] = mapped_column(String(200))
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(20))
    made_on: Mapped[date]

    text = Sealed()
