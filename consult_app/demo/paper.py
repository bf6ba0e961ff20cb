"""Invent what the authority did before: forms by post and email, few of which came back."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from consult_app.demo.world import Kid, PaperForm, Sitting
from consult_app.models.kinds import Role
from consult_app.reviewing.timetable import age_on

NEW_WAY_DAYS = 75
"""So long ago the first answers came by phone."""

SENT = {Role.CHILD: 0.86, Role.PARENT: 0.8, Role.CARER: 0.88, Role.HEALTH: 0.6,
        Role.EDUCATION: 0.75, Role.CARE_LEAVER: 0.8}  # fmt: skip
BACK_BY_PAPER = {Role.CHILD: 0.2, Role.PARENT: 0.15, Role.CARER: 0.36, Role.HEALTH: 0.32,
                 Role.EDUCATION: 0.34, Role.CARE_LEAVER: 0.12}  # fmt: skip
BACK_BY_PHONE = {Role.CHILD: 0.52, Role.PARENT: 0.33, Role.CARER: 0.58}
LATE_SHARE = 0.12
BY_NAME = (Role.HEALTH, Role.EDUCATION)
"""Named or not, these were sent a form."""


def history(random: Random, today: date, sittings: tuple[Sitting, ...]) -> Iterator[PaperForm]:
    """A form for each role that was there to be asked, for reviews that were held."""
    for sitting in sittings:
        if sitting.held:
            yield from _forms(random, today, sitting)


def _forms(random: Random, today: date, sitting: Sitting) -> Iterator[PaperForm]:
    phones = sitting.day > today - timedelta(days=NEW_WAY_DAYS)
    for role in _asked(sitting.kid, sitting.day):
        if random.random() < SENT[role]:
            by_phone = phones and role in BACK_BY_PHONE
            yield _form(random, today, (sitting, role), BACK_BY_PHONE if by_phone else {})


def _form(
    random: Random, today: date, asked: tuple[Sitting, Role], phone: Mapping[Role, float]
) -> PaperForm:
    sitting, role = asked
    sent = sitting.day - timedelta(days=random.randint(12, 24))
    back = random.random() < (phone.get(role) or BACK_BY_PAPER[role])
    late = random.random() < LATE_SHARE
    day = sitting.day + timedelta(days=random.randint(1, 9)) if late else _between(random, sent)
    received = day if back and day <= today else None
    ways = ("web_chat", "web_form", "sms") if phone else ("paper", "paper", "paper", "email")
    return PaperForm(sitting, role, sent, received, random.choice(ways))


def _between(random: Random, sent: date) -> date:
    """Some day after sending and before the review, which is twelve days later or more."""
    return sent + timedelta(days=random.randint(1, 11))


def _asked(kid: Kid, day: date) -> list[Role]:
    """The roles there were to ask; health and school for children of their age."""
    roles = [tie.role for tie in kid.ties if not tie.keep_away and tie.role not in BY_NAME]
    age = age_on(kid.born_on, day)
    if age < 4:
        roles.remove(Role.CHILD)
    if not kid.care_leaver:
        roles += [Role.HEALTH] + ([Role.EDUCATION] if age >= 4 else [])
    return roles
