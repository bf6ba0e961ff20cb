"""A real browser and a real server, for what only they can show."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from consult_app import config
from consult_app.db import Database
from tests import chromium
from tests.conftest import environment

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
LEAST = {"resultTypes": ["violations"]}


@dataclass(frozen=True)
class LiveServer:
    """A running service: where it answers and what it stands on."""

    url: str
    app: Flask
    database: Database


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The embedded database: what differs between databases is tested without a browser."""
    shutil.copy(sqlite_template, tmp_path / "consult.db")
    return f"sqlite:///{tmp_path}/consult.db"


@pytest.fixture
def port() -> int:
    """A port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def settings(database_url: str, port: int) -> config.Settings:
    """Settings whose public address is the running server's."""
    return config.from_environment(environment(database_url, f"http://127.0.0.1:{port}"))


@pytest.fixture
def live_server(app: Flask, database: Database, port: int) -> Iterator[LiveServer]:
    """The service answering on a port of this machine, several requests at a time."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield LiveServer(f"http://127.0.0.1:{port}", app, database)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once a process."""
    path = chromium.get()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page as wide as a small phone."""
    context = browser.new_context(viewport=PHONE, has_touch=True, device_scale_factor=2)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page as wide as an office screen."""
    context = browser.new_context(viewport=DESK)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """What axe-core finds on a page, however small, a line each; all rules unless some are named."""

    def found(page: Page, *rules: str) -> list[str]:
        only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
        return [
            f"{rule['id']}: {rule['help']} at {node['target']}"
            for rule in Axe().run(page, options=only | LEAST).response["violations"]
            for node in rule["nodes"]
        ]

    return found
