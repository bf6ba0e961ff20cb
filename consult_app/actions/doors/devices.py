"""Telephones that people asked us to remember: there, what they said before is shown."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult_app.models.device import Device
from consult_app.models.visit import Visit
from consult_app.tokens import new_token, token_hash

DAYS = 60


def shows_from(
    session: Session, consultation_id: int, secret: str, now: datetime
) -> datetime | None:
    """From when on a remembered telephone shows what was said; None for one we do not know."""
    return session.scalar(
        select(Device.shows_from).where(
            Device.consultation_id == consultation_id,
            Device.secret_hash == token_hash(secret),
            Device.expires_at > now,
        )
    )


def remember(session: Session, visit: Visit, secret: str, now: datetime) -> str:
    """Remember the telephone of `visit`; the secret for its cookie, `secret` when it has one."""
    secret = secret or new_token()
    forget(session, visit.consultation_id, secret)
    session.add(
        Device(
            consultation_id=visit.consultation_id,
            secret_hash=token_hash(secret),
            shows_from=visit.shown_from or visit.opened_at,
            expires_at=now + timedelta(days=DAYS),
        )
    )
    return secret


def forget(session: Session, consultation_id: int, secret: str) -> None:
    """The telephone shows nothing of before any more."""
    session.execute(
        delete(Device).where(
            Device.consultation_id == consultation_id, Device.secret_hash == token_hash(secret)
        )
    )
