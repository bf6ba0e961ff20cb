"""The schema's versions: Alembic through its API, one transaction a run, no configuration file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from consult_app.config import BadSettings
from consult_app.db import Coded, Database, Moment

FOLDER = Path(__file__).resolve().parent.parent / "migrations"
HEAD = "head"
NOTHING = "base"
LOCK = 7_700_900_001
"""Names the advisory lock that lets one process at a time change a PostgreSQL schema."""


class SchemaNotCurrent(BadSettings):
    """The database's tables are not those this version works with."""


def upgrade(database: Database, to: str = HEAD) -> str:
    """Bring the schema up to revision `to` and name where it stands. BadSettings when unknown."""
    with _changing(database) as config:
        command.upgrade(config, to)
    return current(database) or NOTHING


def downgrade(database: Database, to: str) -> str:
    """Take the schema back to revision `to` (`base` for no tables); `-1` is one step."""
    with _changing(database) as config:
        command.downgrade(config, to)
    return current(database) or NOTHING


def stamp(database: Database) -> None:
    """Write down that the tables, made another way, are those of the newest revision."""
    with _changing(database) as config:
        command.stamp(config, HEAD)


def write(database: Database, words: str) -> str:
    """Write a new revision from what the models say and this current schema lacks; its path."""
    with _changing(database) as config:
        number = f"{len(revisions()) + 1:04d}"
        script = command.revision(config, message=words, autogenerate=True, rev_id=number)
    return str(getattr(script, "path", ""))


def current(database: Database) -> str | None:
    """The revision the database is at; None when it was never migrated."""
    with database.reading_engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The newest revision this version of the service knows."""
    return _scripts().get_current_head()


def revisions() -> list[str]:
    """Every revision, oldest first."""
    return [script.revision for script in _scripts().walk_revisions()][::-1]


def check(database: Database) -> None:
    """SchemaNotCurrent unless the database stands at the newest revision."""
    wanted, found = newest(), current(database)
    if wanted == found:
        return
    database.engine.dispose()
    if found is not None and found not in revisions():
        raise SchemaNotCurrent(
            f"the database is at schema {found}, which is newer than this version of the service"
        )
    raise SchemaNotCurrent(
        f"the database is at schema {found or 'none'} and needs {wanted}: run `consult migrate`"
    )


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """How our own column types stand in a revision file: as plain SQLAlchemy types."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Coded):
        return f"sa.{item.impl_instance!r}"
    return False


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _changing(database: Database) -> Iterator[Config]:
    """One transaction for a whole change of schema: all of it happens, or none."""
    with database.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:  # rebuilding a table must not delete the rows that point at it
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield _config(_locked(connection, sqlite))
                _check_references(connection, sqlite)
        except CommandError as error:
            raise BadSettings(f"cannot migrate: {error}") from None
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


def _locked(connection: Connection, sqlite: bool) -> Connection:
    """SQLite locks by beginning; PostgreSQL is asked to."""
    if not sqlite:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    return connection


def _check_references(connection: Connection, sqlite: bool) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all() if sqlite else []
    if broken:
        raise BadSettings(f"cannot migrate: {len(broken)} rows would point at nothing")
