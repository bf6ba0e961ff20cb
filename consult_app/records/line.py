"""One row of a file while it is read: its cells by field, and what is found about them."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from consult_app.records import values
from consult_app.records.finding import Finding, Severity

T = TypeVar("T")

INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF])


def _quoted(text: str) -> str:
    """A cell as a message may quote it: without a digit it might be someone's name."""
    return f"“{text[:20]}”" if any(letter.isdigit() for letter in text) else "this"


class Line:
    """A row's cells under the names of a layout; faults are gathered as they are met."""

    __slots__ = ("cells", "columns", "findings", "left_out", "number", "places")

    def __init__(
        self, number: int, cells: list[str], places: Mapping[str, int], columns: Mapping[str, str]
    ) -> None:
        self.number = number
        self.cells = cells
        self.places = places
        self.columns = columns
        self.findings: list[Finding] = []
        self.left_out = False

    def has(self, field: str) -> bool:
        """True when the file has a column for `field`."""
        return field in self.places

    def text(self, field: str, limit: int | None = None) -> str:
        """A cell's text, empty when there is none; cut with a warning over `limit` characters."""
        place = self.places.get(field, -1)
        text = self.cells[place] if 0 <= place < len(self.cells) else ""
        if limit is not None and len(text) > limit:
            self.warn(field, "too-long", f"longer than {limit} characters: the rest is cut off")
            return text[:limit].rstrip()
        return text

    def ident(self, field: str, limit: int, *, rule: str) -> str | None:
        """An id, always a string; without a usable one the row is left out."""
        text = self.text(field).translate(INVISIBLE).strip()
        if not text:
            self.leave_out(field, rule, "is blank")
            return None
        if len(text) > limit:
            self.leave_out(field, "too-long", f"an id has at most {limit} characters")
            return None
        return text

    def day(self, field: str, rule: str) -> date | None:
        """A date; one that cannot be read is warned of and taken as blank."""
        text = self.text(field)
        read = values.day(text) if text else None
        if text and read is None:
            self.warn(field, rule, f"{_quoted(text)} is not a date: use dd/mm/yyyy")
        return read

    def day_or_left_out(self, field: str, rule: str) -> date | None:
        """A date that the row cannot do without."""
        text = self.text(field)
        read = values.day(text)
        if read is None:
            said = f"{_quoted(text)} is not a date: use dd/mm/yyyy" if text else "has no date"
            self.leave_out(field, rule, said)
        return read

    def choice(self, field: str, table: Mapping[str, T]) -> T | None:
        """The value a word stands for; an unknown word is warned of and taken as blank."""
        text = self.text(field)
        found = values.named(table, text) if text else None
        if text and found is None:
            self.warn(field, field.replace("_", "-"), "is not one of the values known")
        return found

    def warn(self, field: str, rule: str, message: str) -> None:
        """The row is kept, and this said about it."""
        self._find(field, rule, message, Severity.WARNING)

    def leave_out(self, field: str, rule: str, message: str) -> None:
        """The row cannot be kept, for this reason."""
        self.left_out = True
        self._find(field, rule, message, Severity.LEFT_OUT)

    def _find(self, field: str, rule: str, message: str, severity: Severity) -> None:
        column = self.columns.get(field, field)
        self.findings.append(Finding(self.number, column, rule, message, severity))
