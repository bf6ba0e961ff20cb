"""`consult migrate`: there, back, and again."""

import pytest
from click.testing import CliRunner, Result

from consult_app import migrating
from consult_app.cli import consult
from consult_app.config import BadSettings
from tests.conftest import environment


@pytest.fixture
def _settings(bare_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(bare_url).items():
        monkeypatch.setenv(name, value)


def _migrate(*options: str) -> Result:
    return CliRunner().invoke(consult, ["migrate", *options])


@pytest.mark.usefixtures("_settings")
def test_there_again_and_back() -> None:
    newest = migrating.newest()
    assert _migrate().output == f"schema base → {newest}\n"
    assert _migrate().output == f"schema {newest}\n"
    assert _migrate("--back-to", "base").output == f"schema {newest} → base\n"


@pytest.mark.usefixtures("_settings")
@pytest.mark.parametrize("options", [("--to", "none-such"), ("--back-to", "none-such")])
def test_an_unknown_revision_is_refused(options: tuple[str, str]) -> None:
    assert isinstance(_migrate(*options).exception, BadSettings)
