"""A table laid out for a terminal, a spreadsheet or a program."""

import csv
import io
import json
from collections.abc import Callable, Mapping

from consult_app.statistics import wording
from consult_app.statistics.table import Cell, Rate, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run; such a cell gets an apostrophe in front."""


def as_json(table: Table) -> str:
    """Everything, for programs: codes and not words."""
    return json.dumps(table.as_json(), ensure_ascii=False, indent=2)


def as_csv(table: Table) -> str:
    """The rows, for spreadsheets: codes and not words, empty where nothing can be calculated."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.found.rows:
        writer.writerow([_inert(value) for value in row.values()])
    return sheet.getvalue().rstrip("\n")


def as_text(table: Table) -> str:
    """The table with its rates, each with both sides and its rule, and its notes."""
    title = wording.say(f"tables.{table.name}")
    parts = [f"{title}\n{wording.caption(table)}", _rows(table)]
    if table.found.rates:
        parts.append("\n".join(_rate(table, rate) for rate in table.found.rates))
    if table.found.notes:
        parts.append("\n".join(f"{n.count:,}  {wording.note(n.name)}" for n in table.found.notes))
    return "\n\n".join(parts)


FORMS: Mapping[str, Callable[[Table], str]] = {"text": as_text, "json": as_json, "csv": as_csv}


def _inert(value: Cell) -> Cell:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _rate(table: Table, rate: Rate) -> str:
    share = wording.cell("percent", rate.percent)
    return f"{share:>7}  {rate.numerator:,}/{rate.denominator:,}  {wording.rule(table, rate.name)}"


def _rows(table: Table) -> str:
    if not table.found.rows:
        return wording.say("nothing")
    names = table.columns
    lines = [[wording.say(f"columns.{name}") for name in names]]
    lines += [[wording.cell(n, value, row) for n, value in row.items()] for row in table.found.rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(names))]
    numbers = [not isinstance(value, str) for value in table.found.rows[0].values()]
    return "\n".join(
        "  ".join(
            text.rjust(width) if number else text.ljust(width)
            for text, width, number in zip(line, widths, numbers, strict=True)
        ).rstrip()
        for line in lines
    )
