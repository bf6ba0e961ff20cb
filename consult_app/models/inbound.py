"""Every text that came in, stored once under the provider's id, and heard after."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base, Coded
from consult_app.models.kinds import Channel, InboundState
from consult_app.models.sealed import Sealed


class Inbound(Base):
    """One inbound text. `consultation_id` is None for numbers we do not know.

    `raw` is what came when it had to be unwrapped into `body`; `media` are the addresses of its
    pictures and sounds, a line each, `media_at` when they were fetched or given up. `tries` counts hearings that failed, `try_at` is the next.
    `person_id` names to staff whose number it is or was; `alarm` that it may be a cry for help;
    `placed_by_id` and `placed_at` who said which consultation it belongs to.
    """

    __tablename__ = "inbound"
    __table_args__ = (Index("ix_inbound_state_received_at", "state", "received_at"),)

    provider_id: Mapped[str] = mapped_column(String(64), unique=True)
    from_hash: Mapped[str] = mapped_column(String(64), index=True)
    sender_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_at: Mapped[datetime]
    state: Mapped[InboundState] = mapped_column(
        Coded(InboundState, 12), default=InboundState.STORED
    )
    channel: Mapped[Channel] = mapped_column(Coded(Channel, 12), default=Channel.SMS)
    raw_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    media_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    media_count: Mapped[int] = mapped_column(default=0)
    media_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    try_at: Mapped[datetime | None]
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    alarm: Mapped[bool] = mapped_column(default=False)
    placed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    placed_at: Mapped[datetime | None]

    sender = Sealed()
    body = Sealed()
    raw = Sealed()
    media = Sealed()
