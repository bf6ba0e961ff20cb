"""Taking back what a translator sent: compare, check, and only then write."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from consult_app import language
from consult_app.languages.provenance import Words
from consult_app.translating import answering, fits, letters, units, whole
from consult_app.translating.files import Fault, File, of_language
from consult_app.translating.units import Unit

Row = tuple[str, str, str, bool]
"""Context, English, translation, whether it is checked."""


class Unreadable(Exception):
    """A file that cannot be taken; the message says why."""


@dataclass(frozen=True)
class Incoming:
    """What a file holds: the language it is for, and its rows."""

    tag: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Change:
    """One key that would change: its words, or that they are checked now."""

    key: str
    before: Words | None
    words: Words
    checked: bool

    @property
    def is_new_wording(self) -> bool:
        """True when the words themselves change."""
        return self.before != self.words


@dataclass(frozen=True)
class Proposal:
    """What taking a file would do: changes, what stands in the way, what was left aside."""

    tag: str
    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    aside: tuple[str, ...]


def propose(incoming: Incoming, folder: Path = language.FOLDER) -> Proposal:
    """Compare a file with the words as they are. Nothing is written."""
    tag = incoming.tag
    if tag == language.ENGLISH or tag not in {one.tag for one in language.every()}:
        raise Unreadable(f"it is for {tag!r}: no language that can be taken")
    known = {unit.context: unit for unit in units.units(tag, folder)}
    taken, aside = _fitting(incoming.rows, known)
    files = of_language(folder, tag)
    changes = tuple(_changes(files, known, taken))
    return Proposal(tag, changes, tuple(_faults(files, changes, folder)), tuple(aside))


def _fitting(
    rows: Iterable[Row], known: Mapping[str, Unit]
) -> tuple[dict[str, tuple[str, bool]], list[str]]:
    """Rows with words for English that still stands, by context; the others with the reason."""
    taken: dict[str, tuple[str, bool]] = {}
    aside: list[str] = []
    for context, english, words, checked in rows:
        unit = known.get(context)
        if unit is None:
            aside.append(f"{context}: there is no such string any more")
        elif words.strip() and _plain(unit.source) != _plain(english):
            aside.append(f"{context}: the English has changed since: export again")
        elif words.strip():
            taken[context] = (_plain(words), checked)
    return taken, aside


def _plain(text: str) -> str:
    """Line ends as we write them."""
    return text.replace("\r\n", "\n")


def _changes(
    files: Iterable[File], known: Mapping[str, Unit], taken: Mapping[str, tuple[str, bool]]
) -> Iterable[Change]:
    """Every key whose words change, or that is checked now and was not."""
    by_key: dict[str, list[Unit]] = {}
    for unit in known.values():
        by_key.setdefault(unit.key, []).append(unit)
    for file in files:
        for name, english in file.english.items():
            own = by_key[f"{file.namespace}.{name}"]
            said = {unit.form: taken[unit.context] for unit in own if unit.context in taken}
            if not said:
                continue
            before = file.entries.get(name)
            words = _entry(english, before, {form: text for form, (text, _) in said.items()})
            checked = len(said) == len(own) and all(checked for _, checked in said.values())
            if words != before or (checked and not own[0].is_checked):
                yield Change(own[0].key, before, words, checked)


def _entry(english: Words, before: Words | None, said: Mapping[str, str]) -> Words:
    """The entry as its file has it: a list, plural forms, or one text."""
    if isinstance(english, list):
        return [line.strip() for line in said[""].split("\n") if line.strip()]
    if "" in said:
        return said[""]
    old = before if isinstance(before, dict) else {}
    if isinstance(before, str) and set(said) == {"other"}:
        return said["other"]
    return {**old, **said}


def _faults(files: Iterable[File], changes: Sequence[Change], folder: Path) -> Iterable[Fault]:
    """What the check says of the words as they would be; only of what changes."""
    new = {change.key: change.words for change in changes}
    for file in files:
        if own := file.own(new):
            after = replace(file, entries={**file.entries, **own})
            found = chain(
                whole.faults(after),
                letters.faults(after),
                fits.faults(after),
                answering.faults(after, folder),
            )
            yield from (fault for fault in found if fault.key in own)
