"""A respondent's door: links that are sent, and the visits that they open.

Unknown, expired, withdrawn and closed are one answer (None) after the same look-up, so nobody
learns which it was. Reading a link changes nothing; only `open_door` does.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, contains_eager, joinedload

from consult_app import clock
from consult_app.actions.doors import devices, locks
from consult_app.actions.doors.glance import GOING_ON
from consult_app.models.consultation import Asked, Consultation
from consult_app.models.kinds import (
    CLOSED_BY_THEM,
    OPEN_STATUSES,
    ConsultationStatus,
    Purpose,
    Typist,
)
from consult_app.models.link import Link
from consult_app.models.review import Review
from consult_app.models.visit import Visit
from consult_app.tokens import new_token, token_hash

VISIT_HOURS = 12
BESIDE_HOURS = 2
SAMPLE = "A" * 22
"""As long as every token is."""

FROM_THE_START = datetime(2000, 1, 1, tzinfo=UTC)
"""Before anything was said: a visit shown from here hides nothing."""
_WITH = (
    joinedload(Consultation.person),
    joinedload(Consultation.review).options(joinedload(Review.iro), joinedload(Review.child)),
)
_HELD = (
    select(Visit)
    .join(Visit.consultation)
    .options(contains_eager(Visit.consultation))
    .where(*GOING_ON)
    .with_for_update(of=Consultation)
)


@dataclass(frozen=True)
class Opened:
    """A door that opened: the secret for the visitor's cookie, and what may be answered."""

    visit_secret: str
    consultation: Consultation


def new_link(
    session: Session,
    consultation: Consultation,
    now: datetime,
    days: int,
    shows_until: datetime | None = None,
) -> str:
    """Make a link that opens `consultation` for `days` days; the token is told only here.

    Until `shows_until`, and once, it shows what was said before.
    """
    token = new_token()
    session.add(
        Link(
            token_hash=token_hash(token),
            consultation_id=consultation.id,
            made_at=now,
            expires_at=now + timedelta(days=days),
            shows_until=shows_until,
        )
    )
    return token


def address(public_url: str, token: str) -> str:
    """The web address that a message carries for `token`."""
    return f"{public_url}/r/{token}"


def withdraw_links(session: Session, consultation: Consultation, now: datetime) -> None:
    """Every link of `consultation` stops opening, and whoever is inside is outside."""
    for table, column in ((Link, Link.withdrawn_at), (Visit, Visit.ended_at)):
        session.execute(
            update(table)
            .where(table.consultation_id == consultation.id, column.is_(None))
            .values({column.key: now})
        )


def peek(session: Session, token: str, now: datetime) -> Consultation | None:
    """What `token` would open, changing nothing however often it is asked."""
    link = _find_link(session, token, now)
    return None if link is None else link.consultation


def open_door(session: Session, token: str, now: datetime, device: str = "") -> Opened | None:
    """Open what `token` leads to and begin a visit; None when it leads nowhere.

    `device` is the secret of a telephone that may be remembered.
    """
    secret, link = new_token(), _find_link(session, token, now)
    if link is None:
        return None
    session.add(
        Visit(
            secret_hash=token_hash(secret),
            consultation_id=link.consultation_id,
            opened_at=now,
            shown_from=_shown_from(session, link, now, device),
            expires_at=now + timedelta(hours=VISIT_HOURS),
        )
    )
    return Opened(secret, link.consultation)


def sit_beside(
    session: Session, consultation: Consultation, now: datetime, *, typist: Typist, staff_id: int
) -> str:
    """Begin a visit on a worker's machine: nothing of before is shown; its secret is told here.

    Who could not be reached by text is reached now.
    """
    secret = new_token()
    if consultation.status is ConsultationStatus.UNDELIVERABLE:
        consultation.status = ConsultationStatus.SENT
    session.add(
        Visit(
            secret_hash=token_hash(secret),
            consultation_id=consultation.id,
            opened_at=now,
            expires_at=now + timedelta(hours=BESIDE_HOURS),
            typist=typist,
            staff_id=staff_id,
        )
    )
    return secret


def _find_link(session: Session, token: str, now: datetime) -> Link | None:
    """The link of `token`, while it opens something."""
    link = session.scalar(
        select(Link)
        .options(joinedload(Link.consultation).options(*_WITH))
        .where(Link.token_hash == token_hash(token))
    )
    return link if link is not None and _opens(link, now) else None


def _shown_from(session: Session, link: Link, now: datetime, device: str) -> datetime | None:
    """What a new visit may show: all of it once for a link to their own number, else see devices."""
    if link.shows_until is not None and now < link.shows_until:
        link.shows_until = None
        locks.renew(session, link.consultation_id)
        return FROM_THE_START
    return devices.shows_from(session, link.consultation_id, device, now) if device else None


def whole(session: Session, consultation_id: int) -> Consultation:
    """The consultation with its person, its review and who runs it. One SELECT."""
    return session.get_one(Consultation, consultation_id, options=_WITH)


def hold_visit(session: Session, secret: str, now: datetime) -> Visit | None:
    """A visit that is still going on, its consultation held for this transaction. One SELECT.

    Two taps at once are heard one by one, as with `talk.lock`; what only reads uses `glance`.
    """
    found = session.scalar(_HELD, {"secret": token_hash(secret), "now": now})
    return found if found is not None and found.consultation.status in OPEN_STATUSES else None


def end_visit(session: Session, secret: str, now: datetime) -> None:
    """Whoever holds `secret` is outside from now on, whatever their browser kept."""
    session.execute(
        update(Visit)
        .where(Visit.secret_hash == token_hash(secret), Visit.ended_at.is_(None))
        .values(ended_at=now)
    )


def _opens(link: Link, now: datetime) -> bool:
    """True while the link stands and its consultation is open: also after it was sent, to write."""
    alive = link.withdrawn_at is None and link.expires_at > now
    return alive and link.consultation.status in OPEN_STATUSES


def ends_with_the_review(asked: Asked) -> bool:
    """True when the review's day decides whether anything can still be changed."""
    return asked.purpose is Purpose.BEFORE and asked.status in CLOSED_BY_THEM


def may_change(consultation: Consultation, now: datetime) -> bool:
    """Late answers are welcome; those already sent may be changed until the review's day."""
    if not ends_with_the_review(consultation):
        return True
    day = consultation.review.day
    return day is None or clock.in_london(now).date() <= day
