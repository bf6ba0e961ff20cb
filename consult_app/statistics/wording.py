"""The English of tables: columns, cells, rates with their rules."""

from consult_app import clock, language
from consult_app.statistics.table import Cell, Row, Table

ENGLISH = language.ENGLISH
DASH = "–"
CODED = frozenset(
    {"review_kind", "role", "age_band", "unaccompanied", "channel", "chairing", "code", "name"}
)
"""Columns whose cells are codes with words of their own; others are the council's own words."""
PLAIN = frozenset({"unknown", "all"})


def say(key: str, **values: object) -> str:
    """Words of this part."""
    return language.words(f"staff_figures.{key}", ENGLISH, **values)


def cell(column: str, value: Cell) -> str:
    """A cell as people read it: a dash for what cannot be calculated."""
    if value is None:
        return DASH
    if not isinstance(value, str):
        return f"{value:,}" if column != "percent" else f"{value:.1f} %"
    if value in PLAIN:
        return say(f"values.{value}")
    if column == "language":
        return language.names(value, ENGLISH)
    return say(f"values.{column}.{value}") if column in CODED else value


def title_of(row: Row) -> str:
    """What one row is about, in one line."""
    words = (cell(column, value) for column, value in row.items() if isinstance(value, str))
    return " · ".join(words)


def caption(table: Table) -> str:
    """What the table counts, over which days, and when it was made."""
    made = clock.in_london(table.made_at)
    return say(
        "caption",
        counts=say(f"counts.{table.counts}"),
        start=language.date_words(table.period.start, ENGLISH),
        end=language.date_words(table.period.end, ENGLISH),
        made=language.time_words(made, ENGLISH),
        day=language.date_words(made.date(), ENGLISH),
    )


def rule(table: Table, rate: str) -> str:
    """What was divided by what."""
    return say(f"rules.{table.name}.{rate}")


def note(name: str) -> str:
    """What a number beside the table counts."""
    return say(f"notes.{name}")
