"""From bytes to rows of cells: CSV in any of its encodings and separators, or a workbook."""

import codecs
import csv
import hashlib
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path

from openpyxl import load_workbook

Row = tuple[int, list[str]]

CHUNK = 1 << 20
HEAD_LINES = 10
SEPARATORS = ",;\t|"
FORMATS = {
    b"PK\x03\x04": "",
    b"\xd0\xcf\x11\xe0": "an old .xls workbook: save it as .xlsx or CSV",
    b"%PDF": "a PDF: export the list as CSV or .xlsx",
    b"<?xml": "XML: export the list as CSV or .xlsx",
}
UNREADABLE_BOOK = "a workbook that cannot be opened: save it again as .xlsx or CSV"


class Unreadable(Exception):
    """The file cannot be read as rows; the message says what it is and what to do."""


@dataclass(frozen=True)
class Source:
    """A file that can be read: how it is encoded, its digest, and about how many lines."""

    path: Path
    encoding: str | None
    digest: str
    lines: int

    @property
    def is_workbook(self) -> bool:
        """True for XLSX."""
        return self.encoding is None


def source(path: Path) -> Source:
    """Look a file over once. Unreadable when it is missing, empty, or neither text nor XLSX."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            file.seek(0)
            digest, lines = _measure(file)
    except OSError as error:
        raise Unreadable(f"cannot be read: {(error.strerror or 'no such file').lower()}") from None
    if not head.strip():
        raise Unreadable("is empty")
    for magic, problem in FORMATS.items():
        if head.startswith(magic) and problem:
            raise Unreadable(f"is {problem}")
    encoding = None if head.startswith(b"PK\x03\x04") else _encoding(path, head)
    return Source(path, encoding, digest, lines)


def _measure(file: io.BufferedReader) -> tuple[str, int]:
    digest, lines = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        lines += chunk.count(b"\n")
    return digest.hexdigest(), lines


def _encoding(path: Path, head: bytes) -> str:
    """UTF-8 and UTF-16 by their marks or by trial, else Windows-1252."""
    for encoding in _likely(head):
        if _decodes(path, encoding):
            return encoding
    raise Unreadable("is not text in UTF-8, UTF-16 or Windows-1252")


def _likely(head: bytes) -> tuple[str, ...]:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if head[1:2] == b"\0":
        return ("utf-16-le",)
    if head[0:1] == b"\0":
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


def _decodes(path: Path, encoding: str) -> bool:
    """True when the whole file is text in `encoding` and holds no NUL."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if "\0" in decoder.decode(chunk):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def sheets(origin: Source) -> tuple[str | None, ...]:
    """The names of a workbook's sheets in order; a single None for CSV."""
    if not origin.is_workbook:
        return (None,)
    book = _book(origin.path)
    names = tuple(sheet.title for sheet in book.worksheets)
    book.close()
    return names


def rows(origin: Source, sheet: str | None = None) -> Iterator[Row]:
    """Every row that is not blank, with the line on which it begins."""
    every = _book_rows(origin.path, sheet) if sheet else _text_rows(origin)
    return ((line, cells) for line, cells in every if any(cells))


def _text_rows(origin: Source) -> Iterator[Row]:
    with origin.path.open(encoding=origin.encoding, newline="") as file:
        head = "".join(islice(file, HEAD_LINES))
    with origin.path.open(encoding=origin.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=_separator(head))
        line = 1
        try:
            for cells in reader:
                yield line, [cell.strip() for cell in cells]
                line = reader.line_num + 1
        except csv.Error as error:
            raise Unreadable(f"cannot be read after line {line - 1}: {error}") from None


def _separator(head: str) -> str:
    """The separator that the first lines use most; Excel's own `sep=` line decides."""
    first = head.split("\n", 1)[0].strip()
    if first[:4].lower() == "sep=" and len(first) > 4:
        return first[4]
    return max(SEPARATORS, key=head.count)


def _book(path: Path):  # type: ignore[no-untyped-def]  # the library's stubs name two classes
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations that we do not read
            return load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # zip, XML and format errors of many classes
        raise Unreadable(f"is {UNREADABLE_BOOK}") from error


def _book_rows(path: Path, name: str) -> Iterator[Row]:
    book = _book(path)
    try:
        sheet = book[name]
        sheet.reset_dimensions()  # some programs write a wrong size
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield line, [_cell(cell) for cell in cells]
    except (KeyError, ValueError, SyntaxError, EOFError) as error:
        raise Unreadable(f"is {UNREADABLE_BOOK}") from error
    finally:
        book.close()


def _cell(value: object) -> str:
    """A workbook's cell as the text that a CSV would hold."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value).replace("\0", "").strip()
