"""Invent children and the people around them: families, carers, and those who came alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, cycle
from random import Random

from consult_app.demo import names
from consult_app.demo.world import Kid, Officer, Someone, Tie
from consult_app.models.kinds import Role
from consult_app.reviewing.timetable import age_on

AGES = ((range(4), 16), (range(4, 8), 14), (range(8, 12), 22), (range(12, 16), 30),
        (range(16, 18), 18))  # fmt: skip
AREAS = ("North", "Riverside", "Coast")
TEAMS = ("Cared For 1", "Cared For 2", "Cared For 3")
ALONE_SHARE, LEAVER_SHARE = 4, 16
"""One child in so many came alone; one in so many is a care leaver."""

NEEDS_SHARE = 0.06
"""So many tell things without many words."""

NURSES, TEACHERS = 6, 30
WITH_NURSE, AT_SCHOOL, SCHOOL_AGE = 0.7, 0.8, 4
HOUSE = 5
KEEP_AWAY = ("court order", "address not known", "safety plan, ask the officer first")


class Nursery:
    """Makes children, one family or one house after another, from one source of chance."""

    def __init__(self, random: Random, today: date, officers: tuple[Officer, ...]) -> None:
        self.random, self.today, self._officers = random, today, cycle(officers)
        self._children, self._people = count(1), count(1)
        self._nurses = [self._grown() for _ in range(NURSES)]
        self._teachers = [self._grown() for _ in range(TEACHERS)]

    def make(self, size: int) -> tuple[Kid, ...]:
        """`size` children: a quarter came alone, some have left care."""
        alone, leavers = size // ALONE_SHARE, size // LEAVER_SHARE
        kids: list[Kid] = []
        while len(kids) < alone:
            kids += self._house(min(HOUSE, alone - len(kids)))
        kids += [self._leaver() for _ in range(leavers)]
        while len(kids) < size:
            kids += self._family(min(self.random.choice((1, 1, 1, 2, 2, 3)), size - len(kids)))
        return tuple(kids)

    def _house(self, size: int) -> list[Kid]:
        """Young people who came alone and share a house with one key worker."""
        worker = self._grown()
        return [self._alone(worker) for _ in range(size)]

    def _alone(self, worker: Someone) -> Kid:
        sex = "F" if self.random.random() < 0.06 else "M"
        home = names.arrived(self.random)
        first = self.random.choice(home.girls if sex == "F" else home.boys)
        person = replace(
            self._someone(f"{first} {names.far_surname(self.random)}"),
            reads=home.reads,
            speaks=home.speaks,
            interpreter=self.random.random() < home.interpreter,
        )
        born = self._born(self.random.choices((13, 14, 15, 16, 17), (3, 9, 22, 36, 30))[0])
        since = self.today - timedelta(days=self.random.randint(12, 700))
        ties = (Tie(Role.CHILD, person), Tie(Role.CARER, worker), *self._professionals(born))
        kid = self._kid(born, sex, since, ties)
        return replace(kid, unaccompanied=True, team="Arrivals")

    def _leaver(self) -> Kid:
        sex = self.random.choice("MF")
        born = self._born(self.random.choice((18, 19, 20)))
        tie = Tie(Role.CARE_LEAVER, self._young(sex))
        kid = self._kid(born, sex, born.replace(year=born.year + 14, day=1), (tie,))
        return replace(kid, care_leaver=True, team="Leaving Care")

    def _family(self, size: int) -> list[Kid]:
        """Brothers and sisters, their parents, one officer, and more often than not one carer."""
        parents = tuple(self._parent() for _ in range(self.random.choice((1, 1, 2))))
        shared = self._grown()
        together = self.random.random() < 0.7
        officer = next(self._officers)
        carers = [shared if together else self._grown() for _ in range(size)]
        return [replace(self._sibling(parents, carer), officer=officer) for carer in carers]

    def _sibling(self, parents: tuple[Tie, ...], carer: Someone) -> Kid:
        ages = self.random.choices([a for a, _ in AGES], [weight for _, weight in AGES])[0]
        born, sex = self._born(self.random.choice(ages)), self.random.choice("MF")
        longest = min((self.today - born).days - 5, 2200)
        since = self.today - timedelta(days=self.random.randint(1, max(longest, 2)))
        own = (Tie(Role.CHILD, self._young(sex)), Tie(Role.CARER, carer))
        return self._kid(born, sex, since, (*own, *parents, *self._professionals(born)))

    def _professionals(self, born: date) -> Iterator[Tie]:
        """The nurse and the teacher whom the files name for a child, mostly."""
        if self.random.random() < WITH_NURSE:
            yield Tie(Role.HEALTH, self.random.choice(self._nurses))
        if age_on(born, self.today) >= SCHOOL_AGE and self.random.random() < AT_SCHOOL:
            yield Tie(Role.EDUCATION, self.random.choice(self._teachers))

    def _kid(self, born: date, sex: str, since: date, ties: tuple[Tie, ...]) -> Kid:
        return Kid(
            reference=f"{next(self._children) * 37 + 4100:06d}",
            born_on=born,
            sex=sex,
            since=since,
            officer=next(self._officers),
            team=self.random.choice(TEAMS),
            area=self.random.choice(AREAS),
            ties=ties,
            communication_needs=self.random.random() < NEEDS_SHARE,
        )

    def _born(self, age: int) -> date:
        return self.today - timedelta(days=int(age * 365.25) + self.random.randint(3, 360))

    def _young(self, sex: str) -> Someone:
        home = names.ENGLISH
        first = self.random.choice(home.girls if sex == "F" else home.boys)
        return self._someone(f"{first} {names.surname(self.random)}")

    def _parent(self) -> Tie:
        """A parent; some read Arabic or Tigrinya, and a few may not be contacted."""
        reads = self.random.choices(("English", "ar", "ti"), (90, 7, 3))[0]
        speaks = {"ar": "Arabic", "ti": "Tigrinya"}.get(reads, "English")
        person = replace(self._grown(), reads=reads, speaks=speaks, interpreter=reads != "English")
        away = self.random.choice(KEEP_AWAY) if self.random.random() < 0.08 else ""
        return Tie(Role.PARENT, person, away)

    def _grown(self) -> Someone:
        return self._someone(f"{self.random.choice(names.GROWN)} {names.surname(self.random)}")

    def _someone(self, name: str) -> Someone:
        return Someone(f"P{next(self._people):05d}", name)


def make_officers(random: Random, size: int) -> tuple[Officer, ...]:
    """The reviewing officers, each with a first name of their own."""
    return tuple(
        Officer(f"IRO{number:02d}", f"{first} {names.surname(random)}")
        for number, first in enumerate(names.OFFICERS[:size], 1)
    )
