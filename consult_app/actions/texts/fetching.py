"""Fetch the texts that our webhooks missed from the provider's records, to be heard in order."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.actions.texts import storing
from consult_app.actions.texts.text_turn import InboundText
from consult_app.db import Database
from consult_app.models.bookmark import Bookmark
from consult_app.models.inbound import Inbound
from consult_app.outbox.once import insert_once
from consult_app.outbox.outcomes import Arrivals, Arrived

FIRST_LOOK = timedelta(days=7)
OVERLAP = timedelta(minutes=15)
"""Looked at again each time: the provider's clock is not ours."""

YOUNGEST = timedelta(minutes=2)
"""A younger text is left to the webhook that is bringing it."""


def fetch_missed(database: Database, records: Arrivals, now: datetime) -> int | None:
    """File what came in since the last look and is not here; how many. None: nobody answered."""
    since = _since(database, records.mark, now)
    arrived = records.received(since - OVERLAP)
    if arrived is None:
        return None
    until = now - YOUNGEST if records.by_webhook else now
    old_enough = [text for text in arrived if text.received_at <= until]
    filed = 0
    for text in sorted(_missing(database, old_enough), key=lambda one: one.received_at):
        with database.transaction() as session:
            filed += storing.store(session.connection(), _inbound(text))
    _move(database, records.mark, until)
    return filed


def _since(database: Database, name: str, now: datetime) -> datetime:
    with database.reading() as session:
        mark = session.scalar(select(Bookmark).where(Bookmark.name == name))
    return mark.moment if mark is not None else now - FIRST_LOOK


def _missing(database: Database, arrived: list[Arrived]) -> list[Arrived]:
    with database.reading() as session:
        here = _here(session, [text.provider_id for text in arrived])
    return [text for text in arrived if text.provider_id not in here]


def _here(session: Session, ids: list[str]) -> set[str]:
    return set(session.scalars(select(Inbound.provider_id).where(Inbound.provider_id.in_(ids))))


def _inbound(text: Arrived) -> InboundText:
    """What came with it is counted, not fetched: its sender is told that nobody has seen it."""
    return InboundText(
        text.provider_id, text.sender, text.body, text.received_at, text.channel,
        raw=text.raw, media_count=text.media_count,
    )  # fmt: skip


def _move(database: Database, name: str, moment: datetime) -> None:
    with database.transaction() as session:
        insert_once(session, Bookmark(name=name, moment=moment))
        mark = session.scalars(
            select(Bookmark).where(Bookmark.name == name).with_for_update()
        ).one()
        mark.moment = max(mark.moment, moment)
