"""Every test that docs/promises.md names is there."""

import re

import pytest

from tests.house import tree

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
TEXT = (tree.ROOT / "docs" / "promises.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("file", "test"), sorted(set(NAMED.findall(TEXT))))
def test_a_promise_names_a_test_that_exists(file: str, test: str) -> None:
    assert f"def {test}(" in (tree.ROOT / file).read_text(encoding="utf-8")


def test_every_promise_asked_for_is_named() -> None:
    for promise in ("R2", "R8", "P7", "S2", "S4", "S6", "S8"):
        assert f"| {promise} " in TEXT
