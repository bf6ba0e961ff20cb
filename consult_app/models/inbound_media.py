"""A picture or a sound that came with a text, fetched and made bare before the text is heard."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consult_app import sealing
from consult_app.db import Base, Coded
from consult_app.models.kinds import MediaKind


class InboundMedia(Base):
    """The content is sealed. What the text leads to says whether it becomes an answer."""

    __tablename__ = "inbound_media"

    inbound_id: Mapped[int] = mapped_column(ForeignKey("inbound.id"), index=True)
    kind: Mapped[MediaKind] = mapped_column(Coded(MediaKind, 8))
    media_type: Mapped[str] = mapped_column(String(40))
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

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
