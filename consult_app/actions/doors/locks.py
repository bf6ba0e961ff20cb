"""A person's picture lock: set by who may see everything it opens, tried five times at most.

S3: the tries are counted in the database before the pictures are compared.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult_app import sealing
from consult_app.models.lock import PictureLock
from consult_app.models.visit import Visit

PICTURES = tuple("123456789")
TAPS = 3
TRIES = 5


class Opening(StrEnum):
    """What became of a try."""

    OPENED = "opened"
    WRONG = "wrong"
    SPENT = "spent"


def find(session: Session, consultation_id: int) -> PictureLock | None:
    """The lock of a consultation, if one was set."""
    return session.scalar(select(PictureLock).where(PictureLock.consultation_id == consultation_id))


def may_set(lock: PictureLock | None, visit: Visit) -> bool:
    """A lock is changed only by who sees already what it opens."""
    return lock is None or (visit.shown_from or visit.opened_at) <= lock.shows_from


def set_lock(session: Session, visit: Visit, pictures: Sequence[str], now: datetime) -> bool:
    """Lock with these pictures in this order. False when they are no three, or may not be set."""
    lock = find(session, visit.consultation_id)
    if not _are_three(pictures) or not may_set(lock, visit):
        return False
    if lock is None:
        lock = PictureLock(
            consultation_id=visit.consultation_id, shows_from=visit.shown_from or visit.opened_at
        )
        session.add(lock)
    lock.pictures_hash = sealing.ring().hash(_said(visit.consultation_id, pictures))
    lock.tries, lock.set_at = 0, now
    return True


def try_lock(session: Session, visit: Visit, pictures: Sequence[str]) -> Opening:
    """Try to open: what the lock keeps is then shown in this visit."""
    counted = session.execute(
        update(PictureLock)
        .where(PictureLock.consultation_id == visit.consultation_id, PictureLock.tries < TRIES)
        .values(tries=PictureLock.tries + 1)
        .returning(PictureLock.pictures_hash, PictureLock.tries, PictureLock.shows_from)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if counted is None:
        return Opening.SPENT
    if counted.pictures_hash not in sealing.ring().hashes(_said(visit.consultation_id, pictures)):
        return Opening.SPENT if counted.tries >= TRIES else Opening.WRONG
    renew(session, visit.consultation_id)
    visit.shown_from = min(counted.shows_from, visit.shown_from or visit.opened_at)
    return Opening.OPENED


def renew(session: Session, consultation_id: int) -> None:
    """Five tries again: it opened, or the person proved themselves another way."""
    session.execute(
        update(PictureLock)
        .where(PictureLock.consultation_id == consultation_id)
        .values(tries=0)
        .execution_options(synchronize_session=False)
    )


def _are_three(pictures: Sequence[str]) -> bool:
    return len(pictures) == TAPS and set(pictures) <= set(PICTURES)


def _said(consultation_id: int, pictures: Sequence[str]) -> str:
    return f"picture lock {consultation_id}: {' '.join(pictures)}"
