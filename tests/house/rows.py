"""One row in every table, made from what the columns allow, for migrations and the like."""

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Column, Connection, types

from consult_app.db import Coded
from consult_app.models.registry import metadata

BY_TYPE: tuple[tuple[type, Any], ...] = (
    (types.Boolean, True),
    (types.DateTime, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    (types.Date, date(2026, 2, 28)),
    (types.Time, time(10, 15)),
    (types.LargeBinary, b"\x00\xff sealed"),
    (types.Integer, 1),
    (types.Float, 0.5),
)


def fill(connection: Connection) -> dict[str, int]:
    """Put one row, every column filled, into each table; how many rows each then has."""
    for table in metadata.sorted_tables:
        connection.execute(table.insert().values({c.name: _value(c) for c in table.columns}))
    return {table.name: 1 for table in metadata.sorted_tables}


def _value(column: Column[Any]) -> Any:
    if column.primary_key or column.foreign_keys:
        return 1
    if isinstance(column.type, Coded):
        return next(iter(column.type.kind))
    kind = (
        column.type.impl_instance if isinstance(column.type, types.TypeDecorator) else column.type
    )
    found = [value for type_, value in BY_TYPE if isinstance(kind, type_)]
    return found[0] if found else f"{column.name} ሰላም"[: getattr(kind, "length", None)]
