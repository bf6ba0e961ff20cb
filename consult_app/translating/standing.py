"""How far each language has come: the table that is shown to staff and printed in docs/."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from consult_app import language
from consult_app.languages.provenance import Made
from consult_app.outbox.segments import measure
from consult_app.translating import fits
from consult_app.translating.files import begun, stamp
from consult_app.translating.units import Unit, units

BEGIN, END = "<!-- table -->", "<!-- end of table -->"
INVITATION = "texts.invite.*"
HEADS = (
    "language",
    "tag",
    "offered",
    "strings",
    "missing",
    "drafts",
    "checked",
    "changed since",
    "need a speaker",
    "longest invitation",
)


@dataclass(frozen=True)
class Standing:
    """One language's row: how many strings, and how far they have come; segments of a text."""

    tag: str
    name: str
    offered: bool
    strings: int
    missing: int
    drafts: int
    checked: int
    changed: int
    need_speaker: int
    segments: int

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as the table prints it."""
        numbers = (self.missing, self.drafts, self.checked, self.changed, self.need_speaker)
        return (
            self.name,
            f"`{self.tag}`",
            "yes" if self.offered else "no",
            str(self.strings),
            *map(str, numbers),
            f"{self.segments} parts" if self.segments else "–",
        )


def standings(folder: Path = language.FOLDER) -> list[Standing]:
    """Every language that has words, in the order of languages.yml."""
    return _standings(folder, stamp(folder))


@lru_cache(maxsize=2)
def _standings(folder: Path, _stamp: int) -> list[Standing]:
    return [standing(tag, folder) for tag in begun(folder)]


def standing(tag: str, folder: Path = language.FOLDER) -> Standing:
    """How far one language has come. English is what the others are made from."""
    known, by_key = units(tag, folder), dict[str, Unit]()
    for unit in known:
        by_key.setdefault(unit.key, unit)
    there = [unit for unit in by_key.values() if unit.target]
    made = [_made(unit, tag) for unit in there]
    return Standing(
        tag=tag,
        name=language.names(tag, language.ENGLISH),
        offered=language.get(tag).offered,
        strings=len(there),
        missing=len(by_key) - len(there),
        drafts=made.count(Made.DRAFT),
        checked=made.count(Made.CHECKED),
        changed=made.count(Made.CHANGED),
        need_speaker=sum(
            unit.provenance.needs_speaker for unit in by_key.values() if tag != language.ENGLISH
        ),
        segments=max(_invitations(known, tag), default=0),
    )


def _made(unit: Unit, tag: str) -> Made:
    return Made.CHECKED if tag == language.ENGLISH else unit.provenance.made


def _invitations(known: Iterable[Unit], tag: str) -> Iterator[int]:
    """The parts of each invitation, with a long day and a long link."""
    for unit in known:
        if fnmatchcase(unit.key, INVITATION) and unit.target:
            yield measure(fits.with_samples(unit.target, tag)).segments


def markdown(rows: Sequence[Standing]) -> str:
    """The table as docs/languages.md has it."""
    body = (row.cells for row in rows)
    lines = (HEADS, tuple("---" for _ in HEADS), *body)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
