"""Finding strings on the translators' page: by words, by how far they have come, by place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from consult_app.languages.provenance import Made
from consult_app.translating.units import Unit, units

PAGE = 60
SHOWN: Mapping[str, Callable[[Unit], bool]] = {
    "all": lambda unit: True,
    "speaker": lambda unit: unit.provenance.needs_speaker,
    "draft": lambda unit: bool(unit.target) and unit.provenance.made is Made.DRAFT,
    "changed": lambda unit: unit.provenance.made is Made.CHANGED,
    "checked": lambda unit: unit.provenance.made is Made.CHECKED,
    "missing": lambda unit: not unit.target,
}
PARTS = ("all", "questions", "options", "pages", "texts", "replies", "later", "public")


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see; an unknown choice is everything."""

    words: str = ""
    show: str = "all"
    part: str = "all"

    def fits(self, unit: Unit) -> bool:
        """True for a string that is wanted."""
        if self.part in PARTS[1:] and not unit.key.startswith(f"{self.part}."):
            return False
        if not SHOWN.get(self.show, SHOWN["all"])(unit):
            return False
        said = "\n".join((unit.key, unit.source, unit.target)).casefold()
        return self.words.casefold() in said


def find(tag: str, wish: Wish) -> list[Unit]:
    """The strings of a language that are wanted, in the order of the English files."""
    return [unit for unit in units(tag) if wish.fits(unit)]


def paged(found: Sequence[Unit], page: int) -> tuple[Sequence[Unit], bool]:
    """One page of what was found, by its number from 1, and whether more follow."""
    return found[(page - 1) * PAGE : page * PAGE], len(found) > page * PAGE
