"""Drawings, photos and voice notes: checked, made bare, kept sealed, found again by their key."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult_app import clock
from consult_app.actions.answering import pictures, sounds
from consult_app.models.answer import Said
from consult_app.models.attachment import Attachment
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import MediaKind
from consult_app.tokens import new_token

LARGEST = 5 * 1024 * 1024


class Unfit(StrEnum):
    """Why what was sent cannot be taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"


@dataclass(frozen=True)
class Media:
    """A picture or a sound that was examined and holds nothing beside itself."""

    kind: MediaKind
    media_type: str
    content: bytes

    @property
    def fingerprint(self) -> str:
        """What tells this content from any other."""
        return f"{self.kind} {hashlib.sha256(self.content).hexdigest()}"


def examined(kind: MediaKind, data: bytes) -> Media | Unfit:
    """What was sent, known by its own bytes and made bare, or why it cannot be taken."""
    if not data:
        return Unfit.EMPTY
    if len(data) > LARGEST:
        return Unfit.TOO_LARGE
    bare = sounds.bare if kind is MediaKind.VOICE else pictures.bare
    try:
        media_type, content = bare(data)
    except (pictures.NotAPicture, sounds.NotASound):
        return Unfit.OTHER_KIND
    return Media(kind, media_type, content)


def keep(session: Session, consultation: Consultation, answer: Said, media: Media) -> Attachment:
    """Put `media` beside the answer it is."""
    attachment = Attachment(
        consultation_id=consultation.id,
        answer_id=answer.id,
        question=answer.question,
        kind=media.kind,
        media_type=media.media_type,
        key=new_token(),
        content=media.content,
        made_at=clock.now(),
    )
    session.add(attachment)
    return attachment


def find(session: Session, key: str) -> Attachment | None:
    """An attachment with its consultation and review; None when no such key is known."""
    with_review = joinedload(Attachment.consultation).joinedload(Consultation.review)
    return session.scalar(select(Attachment).where(Attachment.key == key).options(with_review))


def among(session: Session, consultations: Sequence[int]) -> list[Attachment]:
    """What came with these consultations, oldest first, its content left in the database."""
    asked = Attachment.consultation_id.in_(consultations)
    return list(session.scalars(select(Attachment).where(asked).order_by(Attachment.id)))
