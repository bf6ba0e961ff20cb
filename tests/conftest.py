"""What every test may ask for: a real database on each backend, emptied after use."""

import os
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from consult_app import config, language, sealing
from consult_app.db import Database
from consult_app.models.registry import metadata

TEST_KEY = b"test encryption key of 32 bytes!"


@pytest.fixture(scope="session", autouse=True)
def _loaded() -> None:
    """Keys and words, once a process."""
    sealing.use(sealing.KeyRing([TEST_KEY]))
    language.load()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of our own, or the one TEST_DATABASE_URL names."""
    from tests.postgres import running_postgres  # started only when a test asks

    with running_postgres(os.environ.get("TEST_DATABASE_URL")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path) -> str:
    """The address of an empty database: every test that asks runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/consult.db"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with empty tables."""
    database = Database(database_url)
    metadata.drop_all(database.engine)
    metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session, rolled back at the end."""
    with database.session() as session:
        yield session
        session.rollback()


@pytest.fixture
def settings(database_url: str) -> config.Settings:
    """Settings of a test service on the same database."""
    return config.from_environment(
        {
            "CONSULT_ENV": "test",
            "DATABASE_URL": database_url,
            "SECRET_KEY": "a secret of the tests, long enough for the rule",
            "CONSULT_KEYS": "dGVzdCBlbmNyeXB0aW9uIGtleSBvZiAzMiBieXRlcyE=",
            "PUBLIC_URL": "http://consult.test",
        }
    )


@pytest.fixture
def app(database: Database, settings: config.Settings):
    """The whole service on an empty database."""
    from consult_app.app import create_app  # the app loads every room

    app = create_app(settings)
    app.config["TESTING"] = True
    return app


@pytest.fixture
def client(app):
    """A browser without JavaScript, as werkzeug plays one."""
    return app.test_client()
