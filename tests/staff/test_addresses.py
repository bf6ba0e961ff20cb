"""Which numbers in an address are taken for numbers."""

import pytest

from consult_app.staff.addresses import number, page


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
def test_a_number_is_one_that_an_id_can_be(text: str, found: int | None) -> None:
    assert number(text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("2", 2), ("99999", 99_999), ("100000", 1), ("0", 1), ("-4", 1), ("", 1)]
)
def test_a_page_is_one_that_can_be_counted_to(text: str, found: int) -> None:
    assert page({"page": text}) == found
