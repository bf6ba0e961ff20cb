"""How commands start and how they print: tables as text, JSON or CSV."""

import csv
import io
import json
from collections.abc import Sequence

import click

from consult_app import config, language, sealing
from consult_app.db import Database


class Refused(Exception):
    """The command cannot do what was asked; the message says what to do instead."""


def start() -> tuple[config.Settings, Database]:
    """Settings from the environment, keys and words loaded, the database opened."""
    settings = config.from_environment()
    sealing.use(sealing.KeyRing(settings.keys))
    language.load()
    language.hold_to(settings.language_standard)
    return settings, Database(settings.database_url)


format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
)


def table(rows: Sequence[dict[str, object]], form: str) -> str:
    """`rows` laid out as aligned text, a JSON list or CSV; every row has the same keys."""
    if form == "json":
        return json.dumps(rows, ensure_ascii=False, indent=2)
    if form == "csv":
        return _csv(rows)
    return _text(rows)


def _csv(rows: Sequence[dict[str, object]]) -> str:
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, fieldnames=list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows(rows)
    return sheet.getvalue().rstrip("\r\n")


def _text(rows: Sequence[dict[str, object]]) -> str:
    if not rows:
        return "(nothing)"
    lines = [list(rows[0])] + [["–" if v is None else str(v) for v in row.values()] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
