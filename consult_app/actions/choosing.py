"""Which questionnaire a respondent gets, by role and by age on the review's day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consult_app.models.child import Child
from consult_app.models.kinds import Role
from consult_app.questionnaires import load
from consult_app.reviewing.timetable import age_on

UNACCOMPANIED = "unaccompanied"
BY_AGE = ((range(8, 12), "child_8_11"), (range(12, 18), "child_12_15"))
"""Who is 16 or 17 is asked the questions of 12 to 15 until their own are published."""

BY_ROLE: Mapping[Role, str] = {Role.CARER: "carer", Role.PARENT: "parent"}


@dataclass(frozen=True)
class Choice:
    """A questionnaire's name and version, and the modules ("name:version") joined to it."""

    name: str
    version: int
    modules: tuple[str, ...] = ()


def choose_questionnaire(child: Child, on: date, role: Role) -> Choice | None:
    """What `role` is asked about `child` on a day; None when nothing is published for them yet."""
    if role in BY_ROLE:
        return _newest(BY_ROLE[role])
    if role is not Role.CHILD or child.born_on is None:
        return None
    age = age_on(child.born_on, on)
    name = next((name for ages, name in BY_AGE if age in ages), None)
    modules = (_module(UNACCOMPANIED),) if is_unaccompanied(child, on) else ()
    return _newest(name, modules) if name else None


def is_unaccompanied(child: Child, on: date) -> bool:
    """True for a child who is in England without family, until the day that ended."""
    until = child.unaccompanied_until
    return child.unaccompanied and (until is None or until >= on)


def _newest(name: str, modules: tuple[str, ...] = ()) -> Choice:
    return Choice(name, load.load(name).version, modules)


def _module(name: str) -> str:
    return f"{name}:{load.load(name).version}"
