"""The outbox: every message to be sent, with its state; the only way out."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult_app.db import Base, Coded
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, MessageKind, MessageState
from consult_app.models.sealed import Sealed


class Message(Base):
    """`once_key` is unique: what was posted under it once is never posted again.

    `asks` is the question it ends with: what somebody who answers this text is looking at.
    `asked_at` is when the provider was last asked what became of an unknown one. `provider_id`
    is as the provider gave it, and need not be unique. `details` is JSON: what a channel needs
    beside the words, such as an e-mail's subject or the values of a template.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_state_due_at", "state", "due_at"),
        Index("ix_message_to_hash_id", "to_hash", "id"),
    )

    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    channel: Mapped[Channel] = mapped_column(Coded(Channel, 12), default=Channel.SMS)
    kind: Mapped[MessageKind] = mapped_column(Coded(MessageKind, 12))
    language: Mapped[str] = mapped_column(String(20))
    to_hash: Mapped[str] = mapped_column(String(64))
    to_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    details_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    segments: Mapped[int] = mapped_column(default=1)
    asks: Mapped[str | None] = mapped_column(String(60))
    once_key: Mapped[str] = mapped_column(String(100), unique=True)
    state: Mapped[MessageState] = mapped_column(
        Coded(MessageState, 12), default=MessageState.QUEUED
    )
    due_at: Mapped[datetime]
    posted_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    attempted_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    provider_id: Mapped[str | None] = mapped_column(String(64), index=True)
    error_code: Mapped[str | None] = mapped_column(String(20))
    sent_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]

    consultation: Mapped[Consultation | None] = relationship()
    to = Sealed()
    body = Sealed()
    details = Sealed()
