"""The English of tables: columns, cells, rates with their rules."""

from consult_app import clock, language
from consult_app.questionnaires.load import load
from consult_app.statistics.surveys import SURVEY
from consult_app.statistics.table import Cell, Row, Table

ENGLISH = language.ENGLISH
DASH = "–"
CODED = frozenset(
    {"review_kind", "role", "age_band", "unaccompanied", "channel", "chairing", "code", "name"}
)
"""Columns whose cells are codes with words of their own; others are the council's own words."""
WORDED_AS = {"begun_by": "channel"}
PLAIN = frozenset({"unknown", "all", "written", "unanswered"})
ASKED = frozenset({"question", "answer"})
"""Columns of the survey, whose cells read as the survey asks them."""


def say(key: str, **values: object) -> str:
    """Words of this part."""
    return language.words(f"staff_figures.{key}", ENGLISH, **values)


def cell(column: str, value: Cell, row: Row | None = None) -> str:
    """A cell as people read it: a dash for what cannot be calculated.

    What was answered reads as its question has it, which another cell of the `row` names.
    """
    if value is None:
        return DASH
    if not isinstance(value, str):
        return f"{value:,}" if column != "percent" else f"{value:.1f} %"
    if value in PLAIN:
        return say(f"values.{value}")
    if column in ASKED:
        return _asked(str((row or {}).get("question", "")), column, value)
    if column == "language":
        return language.names(value, ENGLISH)
    coded = WORDED_AS.get(column, column)
    return say(f"values.{coded}.{value}") if coded in CODED else value


def _asked(asked: str, column: str, value: str) -> str:
    """A question of the survey, or one of its answers, in words; itself when asked no longer."""
    question = load(SURVEY).by_id.get(value if column == "question" else asked)
    if question is None:
        return value
    if column == "question":
        return language.question_words(question, ENGLISH)
    known = value in question.options
    return language.option_words(question, value, ENGLISH) if known else value


def title_of(row: Row) -> str:
    """What one row is about, in one line."""
    words = (cell(column, value, row) for column, value in row.items() if isinstance(value, str))
    return " · ".join(words)


def caption(table: Table) -> str:
    """What the table counts, over which days, and when it was made."""
    made = clock.in_london(table.made_at)
    own = f"caption.{table.counts}"
    return say(
        own if language.has(f"staff_figures.{own}", ENGLISH) else "caption",
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
