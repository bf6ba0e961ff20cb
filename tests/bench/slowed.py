"""A database slowed on purpose: PostgreSQL behind a line that waits, SQLite often held by another."""

import multiprocessing
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import make_url

SLOW_S = 0.2
CHUNK = 65_536
FORK = multiprocessing.get_context("fork")


@contextmanager
def slowed(url: str) -> Iterator[str]:
    """An address under which every answer of the database at `url` takes 200 ms longer."""
    if make_url(url).get_backend_name() == "sqlite":
        holder = FORK.Process(target=_hold, args=(make_url(url).database,), daemon=True)
        holder.start()
        try:
            yield url
        finally:
            holder.kill()
            holder.join()
        return
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    line = FORK.Process(target=_forward, args=(listening, url), daemon=True)
    line.start()
    try:
        port = listening.getsockname()[1]
        slow = make_url(url).set(host="127.0.0.1", port=port, query={})
        yield slow.render_as_string(hide_password=False)
    finally:
        line.kill()
        line.join()
        listening.close()


def _hold(file: str) -> None:
    """Hold SQLite's only place to write for 200 ms, again and again."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=30)
    while True:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(SLOW_S)
        connection.execute("ROLLBACK")
        time.sleep(0.01)


def _forward(listening: socket.socket, url: str) -> None:
    while True:
        near, _ = listening.accept()
        far = _reach(url)
        near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start, end, wait in ((near, far, 0.0), (far, near, SLOW_S)):
            threading.Thread(target=_pass_on, args=(start, end, wait), daemon=True).start()


def _reach(url: str) -> socket.socket:
    """The database itself, by its socket in a folder or by its port."""
    parsed = make_url(url)
    folder = parsed.query.get("host")
    if folder:
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{folder}/.s.PGSQL.{parsed.port or 5432}")
        return far
    return socket.create_connection((parsed.host or "127.0.0.1", parsed.port or 5432))


def _pass_on(start: socket.socket, end: socket.socket, wait: float) -> None:
    while data := start.recv(CHUNK):
        time.sleep(wait)
        end.sendall(data)
    end.close()
