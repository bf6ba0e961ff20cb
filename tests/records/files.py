"""Small files for tests, written as people and programs write them."""

from pathlib import Path

from openpyxl import Workbook

from consult_app.records.files import RecordFile, open_file
from consult_app.records.finding import Finding


def text_file(folder: Path, text: str, encoding: str = "utf-8", name: str = "list.csv") -> Path:
    """A file of exactly this text."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def opened(folder: Path, text: str, name: str = "list.csv") -> RecordFile:
    """The same, opened as a file of a known kind."""
    return open_file(text_file(folder, text, name=name))


def workbook(folder: Path, rows: list[list[object]], *, first_sheet: str | None = None) -> Path:
    """A workbook with these rows, after another sheet when one is named."""
    book = Workbook()
    sheet = book.active
    if first_sheet:
        sheet.title = first_sheet
        sheet.append(["Read me first"])
        sheet = book.create_sheet("List")
    for row in rows:
        sheet.append(row)
    path = folder / "list.xlsx"
    book.save(path)
    return path


def read(file: RecordFile) -> tuple[list[object], list[Finding]]:
    """All rows that were kept, and all findings of rows."""
    kept, findings = [], []
    for line, row in file.rows():
        findings += line.findings
        if row is not None:
            kept.append(row)
    return kept, findings


def said(findings: list[Finding]) -> list[tuple[int, str, str, str]]:
    """Findings as (line, column, rule, severity)."""
    return [(f.line, f.column, f.rule, f.severity.value) for f in findings]
