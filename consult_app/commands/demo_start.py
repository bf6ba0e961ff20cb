"""`consult demo start`: migrate, build the invented authority once, serve it, print its addresses."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import click

from consult_app import config, migrating
from consult_app.commands.say import Refused
from consult_app.db import Database
from consult_app.demo.build import is_empty
from consult_app.demo.exchange import connected

ROOT = Path(__file__).resolve().parent.parent.parent
CONSULT = (sys.executable, "-m", "consult_app")
BUILDING = ROOT / "instance" / "demo-building"
"""Names the database that is being filled, as long as it is."""
WAIT_S = 60


@click.command()
@click.option("--again", is_flag=True, help="Build a fresh invented authority first.")
def start(again: bool) -> None:
    """Run an invented authority on this machine until Ctrl-C."""
    os.chdir(ROOT)
    settings = config.from_environment()
    if settings.environment is not config.Environment.DEMO:
        raise Refused("the demo runs only with CONSULT_ENV=demo")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite stop is a Ctrl-C
    _prepare(settings, again=again)
    with _network(settings), _running(_server(settings)) as server:
        _wait(settings.public_url, server)
        subprocess.run([*CONSULT, "demo", "links"], check=True, cwd=ROOT)
        click.echo("\nCtrl-C stops it.")
        with _running((*CONSULT, "work")):
            _until_stopped(server)


@contextmanager
def _network(settings: config.Settings) -> Iterator[None]:
    """A telephone network of the demo's own, unless SMS_SENDER names another way out."""
    if "SMS_SENDER" in os.environ:
        yield
        return
    with connected(settings) as environment:
        os.environ.update(environment)
        yield


def _prepare(settings: config.Settings, *, again: bool) -> None:
    """Tables and people, made once: what was begun and not finished is begun afresh."""
    database = Database(settings.database_url)
    if again or (BUILDING.exists() and BUILDING.read_text() == settings.database_url):
        migrating.downgrade(database, migrating.NOTHING)
    migrating.upgrade(database)
    empty = is_empty(database)
    database.engine.dispose()
    if empty:
        BUILDING.parent.mkdir(exist_ok=True)
        BUILDING.write_text(settings.database_url)
        subprocess.run([*CONSULT, "demo", "build"], check=True, cwd=ROOT)
        BUILDING.unlink()


def _server(settings: config.Settings) -> tuple[str, ...]:
    """Two processes of four threads, on the public address's own port."""
    address = urlsplit(settings.public_url)
    bind = f"{address.hostname}:{address.port or 80}"
    options = ("--worker-class", "gthread", "--workers", "2", "--threads", "4")
    quiet = ("--log-level", "warning", "--no-control-socket")
    return (sys.executable, "-m", "gunicorn", "--bind", bind, *options, *quiet, "wsgi:app")


@contextmanager
def _running(command: tuple[str, ...]) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is stopped when the block ends."""
    program = subprocess.Popen(command, cwd=ROOT)
    try:
        yield program
    finally:
        program.terminate()
        program.wait(timeout=WAIT_S)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    """Until the service answers. Refused when it ends or stays silent."""
    for _ in range(WAIT_S * 5):
        if server.poll() is not None:
            raise Refused(f"the service did not start; is something else on {url}?")
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2).close()  # noqa: S310 - our own
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    raise Refused(f"nothing answers on {url} after {WAIT_S} seconds")


def _until_stopped(server: subprocess.Popen[bytes]) -> None:
    """Wait for Ctrl-C or for the service to end."""
    try:
        server.wait()
    except KeyboardInterrupt:
        click.echo("stopping")
