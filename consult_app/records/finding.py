"""What is said about a row of a file: where, under which rule, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """A note is no fault; a warned row is kept, a row left out is not."""

    NOTE = "note"
    WARNING = "warning"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one row. Messages quote dates, codes and languages, never names or numbers of people."""

    line: int
    column: str
    rule: str
    message: str
    severity: Severity

    @property
    def is_fault(self) -> bool:
        """True for what a strict import refuses."""
        return self.severity is not Severity.NOTE
