"""Hear what was stored: oldest first, each sender's texts in their order, each exactly once."""

import logging
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, true
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session, aliased

from consult_app.actions.texts import storing, texting
from consult_app.actions.texts.media_fetching import WAIT, may_come
from consult_app.actions.texts.spool import Spool
from consult_app.actions.texts.text_turn import InboundText
from consult_app.config import Settings
from consult_app.db import Database, Moment
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState
from consult_app.outbox.receipts import note_status

log = logging.getLogger(__name__)

MOST_TRIES = 5
FIRST_WAIT_S = 1
"""Then four times as long after each further try: 1, 4, 16 and 64 seconds."""


def hear_waiting(
    database: Database, settings: Settings, now: datetime, *, most: int = sys.maxsize
) -> int:
    """File what stands on the disk, then hear the texts that wait, `most` at once; how many.

    Each is heard in a transaction of its own, and nothing on the disk is overtaken. Any number
    of workers may do so at once.
    """
    if not _is_filed(database, Spool(Path(settings.spool)), now, most):
        return 0
    if not _is_any(database, settings, now):
        return 0
    taken = 0
    while taken < most and _hear_next(database, settings, now):
        taken += 1
    return taken


@dataclass(frozen=True)
class Unheard:
    """What came in and was not heard yet: texts, since when the oldest waits, files on disk."""

    texts: int
    oldest: datetime | None
    files: int


def unheard(session: Session, settings: Settings) -> Unheard:
    """How hearing keeps up; the files are those of this machine."""
    waits = Inbound.state == InboundState.RECEIVED
    texts, oldest = session.execute(
        select(func.count(), func.min(Inbound.received_at)).where(waits)
    ).one()
    return Unheard(texts, oldest, len(Spool(Path(settings.spool)).waiting()))


def _is_filed(database: Database, spool: Spool, now: datetime, most: int) -> bool:
    """True when nothing is left on the disk; a disk that cannot be read holds nobody up."""
    try:
        return file_spool(database, spool, now, most=most) is not None
    except OSError as error:
        log.error("what is kept on disk cannot be read: %s", type(error).__name__)
        return True


def file_spool(
    database: Database, spool: Spool, now: datetime, *, most: int = sys.maxsize
) -> int | None:
    """File what was kept on disk, in order; how many. None: some is left, or another is at it.

    A file goes only after its row is committed; one that is filed twice counts once.
    """
    waiting = spool.waiting()
    if not waiting:
        return 0
    with spool.alone() as mine:
        if not mine:
            return None
        spool.sweep()
        waiting = spool.waiting()
        for file in waiting[:most]:
            _file(database, spool, file, now)
    return len(waiting) if len(waiting) <= most else None


def _file(database: Database, spool: Spool, file: Path, now: datetime) -> None:
    arrival = spool.open(file)
    if arrival is None:
        return
    try:
        with database.transaction() as session:
            if isinstance(arrival, InboundText):
                storing.store(session.connection(), arrival)
            else:
                note_status(session, arrival, now)
    except (DataError, IntegrityError):
        spool.set_aside(file)
    else:
        file.unlink()


def _is_any(database: Database, settings: Settings, now: datetime) -> bool:
    """A glance that holds nobody up."""
    with database.session(read_only=True) as session:
        return session.execute(_waiting(may_come(settings)), _moments(now)).first() is not None


def _hear_next(database: Database, settings: Settings, now: datetime) -> bool:
    """Hear the next text that nobody else is hearing. False: there is none."""
    taken: int | None = None
    try:
        with database.transaction() as session:
            row = session.scalar(_taking(may_come(settings)), _moments(now))
            if row is None:
                return False
            taken = row.id
            texting.hear(session, row, settings)
    except Exception as error:
        if taken is None:
            raise
        _set_back(database, taken, now, type(error).__name__)
    return True


def _moments(now: datetime) -> dict[str, datetime]:
    return {"now": now, "long_ago": now - WAIT}


@cache
def _taking(media: bool) -> Select[Inbound]:
    """The same, for oneself."""
    return _waiting(media).with_for_update(skip_locked=True)


@cache
def _waiting(media: bool) -> Select[Inbound]:
    """The next text whose turn it is: none of a sender's while an earlier one of theirs waits.

    Built once. With `media` a text waits for the pictures that came with it, but not for long.
    """
    now, long_ago = bindparam("now", type_=Moment()), bindparam("long_ago", type_=Moment())
    is_whole = or_(
        Inbound.media_count == 0, Inbound.media_at.is_not(None), Inbound.received_at <= long_ago
    )
    return (
        select(Inbound)
        .where(
            Inbound.state == InboundState.RECEIVED,
            or_(Inbound.try_at.is_(None), Inbound.try_at <= now),
            is_whole if media else true(),
            ~_earlier(),
        )
        .order_by(Inbound.received_at, Inbound.id)
        .limit(1)
    )


def _earlier() -> ColumnElement[bool]:
    other = aliased(Inbound)
    before = or_(
        other.received_at < Inbound.received_at,
        and_(other.received_at == Inbound.received_at, other.id < Inbound.id),
    )
    return exists().where(
        other.from_hash == Inbound.from_hash, other.state == InboundState.RECEIVED, before
    )


def _set_back(database: Database, inbound_id: int, now: datetime, error: str) -> None:
    """Try again later; after the last try a person gets it, and the sender's next one goes on.

    Since it was let go another worker may have heard it: then nothing is left to try.
    """
    with database.transaction() as session:
        row = session.get_one(Inbound, inbound_id, with_for_update=True)
        if row.state is not InboundState.RECEIVED:
            return
        row.tries += 1
        row.try_at = now + timedelta(seconds=FIRST_WAIT_S * 4 ** (row.tries - 1))
        if row.tries >= MOST_TRIES:
            row.state = InboundState.QUARANTINED
        log.error("text %s could not be heard (try %s): %s", row.id, row.tries, error)
