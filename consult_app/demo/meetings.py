"""Invent fourteen months of reviews: due by the law's timetable, mostly on time, and the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from consult_app import workdays
from consult_app.demo.world import Kid, Sitting
from consult_app.models.kinds import Chairing, ReviewKind
from consult_app.reviewing.timetable import Stage, add_months, age_on, due_on

MONTHS = 14
LATE_SHARE = 0.09
HOURS = (time(9, 30), time(11), time(13, 30), time(16), time(16, 30))
VENUES = ("Westmere Hall, room 3", "At home", "Quillholt School", "Online", "Riverside Centre")
CODES_BY_AGE = (
    (range(4), (("PN0", 1),)),
    (range(4, 8), (("PN1", 24), ("PN2", 6), ("PN3", 8), ("PN4", 4), ("PN5", 12), ("PN6", 26),
                   ("PN7", 20))),
    (range(8, 12), (("PN1", 48), ("PN2", 4), ("PN3", 3), ("PN4", 2), ("PN5", 9), ("PN6", 22),
                    ("PN7", 12))),
    (range(12, 30), (("PN1", 68), ("PN2", 2), ("PN4", 2), ("PN5", 5), ("PN6", 15), ("PN7", 8))),
)  # fmt: skip
ATTENDED = frozenset({"PN1", "PN2", "PN3", "PN4"})
CHAIRINGS = ((Chairing.NONE, 70), (Chairing.PART, 18), (Chairing.CO_CHAIRED, 8), (Chairing.FULL, 4))
HOLIDAYS = workdays.holidays_with()


@dataclass(frozen=True)
class Diary:
    """Chance and the day it is."""

    random: Random
    today: date

    def of(self, kid: Kid) -> Iterator[Sitting]:
        """All reviews of one child since the history begins, and the next one."""
        begin = add_months(self.today, -MONTHS)
        stage, since = self._start(kid, begin)
        number = 1
        while True:
            due = due_on(stage, since, HOLIDAYS)
            sitting = self._sitting(kid, number, stage, due)
            if sitting.day >= begin:
                yield sitting
            if not sitting.held:
                return
            number, since = number + 1, sitting.day
            stage = _next(stage)

    def _start(self, kid: Kid, begin: date) -> tuple[Stage, date]:
        """Where the series stands when the history begins."""
        if kid.care_leaver:
            return Stage.PATHWAY, begin - timedelta(days=self.random.randint(1, 180))
        if kid.since >= begin - timedelta(days=120):
            return Stage.FIRST, kid.since
        return Stage.SUBSEQUENT, begin - timedelta(days=self.random.randint(1, 180))

    def _sitting(self, kid: Kid, number: int, stage: Stage, due: date) -> Sitting:
        late = self.random.random() < LATE_SHARE
        shift = self.random.randint(1, 20) if late else -self.random.randint(0, 12)
        day = workdays.after(due + timedelta(days=shift), 1) if late else _before(due, shift)
        held = day < self.today
        code = self._code(kid, day) if held else None
        return Sitting(
            reference=f"R{kid.reference}-{number}",
            kid=kid,
            kind=ReviewKind.PATHWAY_PLAN if kid.care_leaver else ReviewKind.CARED_FOR,
            stage=stage,
            due_on=due,
            day=day,
            at=self.random.choice(HOURS),
            venue=self.random.choice(VENUES),
            held=held,
            code=code,
            chairing=self._chairing(code),
        )

    def _code(self, kid: Kid, day: date) -> str:
        age = age_on(kid.born_on, day)
        shares = next(shares for ages, shares in CODES_BY_AGE if age in ages)
        return self.random.choices([code for code, _ in shares], [n for _, n in shares])[0]

    def _chairing(self, code: str | None) -> Chairing | None:
        if code is None or code == "PN0":
            return None
        if code not in ATTENDED:
            return Chairing.NONE
        return self.random.choices([c for c, _ in CHAIRINGS], [n for _, n in CHAIRINGS])[0]


def _before(due: date, shift: int) -> date:
    """The working day on or before `due` moved by `shift` days."""
    return workdays.after(due + timedelta(days=shift + 1), -1)


def _next(stage: Stage) -> Stage:
    return {Stage.FIRST: Stage.SECOND, Stage.PATHWAY: Stage.PATHWAY}.get(stage, Stage.SUBSEQUENT)
