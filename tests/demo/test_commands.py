"""`consult demo` and `consult invite` as they are typed."""

import json

import pytest
from click.testing import CliRunner

from consult_app import migrating
from consult_app.cli import consult
from consult_app.commands.say import Refused
from consult_app.db import Database


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Type a command against an empty, migrated database of its own."""
    url = f"sqlite:///{tmp_path}/demo.db"
    monkeypatch.setenv("CONSULT_ENV", "demo")
    monkeypatch.setenv("DATABASE_URL", url)
    migrating.upgrade(Database(url))

    def run(*words):
        return CliRunner().invoke(consult, words)

    return run


def test_build_links_and_invite(typed, tmp_path):
    folder = str(tmp_path / "files")
    done = typed("demo", "build", "--children", "20", "--folder", folder)
    assert done.exit_code == 0, done.output
    assert len(list((tmp_path / "files").iterdir())) == 6
    found = json.loads(typed("demo", "links", "--format", "json").output)
    assert found["phone"].endswith("/demo/phone")
    assert found["iro"]["user"].endswith("@westmere.example")
    assert "manager@westmere.example" in typed("demo", "links").output
    assert isinstance(typed("demo", "build").exception, Refused)
    tried = typed("invite", "--dry-run")
    assert "nothing was kept" in tried.output
    first, second = typed("invite"), typed("invite")
    assert first.output.splitlines()[-1] in tried.output
    assert second.output.splitlines()[-1].startswith("0 invited, 0 not consulted, 0 reminded")


def test_links_of_nobody_are_refused(typed):
    assert isinstance(typed("demo", "links").exception, Refused)


def test_a_day_that_is_none_is_refused(typed):
    done = typed("invite", "--on", "2026-02-30")
    assert done.exit_code == 2
    assert "2026-02-30" in done.output


def test_invented_people_never_join_real_ones(typed, monkeypatch):
    settings = {
        "CONSULT_ENV": "production",
        "SECRET_KEY": "k" * 40,
        "CONSULT_KEYS": "dGVzdCBlbmNyeXB0aW9uIGtleSBvZiAzMiBieXRlcyE=",
        "PUBLIC_URL": "https://consult.test",
        "TWILIO_ACCOUNT_SID": "AC0",
        "TWILIO_AUTH_TOKEN": "t",
        "TWILIO_FROM": "+447700900999",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    refused = typed("demo", "build").exception
    assert isinstance(refused, Refused)
    assert "invented people" in str(refused)
