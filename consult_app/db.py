"""The database: one engine a process, transactions that begin as they must, ids made here."""

import random
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    String,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator

E = TypeVar("E", bound=StrEnum)

EPOCH_MS = 1_577_836_800_000  # 2020-01-01
RANDOM_BITS = 22
BUSY_MS = 30_000
USED, RESTED_S = "last used", 1.0
"""Seconds after which a connection to PostgreSQL is asked whether it still stands."""
READ_ONLY, GLANCE = "consult_read_only", "consult_glance"
PATIENCE = "consult_patience_ms"

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Id = BigInteger().with_variant(Integer, "sqlite")


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment on both databases; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("moments are aware: use clock.now()")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Coded(TypeDecorator[E], Generic[E]):
    """A closed set kept as its own short text, and read back as its member."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[E], length: int) -> None:
        super().__init__(length)
        self.kind = kind

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        return None if value is None else self.kind(value)


LARGEST_ID = 2**63 - 1
_last_id = 0
_id_lock = threading.Lock()


def new_id() -> int:
    """A 63-bit id, rising with time within a process, known before the row is written."""
    global _last_id
    with _id_lock:
        fresh = (time.time_ns() // 1_000_000 - EPOCH_MS) << RANDOM_BITS | secrets.randbits(
            RANDOM_BITS
        )
        _last_id = max(_last_id + 1, fresh)
        return _last_id


def read_id(text: str) -> int | None:
    """An id as somebody wrote it; None for what no id can be."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID))
    return int(text) if is_one and int(text) <= LARGEST_ID else None


class Base(DeclarativeBase):
    """What every table shares: an id that exists from the moment the object does."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Moment()}

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)

    def __init__(self, **values: Any) -> None:
        # The id comes first: sealed columns are bound to it.
        self.id = values.pop("id", None) or new_id()
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no column {name!r}")
            setattr(self, name, value)


def make_engine(url: str, *, pool: int = 5, **more: Any) -> Engine:
    """An engine for SQLite (WAL, full sync, foreign keys) or PostgreSQL through psycopg 3."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(parsed, pool_size=pool, max_overflow=pool, **more)
        event.listen(engine, "checkin", _note_used)
        event.listen(engine, "checkout", _ask_if_rested)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    options: dict[str, Any] = {"poolclass": NullPool} if pool == 0 else {"pool_size": pool}
    engine = create_engine(parsed, connect_args={"timeout": BUSY_MS / 1000}, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _note_used(_raw: Any, record: Any) -> None:
    record.info[USED] = time.monotonic()


def _ask_if_rested(raw: Any, record: Any, _proxy: Any) -> None:
    """A connection that rested may be dead since: asked first, and another made in its place."""
    if time.monotonic() - record.info.get(USED, 0.0) < RESTED_S:
        return
    try:
        raw.execute("SELECT 1")
        raw.rollback()
    except Exception as error:
        raise DisconnectionError from error


def make_quick_engine(url: str, *, patience_s: int) -> Engine:
    """An engine for short writes whose caller has another way to keep them: it gives up soon.

    On PostgreSQL each statement commits itself unless its connection is asked for a transaction.
    """
    engine_url = make_url(url)
    if engine_url.get_backend_name() == "sqlite":
        return make_engine(url).execution_options(**{PATIENCE: patience_s * 1000})
    limits = f"-c statement_timeout={patience_s}s"
    return create_engine(
        engine_url.set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
        pool_timeout=patience_s,
        connect_args={"connect_timeout": max(2, patience_s), "options": limits},
    )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Take transactions out of the driver's hands and set what SQLite must keep."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """Writers begin IMMEDIATE, else two that read first would fail with 'locked'."""
    options = connection.get_execution_options()
    if options.get(READ_ONLY):
        connection.exec_driver_sql("BEGIN")
    elif not options.get(GLANCE):
        _take_turn(connection.connection.driver_connection, options.get(PATIENCE, BUSY_MS))


def _take_turn(raw: sqlite3.Connection, patience: int) -> None:
    """Begin writing as soon as nobody else is, all who wait with the same chance.

    SQLite's own waiting looks ever more rarely (up to 100 ms apart), so that those who came last go
    first, and of 32 writers one now and then waited longer than BUSY_MS.
    """
    until = time.monotonic() + patience / 1000
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while not _began(raw, last=time.monotonic() > until):
            time.sleep(random.uniform(0.0005, 0.002))  # noqa: S311 - spreads the waiting
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def _began(raw: sqlite3.Connection, *, last: bool) -> bool:
    """False when somebody else is writing; OperationalError when that was the last try."""
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _glancing(engine: Engine, url: str, pool: int) -> Engine:
    """How a page reads: statement by statement, with nothing before and after.

    PostgreSQL's connections cannot change between the two ways at no cost, so these are its own;
    where every statement commits itself, nothing is left to be rolled back on the way back.
    """
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{GLANCE: True})
    options = {"isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None}
    glancing = make_engine(url, pool=pool, **options)
    event.listen(engine, "engine_disposed", lambda _engine: glancing.dispose())
    return glancing


class Database:
    """One process's way in: sessions that write, sessions that only read."""

    def __init__(self, url: str, *, pool: int = 5) -> None:
        self.engine = make_engine(url, pool=pool)
        self.reading_engine = self.engine.execution_options(**{READ_ONLY: True})
        self.glancing_engine = _glancing(self.engine, url, pool)

    @property
    def pools(self) -> tuple[Engine, ...]:
        """Every engine with connections of its own."""
        own = self.glancing_engine.pool is not self.engine.pool
        return (self.engine, self.glancing_engine) if own else (self.engine,)

    def session(self, *, read_only: bool = False) -> Session:
        """A plain session; the caller closes it."""
        engine = self.glancing_engine if read_only else self.engine
        return Session(engine, expire_on_commit=False)

    @contextmanager
    def briefly(self) -> Iterator[Connection]:
        """A connection for a short write: all of it or nothing, and nobody waited for long.

        On PostgreSQL it is for one statement, which commits itself.
        """
        if self.engine.dialect.name == "sqlite":
            with self.engine.begin() as connection:
                yield connection
        else:
            with self.glancing_engine.connect() as connection:
                yield connection

    def glancing(self) -> Connection:
        """A connection to read a page from, past the object mapper; the caller closes it."""
        return self.glancing_engine.connect()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits when the block ends and rolls back when it fails."""
        with self.session() as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for SELECT only, in one transaction: long results are read bit by bit."""
        with Session(self.reading_engine, expire_on_commit=False) as session:
            yield session
