"""A terminal in which the service's settings stand."""

from collections.abc import Callable

import pytest

from tests import conftest

Given = Callable[..., None]


@pytest.fixture
def environ(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Given:
    """The settings that a command finds; called with others, it finds those too."""

    def given(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    given(**conftest.environment(database_url))
    return given
