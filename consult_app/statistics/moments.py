"""Whether something came before a meeting began, asked of the database on an English clock."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, case
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from consult_app.models.consultation import Consultation
from consult_app.models.review import Review


class _Before(FunctionElement[bool]):
    """A UTC moment, a day and a time of day or NULL: true when the moment came first."""

    name = "before_on_an_english_clock"
    type = Boolean()
    inherit_cache = True


def in_time() -> ColumnElement[bool]:
    """Submitted before the review began; with no hour recorded, before the day itself."""
    hour = case((Review.planned_on == Review.held_on, Review.planned_at), else_=None)
    return _Before(Consultation.submitted_at, Review.held_on, hour)


@compiles(_Before, "postgresql")
def _postgresql(element: _Before, compiler: SQLCompiler, **options: Any) -> str:
    moment, day, hour = (compiler.process(part, **options) for part in element.clauses)
    return f"(timezone('Europe/London', {moment}) < {day} + coalesce({hour}, time '00:00'))"


@compiles(_Before, "sqlite")
def _sqlite(element: _Before, compiler: SQLCompiler, **options: Any) -> str:
    """SQLite knows no zones: British Summer Time runs from and to a last Sunday, 1 am UTC."""
    moment, day, hour = (compiler.process(part, **options) for part in element.clauses)
    spring, autumn = (
        f"datetime(strftime('%Y', {moment}) || '-{start}', 'weekday 0', '+1 hour')"
        for start in ("03-25", "10-25")
    )
    shift = f"CASE WHEN {moment} >= {spring} AND {moment} < {autumn} THEN '+1' ELSE '+0' END"
    local = f"datetime({moment}, {shift} || ' hours')"
    return f"({local} < {day} || ' ' || substr(coalesce({hour}, '00:00:00'), 1, 8))"
