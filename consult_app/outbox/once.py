"""Insert a row unless its unique key stands already; parallel copies end in one row."""

from typing import TypeVar

from sqlalchemy import Insert, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from consult_app.db import Base

Row = TypeVar("Row", bound=Base)


def insert_once(session: Session, row: Row) -> Row | None:
    """Write `row` in one statement. None when a row with its unique key was there first.

    On PostgreSQL a copy waits here until the first transaction ends.
    """
    kind = type(row)
    columns = inspect(kind).mapper.column_attrs.keys()
    values = {name: row.__dict__[name] for name in columns if name in row.__dict__}
    statement = _insert(session, kind).values(values).returning(kind)
    return session.scalars(statement).one_or_none()


def _insert(session: Session, kind: type[Base]) -> Insert:
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(kind).on_conflict_do_nothing()
    return sqlite.insert(kind).on_conflict_do_nothing()
