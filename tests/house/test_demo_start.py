"""`make demo`: it refuses where people are real, and serves what it has built."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from consult_app.cli import consult
from consult_app.commands.say import Refused
from tests.bench.server import free_port
from tests.house.tree import ROOT

COMMAND = (sys.executable, "-m", "consult_app", "demo")
PATIENCE_S = 280


def test_it_refuses_outside_the_demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CONSULT_ENV", "test")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/never.db")
    found = CliRunner().invoke(consult, ["demo", "start"])
    assert isinstance(found.exception, Refused)
    assert "CONSULT_ENV=demo" in str(found.exception)
    assert not (tmp_path / "never.db").exists()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError):
        return False


@pytest.mark.long
def test_it_builds_serves_and_stops(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/demo.db", "PUBLIC_URL": url}
    environment = dict(os.environ) | {"CONSULT_ENV": "demo"} | database
    program = subprocess.Popen((*COMMAND, "start"), cwd=ROOT, env=environment)
    try:
        began = time.monotonic()
        while not _answers(url):
            assert program.poll() is None
            assert time.monotonic() - began < PATIENCE_S
            time.sleep(0.5)
        printed = subprocess.run(
            (*COMMAND, "links", "--format", "json"),
            cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        doors = json.loads(printed.stdout)
        for address in (*doors["child"].values(), doors["phone"], doors["iro"]["url"]):
            with urllib.request.urlopen(address, timeout=10) as page:
                assert page.status == 200
    finally:
        program.send_signal(signal.SIGINT)
        program.wait(timeout=60)
    assert not _answers(url)
