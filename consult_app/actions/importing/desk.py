"""What taking in one file works with, and the children whom every file names."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from consult_app import clock
from consult_app.actions.importing.known import Known, KnownChild
from consult_app.actions.importing.ledger import Ledger
from consult_app.db import new_id
from consult_app.records.line import Line


@dataclass
class Desk:
    """One file being taken in: what is known, what changes, and which keys it had already.

    `moved` lists whose number changed: the person, the old number's hash, the new number.
    """

    known: Known
    ledger: Ledger
    today: date = field(default_factory=clock.today)
    seen: dict[object, object] = field(default_factory=dict)
    turns: Counter[object] = field(default_factory=Counter)
    moved: list[tuple[int, str, str | None]] = field(default_factory=list)

    def seen_before(self, key: object) -> bool:
        """True from the second time on that this file brings `key`."""
        before = key in self.seen
        self.seen[key] = None
        return before


def find_child(desk: Desk, reference: str) -> tuple[KnownChild, bool]:
    """The child of a row, and whether they had to be made."""
    child = desk.known.children.get(reference)
    if child is not None:
        return child, False
    child = KnownChild(new_id(), reference)
    desk.known.children[reference] = child
    desk.ledger.insert(child)
    return child, True


def expect_child(desk: Desk, line: Line, reference: str, rule: str) -> KnownChild:
    """The child of a row that should be known already; a new one is made with a warning."""
    child, made = find_child(desk, reference)
    if made:
        line.warn("child", rule, "this child was not known: added")
    return child


def note_birth(desk: Desk, line: Line, child: KnownChild, born_on: date | None, rule: str) -> None:
    """Keep a date of birth where none was known; warn of one that differs."""
    if born_on is None:
        return
    if born_on > desk.today:
        line.warn("born_on", "102", "a date of birth in the future: not taken")
    elif child.born_on is None:
        desk.ledger.change(child, born_on=born_on)
    elif child.born_on != born_on:
        line.warn("born_on", rule, "differs from the date of birth held, which stands")
