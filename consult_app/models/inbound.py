"""Every text that came in, stored once under the provider's id before it is heard."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app.db import Base, Coded
from consult_app.models.kinds import InboundState
from consult_app.models.sealed import Sealed


class Inbound(Base):
    """One inbound text. `consultation_id` is None for numbers we do not know."""

    __tablename__ = "inbound"

    provider_id: Mapped[str] = mapped_column(String(64), unique=True)
    from_hash: Mapped[str] = mapped_column(String(64), index=True)
    sender_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_at: Mapped[datetime]
    state: Mapped[InboundState] = mapped_column(
        Coded(InboundState, 12), default=InboundState.STORED
    )
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), index=True)

    sender = Sealed()
    body = Sealed()
