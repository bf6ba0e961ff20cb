"""A file of a known kind, ready to be read row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from consult_app.records import kinds, reading
from consult_app.records.finding import Finding
from consult_app.records.line import Line
from consult_app.records.reading import Unreadable

HEADING_WITHIN = 10
SHEET_WIDTH = 1 << 14  # a workbook's cells cannot slip past their columns


@dataclass(frozen=True)
class RecordFile:
    """A file with its kind and heading; `rows()` reads it anew each time."""

    source: reading.Source
    sheet: str | None
    heading: int
    width: int
    found: kinds.Found

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.source.path.name

    @property
    def kind(self) -> kinds.FileKind:
        """The kind its columns show."""
        return self.found.layout.kind

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is said of its heading."""
        return self.found.notes

    def rows(self) -> Iterator[tuple[Line, kinds.Row | None]]:
        """Each row under the heading with what it says; None where it was left out."""
        places, columns = self.found.places, self.found.columns
        for number, cells in reading.rows(self.source, self.sheet):
            if number <= self.heading:
                continue
            line = Line(number, cells, places, columns)
            if any(cells[self.width :]):
                line.leave_out("", "cells", "more cells than columns: is a separator unquoted?")
            yield line, None if line.left_out else self.found.layout.read(line)


def open_file(path: Path) -> RecordFile:
    """Look at a file and know its kind. Unreadable, with what to do, when that cannot be."""
    source = reading.source(path)
    first: list[str] = []
    for sheet in reading.sheets(source):
        for number, cells in islice(reading.rows(source, sheet), HEADING_WITHIN):
            first = first or cells
            if found := kinds.recognise(cells, number):
                width = SHEET_WIDTH if source.is_workbook else len(cells)
                return RecordFile(source, sheet, number, width, found)
    raise Unreadable(_unknown(first))


def _unknown(cells: list[str]) -> str:
    kind, missing = kinds.nearest(cells)
    columns = ", ".join(cell[:30] for cell in cells[:12] if cell) or "none"
    return (
        f"is of no kind known by its columns ({columns}); "
        f"for a {kind} file it lacks {', '.join(missing)}"
    )
