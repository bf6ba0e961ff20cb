"""How fast texts leave, for all workers together: a sending rate, and pauses that all keep."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.models.bookmark import Bookmark
from consult_app.outbox.once import insert_once

SENDING = "sending"
LONGEST = timedelta(hours=1)
"""No pause is longer, so that a clock that was put right holds nobody up for days."""


def wait(session: Session, rate: float, now: datetime) -> float:
    """Seconds until the next text may go; 0 takes its turn. `rate` is texts a second, 0 no limit.

    With a rate the bookmark stays locked until the turn is committed, so turns never collide.
    """
    mark = _mark(session, now, locked=rate > 0)
    if mark is not None and now < mark.moment <= now + LONGEST:
        return (mark.moment - now).total_seconds()
    if mark is not None and rate > 0:
        mark.moment = now + timedelta(seconds=1 / rate)
    return 0.0


def pause(session: Session, seconds: float, now: datetime) -> None:
    """Let no worker send for so long."""
    mark = _mark(session, now, locked=True)
    if mark is not None:
        until = now + min(timedelta(seconds=seconds), LONGEST)
        mark.moment = until if mark.moment > now + LONGEST else max(mark.moment, until)


def _mark(session: Session, now: datetime, *, locked: bool) -> Bookmark | None:
    query = select(Bookmark).where(Bookmark.name == SENDING)
    if not locked:
        return session.scalar(query)
    found = session.scalar(query.with_for_update())
    if found is None:
        insert_once(session, Bookmark(name=SENDING, moment=now))
        found = session.scalar(query.with_for_update())
    return found
