"""Change whose a number is as a case system's file does it: through an import."""

import csv
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult_app import sealing
from consult_app.actions.importing import imports
from consult_app.demo.files import HEADINGS
from consult_app.models.involvement import Involvement
from consult_app.models.person import Person
from consult_app.records.files import open_file

FILE = "people-changed.csv"
Row = Sequence[object]


def swap(session: Session, one: str, other: str) -> int:
    """Take in a file in which those who had one number have the other; rows that changed."""
    return _take_in(session, [*_rows(session, one, other), *_rows(session, other, one)])


def share(session: Session, one: str, other: str) -> int:
    """Take in a file in which those who had the other number have this one too; rows changed."""
    return _take_in(session, _rows(session, other, one))


def _take_in(session: Session, rows: Sequence[Row]) -> int:
    if not rows:
        return 0
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADINGS["people"], *rows])
        return imports.apply(session, open_file(path)).changes


def _rows(session: Session, before: str, after: str) -> list[Row]:
    """A line for each part that the owners of a number have in a child's life."""
    hashes = sealing.ring().hashes(before)
    query = (
        select(Involvement)
        .join(Involvement.person)
        .where(Person.mobile_hash.in_(hashes))
        .options(joinedload(Involvement.person), joinedload(Involvement.child))
    )
    return [_row(part, after) for part in session.scalars(query)]


def _row(part: Involvement, number: str) -> Row:
    person = part.person
    may = "y" if part.contact_ok else f"n: {part.contact_reason or ''}"
    return (
        part.child.reference, person.reference, part.role.value, person.name or "", number,
        person.language_read, person.language_spoken or "", "", may,
        "y" if part.parental_responsibility else "n", "",
    )  # fmt: skip
