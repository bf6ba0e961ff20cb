"""S14: the tables that migrations make are the models', and data lives through each of them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import func, inspect, select, text

from consult_app import config, migrating
from consult_app.app import create_app
from consult_app.db import Database
from consult_app.models.registry import metadata
from tests.conftest import environment
from tests.house.rows import fill


@pytest.fixture
def bare(bare_url: str) -> Iterator[Database]:
    """A database without tables."""
    database = Database(bare_url)
    yield database
    database.engine.dispose()


def _counts(database: Database) -> dict[str, int]:
    """Rows of each table there is."""
    there = set(inspect(database.engine).get_table_names())
    with database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
            if table.name in there
        }


def test_models_equal_migrations(bare: Database) -> None:
    migrating.upgrade(bare)
    with bare.reading_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    assert differences == [], "write a revision: consult migrate --write"


def test_every_revision_goes_down_and_up_with_data_in_it(bare: Database) -> None:
    newest = migrating.upgrade(bare)
    with bare.engine.begin() as connection:
        filled = fill(connection)
    assert _counts(bare) == filled
    steps = [migrating.NOTHING, *migrating.revisions()]
    assert newest == steps[-1]
    for lower, upper in reversed(list(pairwise(steps))):
        before = _counts(bare)
        assert migrating.downgrade(bare, lower) == lower
        kept = _counts(bare)
        assert kept == {name: before[name] for name in kept}
        assert migrating.upgrade(bare, upper) == upper
        migrating.downgrade(bare, lower)
    assert _counts(bare) == {}
    migrating.upgrade(bare)
    assert set(_counts(bare)) == set(filled)


def test_upgrading_twice_changes_nothing(bare: Database) -> None:
    migrating.upgrade(bare)
    with bare.engine.begin() as connection:
        filled = fill(connection)
    assert migrating.upgrade(bare) == migrating.newest()
    assert _counts(bare) == filled


def test_machines_that_start_together_migrate_once(bare_url: str) -> None:
    def upgrade(_machine: int) -> str:
        database = Database(bare_url)
        try:
            return migrating.upgrade(database)
        finally:
            database.engine.dispose()

    with ThreadPoolExecutor(4) as machines:
        assert set(machines.map(upgrade, range(4))) == {migrating.newest()}


def test_an_unknown_revision_is_refused_in_words(bare: Database) -> None:
    with pytest.raises(config.BadSettings, match="cannot migrate"):
        migrating.upgrade(bare, "no-such-revision")


def _start(url: str) -> Flask:
    return create_app(config.from_environment(environment(url)))


def test_the_service_refuses_to_start_on_other_tables(bare_url: str, bare: Database) -> None:
    with pytest.raises(migrating.SchemaNotCurrent, match="run `consult migrate`"):
        _start(bare_url)
    migrating.upgrade(bare)
    _start(bare_url).extensions["consult_database"].engine.dispose()
    with bare.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrating.SchemaNotCurrent, match="newer"):
        _start(bare_url)
