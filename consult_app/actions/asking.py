"""The texts that ask: each carries its own link, and is queued in the outbox once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from consult_app import language
from consult_app.actions import links
from consult_app.actions.lean import leanest
from consult_app.config import Settings
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import MessageKind, Role
from consult_app.outbox.post import Letter, post

VOICE: Mapping[Role, str] = {
    Role.CHILD: "child",
    Role.CARE_LEAVER: "child",
    Role.PARENT: "parent",
} | dict.fromkeys(
    (Role.CARER, Role.OBSERVER, Role.HEALTH, Role.EDUCATION, Role.SOCIAL_WORKER), "carer"
)
"""The last part of a text's key: how each role is spoken to."""

INVITING = {
    **VOICE,
    Role.OBSERVER: "observer",
    **dict.fromkeys((Role.HEALTH, Role.EDUCATION, Role.SOCIAL_WORKER), "professional"),
}
AFTERWARDS = {role: "child" if voice == "child" else "adult" for role, voice in VOICE.items()}


@dataclass(frozen=True)
class Desk:
    """What one run of asking holds in its hands."""

    session: Session
    settings: Settings
    now: datetime


@dataclass(frozen=True)
class Note:
    """One kind of text: the key of its words, and the key under which it is posted once."""

    words: str
    once: str
    kind: MessageKind
    voices: Mapping[Role, str] = field(default_factory=lambda: VOICE)


INVITATION = Note("invite", "invite", MessageKind.INVITATION, INVITING)
AFTER = Note("invite.after", "after", MessageKind.INVITATION, AFTERWARDS)


def send(desk: Desk, row: Consultation, note: Note) -> bool:
    """Queue `note` to the consultation's person with a new link. False when it may not go."""
    to = row.person.mobile if row.person else None
    if not to:
        return False
    token = links.new_link(desk.session, row, desk.now, desk.settings.link_days)
    letter = Letter(
        to=to,
        body=_body(desk.settings, row, note, token),
        language=row.language,
        kind=note.kind,
        once_key=f"{note.once}:{row.id}",
        due_at=desk.now,
        consultation_id=row.id,
    )
    return post(desk.session, letter) is not None


def _body(settings: Settings, row: Consultation, note: Note, token: str) -> str:
    """The words of a text; a first name and a day are all it tells, short where that is cheaper."""
    spoken, day = row.language, row.review.day
    known = {
        "iro": _officer(row),
        "link": links.address(settings.public_url, token),
        "number": settings.service_number,
    }
    key = f"texts.{note.words}.{note.voices[row.role]}"
    days = [language.day_words(day, spoken, short=s) if day else "" for s in (False, True)]
    return leanest(*(language.words(key, spoken, day=said, **known) for said in days))


def _officer(row: Consultation) -> str:
    """Who reads it: the officer's first name, kept in its own direction inside Arabic."""
    if row.review.iro is None:
        return language.words("texts.officer", row.language)
    name = row.review.iro.first_name
    return language.isolate(name) if language.is_rtl(row.language) else name
