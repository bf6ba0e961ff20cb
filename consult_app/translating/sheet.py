"""Units as a spreadsheet, for translators who work in one: a row each, "yes" where it is checked."""

import io
from collections.abc import Iterable
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from consult_app import language
from consult_app.translating.places import page
from consult_app.translating.taking import Incoming, Unreadable
from consult_app.translating.units import Unit, used_for

HEADS = ("key", "English", "translation", "checked", "where", "page", "length", "terms", "picture")
WIDTHS = (28, 60, 60, 9, 40, 30, 16, 50, 22)
YES = frozenset({"yes", "y", "x", "1", "true"})
RIGHT_TO_LEFT = 2
TRANSLATION = 3


def written(tag: str, units: Iterable[Unit]) -> bytes:
    """The workbook; its only sheet is called after the language."""
    book = Workbook()
    sheet = book.create_sheet(tag, 0)
    book.remove(book.worksheets[1])
    sheet.append(HEADS)
    for cell, width in zip(sheet[1], WIDTHS, strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "B2"
    for row, unit in enumerate(units, 2):
        for column, text in enumerate(_row(tag, unit), 1):
            _put(sheet.cell(row, column), text, rtl=column == TRANSLATION and language.is_rtl(tag))
        if unit.pictured:
            sheet.cell(row, len(HEADS)).hyperlink = unit.pictured
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _put(cell: Cell | MergedCell, text: str, *, rtl: bool) -> None:
    """Words are never a formula, whatever they begin with."""
    cell.value = text
    cell.data_type = "s"
    order = RIGHT_TO_LEFT if rtl else 0
    cell.alignment = Alignment(wrap_text=True, vertical="top", readingOrder=order)


def _row(tag: str, unit: Unit) -> tuple[str, ...]:
    numbers = f" (for {used_for(tag, unit.form)})" if unit.form else ""
    return (
        unit.context,
        unit.source,
        unit.target,
        "yes" if unit.is_checked else "",
        unit.place + numbers,
        page(tag, unit.key),
        f"at most {unit.limit}" if unit.limit else "",
        "\n".join(unit.hints),
        unit.pictured,
    )


def read(content: bytes) -> Incoming:
    """What a translator sent back. Unreadable when it is no workbook of ours."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as fault:
        raise Unreadable(f"this is no .xlsx file: {fault}") from None
    sheet = book.worksheets[0]
    rows = [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]
    if not rows or tuple(rows[0][:4]) != HEADS[:4]:
        raise Unreadable("its first row does not name key, English, translation, checked")
    found = [
        (row[0], row[1], row[2], row[3].strip().lower() in YES)
        for row in rows[1:]
        if len(row) > TRANSLATION and row[0]
    ]
    return Incoming(sheet.title, found)
