"""What is taken for an id."""

import pytest

from consult_app.db import read_id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("7", 7),
        (str(2**63 - 1), 2**63 - 1),  # ids have as many digits from July 2027 on
        (str(2**63), None),
        ("9" * 5_000, None),
        ("-1", None),
        ("٧", None),
        ("", None),
    ],
)
def test_an_id_is_read_as_one(text: str, found: int | None) -> None:
    assert read_id(text) == found
