"""How fast texts leave, for all workers together: a sending rate, and pauses that all keep.

A pause belongs to a lane, the channels of one provider; only the lane of texts has a rate.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.models.bookmark import Bookmark
from consult_app.outbox.once import insert_once

SENDING = "sending"
SHORTEST, LONGEST = timedelta(microseconds=1), timedelta(hours=1)
"""No pause is longer, so that a clock that was put right holds nobody up for days."""


def wait(session: Session, rate: float, now: datetime) -> float:
    """Seconds until the next text may go; 0 takes its turn. `rate` is texts a second, 0 no limit.

    With a rate the bookmark stays locked until the turn is committed, so turns never collide.
    """
    mark = _mark(session, now, SENDING, locked=rate > 0)
    if mark is not None and now < mark.moment <= now + LONGEST:
        return (mark.moment - now).total_seconds()
    if mark is not None and rate > 0:
        mark.moment = now + timedelta(seconds=1 / rate)
    return 0.0


def paused(session: Session, lanes: Collection[str], now: datetime) -> set[str]:
    """Which of `lanes` have been asked to wait."""
    if not lanes:
        return set()
    waiting = Bookmark.moment.between(now + SHORTEST, now + LONGEST)
    return set(session.scalars(select(Bookmark.name).where(Bookmark.name.in_(lanes), waiting)))


def pause(session: Session, seconds: float, now: datetime, lane: str = SENDING) -> None:
    """Let no worker send in `lane` for so long."""
    mark = _mark(session, now, lane, locked=True)
    if mark is not None:
        until = now + min(timedelta(seconds=seconds), LONGEST)
        mark.moment = until if mark.moment > now + LONGEST else max(mark.moment, until)


def _mark(session: Session, now: datetime, lane: str, *, locked: bool) -> Bookmark | None:
    query = select(Bookmark).where(Bookmark.name == lane)
    if not locked:
        return session.scalar(query)
    found = session.scalar(query.with_for_update())
    if found is None:
        insert_once(session, Bookmark(name=lane, moment=now))
        found = session.scalar(query.with_for_update())
    return found
