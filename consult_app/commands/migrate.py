"""`consult migrate`: bring the database's tables up to this version."""

import click

from consult_app import config, migrating
from consult_app.db import Database


@click.command()
@click.option("--to", default=migrating.HEAD, show_default=True, help="The revision to reach.")
@click.option("--back-to", help="Take the schema back to this revision; `base` drops every table.")
@click.option("--write", "words", help="For developers: write a new revision from the models.")
def migrate(to: str, back_to: str | None, words: str | None) -> None:
    """Bring the database's tables up to this version. Doing it twice changes nothing."""
    database = Database(config.from_environment().database_url)
    try:
        click.echo(_write(database, words) if words else _move(database, to, back_to))
    finally:
        database.engine.dispose()


def _write(database: Database, words: str) -> str:
    return f"wrote {migrating.write(database, words)}"


def _move(database: Database, to: str, back_to: str | None) -> str:
    """Go there, and say from where to where."""
    was = migrating.current(database) or migrating.NOTHING
    now = migrating.downgrade(database, back_to) if back_to else migrating.upgrade(database, to)
    return f"schema {now}" if was == now else f"schema {was} → {now}"
