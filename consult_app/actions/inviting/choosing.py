"""Which questionnaire a respondent gets: by role, by age on the review's day, by needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from consult_app.models.child import Child
from consult_app.models.kinds import Role
from consult_app.questionnaires import load
from consult_app.reviewing.timetable import age_on

FOUR, EIGHT, EIGHTEEN = 4, 8, 18
BY_AGE = (
    (range(FOUR, EIGHT), "child_4_7"),
    (range(EIGHT, 12), "child_8_11"),
    (range(12, 16), "child_12_15"),
    (range(16, EIGHTEEN), "child_16_17"),
)
CARE_LEAVER = "care_leaver"
BY_ROLE: Mapping[Role, str] = {
    Role.CARER: "carer",
    Role.PARENT: "parent",
    Role.HEALTH: "health",
    Role.EDUCATION: "education",
    Role.CARE_LEAVER: CARE_LEAVER,
}
AFTERWARDS: Mapping[Role, str] = {
    Role.CHILD: "after_child",
    Role.CARE_LEAVER: "after_child",
    Role.CARER: "after_carer",
    Role.PARENT: "after_parent",
    Role.HEALTH: "after_professional",
    Role.EDUCATION: "after_professional",
    Role.SOCIAL_WORKER: "after_professional",
}
"""What each is asked when the review is over; an observer is its carer, and asked as that."""

UNACCOMPANIED, COMMUNICATION = "unaccompanied", "communication"
THEMSELVES = frozenset({Role.CHILD, Role.CARE_LEAVER})


@dataclass(frozen=True)
class Choice:
    """A questionnaire's name and version, and the modules ("name:version") joined to it."""

    name: str
    version: int
    modules: tuple[str, ...] = ()


def choose_questionnaire(child: Child, on: date, role: Role) -> Choice | None:
    """What `role` is asked about `child` before a review on a day; None when there is nothing."""
    name = BY_ROLE.get(role) or _by_age(child, on, role)
    modules = tuple(_modules(child, on)) if role in THEMSELVES else ()
    return _newest(name, modules) if name else None


def choose_afterwards(child: Child, on: date, role: Role) -> Choice | None:
    """What `role` is asked after a review held on a day; a child under four is not."""
    name = AFTERWARDS.get(role)
    if name is None or (role in THEMSELVES and is_under_four(child, on)):
        return None
    return _newest(name)


def is_under_four(child: Child, on: date) -> bool:
    """True for a child too young to be asked, for whom someone who knows them well speaks."""
    return child.born_on is not None and age_on(child.born_on, on) < FOUR


def is_unaccompanied(child: Child, on: date) -> bool:
    """True for a child who is in England without family, until the day that ended."""
    until = child.unaccompanied_until
    return child.unaccompanied and (until is None or until >= on)


def _by_age(child: Child, on: date, role: Role) -> str | None:
    """A child's questionnaire, or an observer's about a child under four."""
    if role is Role.OBSERVER:
        return "observer" if is_under_four(child, on) else None
    if role is not Role.CHILD:
        return None
    if child.born_on is None:
        return CARE_LEAVER if child.care_leaver else None
    age = age_on(child.born_on, on)
    by_age = next((name for ages, name in BY_AGE if age in ages), None)
    return CARE_LEAVER if age >= EIGHTEEN else by_age


def _modules(child: Child, on: date) -> Iterator[str]:
    """What is joined to their own questions, into one conversation."""
    grown = child.born_on is None or age_on(child.born_on, on) >= EIGHT
    if is_unaccompanied(child, on) and grown:
        yield _module(UNACCOMPANIED)
    if child.communication_needs:
        yield _module(COMMUNICATION)


def _newest(name: str, modules: tuple[str, ...] = ()) -> Choice:
    return Choice(name, load.load(name).version, modules)


def _module(name: str) -> str:
    return f"{name}:{load.load(name).version}"
