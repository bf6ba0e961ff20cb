"""A new link to the person's own number: the way back to what they said, without any memory test."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app import clock, language
from consult_app.actions.doors import links
from consult_app.config import Settings
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import MessageKind
from consult_app.models.message import Message
from consult_app.outbox.post import Letter, post

A_DAY_AT_MOST = 3
SHOWN_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """Who wants a link, from which service, when."""

    consultation: Consultation
    settings: Settings
    now: datetime


def text_link(session: Session, wanted: Wanted) -> bool:
    """Queue a text with a link that shows, once, what was said. False when none may go now.

    One an hour and three a day: whoever holds the telephone cannot flood it.
    """
    asked, now = wanted.consultation, wanted.now
    to = asked.person.mobile if asked.person else None
    if asked.person and asked.person.is_doubtful(now, wanted.settings.number_days):
        return False  # it would open what was said to whoever has the number now
    here = clock.in_london(now)
    key = f"way_back:{asked.id}:{here:%Y%m%d}"
    if not to or _texted(session, key) >= A_DAY_AT_MOST:
        return False
    token = links.new_link(session, asked, now, wanted.settings.link_days, now + SHOWN_FOR)
    letter = Letter(
        to=to,
        body=language.words(
            "texts.way_back",
            asked.language,
            link=links.address(wanted.settings.public_url, token),
        ),
        language=asked.language,
        kind=MessageKind.REPLY,
        once_key=f"{key}:{here:%H}",
        due_at=now,
        consultation_id=asked.id,
    )
    return post(session, letter) is not None


def _texted(session: Session, key: str) -> int:
    """How many such texts were queued under keys that begin so."""
    query = select(func.count()).where(Message.once_key.startswith(key, autoescape=True))
    return session.scalar(query) or 0
