"""Invent a whole authority from a seed and a day: the same two give the same authority."""

from collections.abc import Iterable
from datetime import date
from random import Random

from consult_app.demo.children import Nursery, make_officers
from consult_app.demo.meetings import Diary
from consult_app.demo.paper import history
from consult_app.demo.world import Kid, Sitting, Someone, World
from consult_app.models.kinds import Role
from consult_app.reviewing.timetable import age_on

OFFICERS = 12
FIRST_NUMBER, LAST_NUMBER = 900000, 900989
"""Of the range for drama, 07700 900000 to 900999; the last ones are the service's own."""

PHONE_AGE, TABLET_AGE = 8, 4
WITH_TABLET = 0.4
WITHOUT_PHONE = 0.08


def invent(seed: int, children: int, today: date) -> World:
    """An invented authority of so many children, as it stands on `today`."""
    random = Random(seed)  # noqa: S311 - inventing, not protecting
    officers = make_officers(random, OFFICERS)
    kids = Nursery(random, today, officers).make(children)
    diary = Diary(random, today)
    sittings = tuple(sitting for kid in kids for sitting in diary.of(kid))
    forms = tuple(history(random, today, sittings))
    return World(officers, kids, sittings, forms, _mobiles(random, sittings, today))


def _mobiles(random: Random, sittings: tuple[Sitting, ...], today: date) -> dict[str, str]:
    """Numbers, each given once, to those around the next reviews first, while there are any."""
    free = iter(range(FIRST_NUMBER, LAST_NUMBER + 1))
    coming = sorted((s for s in sittings if not s.held), key=lambda s: (s.day, s.reference))
    given: dict[str, str] = {}
    for person in _with_phones(random, (s.kid for s in coming), today):
        number = next(free, None)
        if number is not None and person.reference not in given:
            given[person.reference] = f"07700 {number}"
    return given


def _with_phones(random: Random, kids: Iterable[Kid], today: date) -> Iterable[Someone]:
    """Who has a phone: nearly every grown-up, children from eight on, some from four."""
    seen: set[str] = set()
    for kid in kids:
        age = age_on(kid.born_on, today)
        old_enough = age >= PHONE_AGE or (age >= TABLET_AGE and random.random() < WITH_TABLET)
        for tie in kid.ties:
            if tie.person.reference in seen or (tie.role is Role.CHILD and not old_enough):
                continue
            seen.add(tie.person.reference)
            if random.random() >= WITHOUT_PHONE:
                yield tie.person
