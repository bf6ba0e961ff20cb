"""The messages that ask: each carries its own link, and is queued in the outbox once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult_app.actions.doors import links
from consult_app.actions.inviting import late, numbers, reaching
from consult_app.actions.inviting.reaching import Way
from consult_app.actions.inviting.wordings import Saying, worded
from consult_app.config import Settings
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus, MessageKind, ReviewStatus, Role
from consult_app.models.review import Review
from consult_app.outbox.post import Letter, post_anyway

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
    """One kind of message: the key of its words, and the key under which it is posted once.

    `letter` is the key of its words where there is room. `elsewhere` goes by another channel than
    before, where there is one; with `each_way` it is posted once by each of them.
    """

    words: str
    once: str
    kind: MessageKind
    voices: Mapping[Role, str] = field(default_factory=lambda: VOICE)
    letter: str = "invite"
    elsewhere: bool = False
    each_way: bool = False

    def key(self, row: Consultation, way: Way) -> str:
        """Under which a message of this kind is posted once."""
        return f"{self.once}:{row.id}" + (f":{way.channel}" if self.each_way else "")


INVITATION = Note("invite", "invite", MessageKind.INVITATION, INVITING)
AFTER = Note("invite.after", "after", MessageKind.INVITATION, AFTERWARDS, "after")


def still_ahead(desk: Desk, status: ConsultationStatus, on: date) -> list[Consultation]:
    """Consultations that stand so, of somebody, whose review is on a day or after it; locked."""
    query = (
        select(Consultation)
        .join(Consultation.review)
        .where(
            Consultation.status == status,
            Consultation.person_id.is_not(None),
            Review.status == ReviewStatus.SCHEDULED,
            Review.day >= on,
        )
        .options(
            joinedload(Consultation.person),
            joinedload(Consultation.review).joinedload(Review.iro),
        )
        .order_by(Consultation.id)
        .with_for_update(of=Consultation)
    )
    return list(desk.session.scalars(query))


def send(desk: Desk, row: Consultation, note: Note) -> bool:
    """Queue `note` to the consultation's person with a new link. False when it may not go."""
    way = _way(desk, row, note)
    if way is None or not _is_theirs(desk, row, way):
        return False
    token = links.new_link(desk.session, row, desk.now, desk.settings.link_days)
    link = links.address(desk.settings.public_url, token)
    saying = Saying(f"{note.words}.{note.voices[row.role]}", note.letter, link)
    said = worded(way.channel, desk.settings, row, saying)
    letter = Letter(
        to=way.to,
        body=said.body,
        language=row.language,
        kind=note.kind,
        once_key=note.key(row, way),
        due_at=desk.now,
        consultation_id=row.id,
        channel=way.channel,
        details=said.details,
    )
    if post_anyway(desk.session, letter) is None:
        return False
    late.told(row)
    return True


def _is_theirs(desk: Desk, row: Consultation, way: Way) -> bool:
    """False where a number must be confirmed before anything personal goes to it: that is asked."""
    person = row.person
    if person is None or way.to != person.mobile:
        return True
    if not person.is_doubtful(desk.now, desk.settings.number_days):
        return True
    numbers.ask(desk.session, person, desk.now)
    return False


def _way(desk: Desk, row: Consultation, note: Note) -> Way | None:
    """How this message goes to them; those who said STOP there are not reached that way."""
    if row.person is None:
        return None
    ways = reaching.ways_to(desk.session, desk.settings, row.person, row.role)
    return reaching.another(desk.session, row, ways) if note.elsewhere else reaching.first(ways)
