"""What every test may ask for: a real database on each backend, emptied after use."""

import dataclasses
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import text
from sqlalchemy.orm import Session

from consult_app import config, language, migrating, sealing
from consult_app.db import Database
from consult_app.models.registry import metadata
from consult_app.standin.ledger import ACCOUNT, TOKEN, StandIn
from consult_app.standin.server import running
from tests import postgres

TEST_KEY = b"test encryption key of 32 bytes!"


@pytest.fixture(scope="session", autouse=True)
def _loaded() -> None:
    """Keys and words, once a process."""
    sealing.use(sealing.KeyRing([TEST_KEY]))
    language.load()


@pytest.fixture(autouse=True)
def _drafts_offered() -> Iterator[None]:
    """A test that starts as production does leaves no other standard of languages behind."""
    yield
    language.hold_to("draft")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of our own, or the one TEST_DATABASE_URL names."""
    with postgres.running(os.environ.get("TEST_DATABASE_URL")) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A PostgreSQL database with the tables, made once a process."""
    with postgres.own_database(postgres_server) as url:
        _furnish(url)
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables, made once a process and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "consult.db"
    _furnish(f"sqlite:///{path}")
    return path


def _furnish(url: str) -> None:
    """The tables straight from the models, known to be current; that both agree is a test."""
    database = Database(url)
    metadata.create_all(database.engine)
    migrating.stamp(database)
    database.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with empty tables: every test that asks runs on both."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "consult.db")
    return f"sqlite:///{tmp_path}/consult.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, for migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bare.db"
        return
    with postgres.own_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with empty tables."""
    database = Database(database_url)
    yield database
    if database.engine.dialect.name == "postgresql":
        _empty(database)
    database.engine.dispose()


def _empty(database: Database) -> None:
    """Take every row out; a test that left a transaction open is named by the time limit."""
    with database.transaction() as session:
        session.execute(text("SET LOCAL lock_timeout = '10s'"))
        for table in reversed(metadata.sorted_tables):
            session.execute(table.delete())


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session, rolled back at the end."""
    with database.session() as session:
        yield session
        session.rollback()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> config.Settings:
    """Settings of a test service on the same database."""
    spool = {"CONSULT_SPOOL": str(tmp_path / "spool")}
    return config.from_environment(environment(database_url) | spool)


def environment(database_url: str, public_url: str = "http://consult.test") -> dict[str, str]:
    """The environment of a test service."""
    return {
        "CONSULT_ENV": "test",
        "DATABASE_URL": database_url,
        "SECRET_KEY": "a secret of the tests, long enough for the rule",
        "CONSULT_KEYS": "dGVzdCBlbmNyeXB0aW9uIGtleSBvZiAzMiBieXRlcyE=",
        "PUBLIC_URL": public_url,
        "CONSULT_SPOOL": f"{gettempdir()}/consult-test-spool-{os.getpid()}",
    }


@pytest.fixture
def twilio() -> Iterator[StandIn]:
    """The provider of texts, as one of our own that keeps a ledger."""
    with running() as stand_in:
        yield stand_in


@pytest.fixture
def account(settings: config.Settings, twilio: StandIn) -> config.Settings:
    """The settings of the same service with an account there."""
    return with_account(settings, twilio)


def with_account(settings: config.Settings, twilio: StandIn) -> config.Settings:
    """The same, for a test whose whole service has it: its own `settings` are these."""
    return dataclasses.replace(
        settings,
        sms_sender="twilio",
        twilio_account_sid=ACCOUNT,
        twilio_auth_tokens=(TOKEN,),
        twilio_from="+447700900999",
        twilio_base_url=twilio.url,
    )


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates, compiled once a process instead of once a test."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(
    database: Database, settings: config.Settings, compiled_templates: FileSystemBytecodeCache
) -> Iterator[Flask]:
    """The whole service on an empty database."""
    from consult_app.app import create_app  # loads every room, which few tests need

    app = create_app(settings)
    app.config["TESTING"] = True
    app.jinja_env.bytecode_cache = compiled_templates
    yield app
    app.extensions["consult_database"].engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript, as werkzeug plays one."""
    return app.test_client()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where everything must run (CI=true), a skipped test is a failed one."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report
