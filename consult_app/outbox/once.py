"""Insert a row unless its unique key stands already; parallel copies end in one row."""

from functools import cache
from typing import TypeVar

from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from consult_app.db import Base

Row = TypeVar("Row", bound=Base)


def insert_once(session: Session, row: Row) -> Row | None:
    """Write `row` in one statement. None when a row with its unique key was there first.

    On PostgreSQL a copy waits here until the first transaction ends.
    """
    kind = type(row)
    columns = inspect(kind).mapper.column_attrs.keys()
    values = {name: row.__dict__[name] for name in columns if name in row.__dict__}
    statement = _statement(kind, session.get_bind().dialect.name)
    return session.scalars(statement, values).one_or_none()


@cache
def _statement(kind: type[Row], dialect: str) -> ReturningInsert[tuple[Row]]:
    """The insert of one kind of row, built once."""
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(kind).on_conflict_do_nothing().returning(kind)
