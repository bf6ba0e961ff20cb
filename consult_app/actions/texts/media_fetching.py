"""Fetch the pictures and sounds that came with texts, before those are heard; no session is open
while the provider is asked."""

import logging
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select

from consult_app.actions.answering import attachments
from consult_app.actions.answering.attachments import Media
from consult_app.config import Settings
from consult_app.db import Database
from consult_app.models.inbound import Inbound
from consult_app.models.inbound_media import InboundMedia
from consult_app.models.kinds import InboundState, MediaKind

log = logging.getLogger(__name__)

WAIT = timedelta(minutes=1)
"""So long a text waits for what came with it; then it is heard without."""

AT_ONCE = 20


class NotNow(Exception):
    """The provider did not answer as it should: try again."""


class Fetcher(Protocol):
    """Where pictures and sounds are fetched from."""

    def fetch(self, address: str) -> bytes | None:
        """The content; None when it will never come from there. NotNow when it may later."""
        ...


def may_come(settings: Settings) -> bool:
    """True when the authority lets people answer by more than words."""
    return bool(settings.media)


def fetch_media(database: Database, fetcher: Fetcher, settings: Settings, now: datetime) -> int:
    """Fetch what came with texts that wait to be heard; how many texts have theirs now."""
    if not may_come(settings):
        return 0
    done = 0
    for inbound_id, addresses in _wanting(database, now):
        try:
            found = [_examined(fetcher.fetch(address)) for address in addresses]
        except NotNow as error:
            log.warning("what came with text %s cannot be fetched now: %s", inbound_id, error)
            continue
        done += _keep(database, inbound_id, [one for one in found if one], now)
    return done


def _wanting(database: Database, now: datetime) -> list[tuple[int, list[str]]]:
    with database.reading() as session:
        query = (
            select(Inbound)
            .where(
                Inbound.state == InboundState.RECEIVED,
                Inbound.media_count > 0,
                Inbound.media_at.is_(None),
                Inbound.received_at > now - WAIT,
            )
            .order_by(Inbound.received_at, Inbound.id)
            .limit(AT_ONCE)
        )
        return [(row.id, (row.media or "").split()) for row in session.scalars(query)]


def _examined(content: bytes | None) -> Media | None:
    """What it is by its own bytes, whatever it was said to be; None when it is not taken."""
    for kind in (MediaKind.PHOTO, MediaKind.VOICE):
        media = attachments.examined(kind, content or b"")
        if isinstance(media, Media):
            return media
    return None


def _keep(database: Database, inbound_id: int, found: list[Media], now: datetime) -> bool:
    """False when another worker was faster, or the text was heard without."""
    with database.transaction() as session:
        row = session.get_one(Inbound, inbound_id, with_for_update=True)
        if row.media_at is not None or row.state is not InboundState.RECEIVED:
            return False
        row.media_at = now
        for media in found:
            kept = InboundMedia(
                inbound_id=row.id, kind=media.kind, media_type=media.media_type,
                content=media.content,
            )  # fmt: skip
            session.add(kept)
    return True
