"""What in an address is taken for what it says."""

import re

import pytest
from flask import Flask

from consult_app.db import LARGEST_ID
from consult_app.staff.addresses import page


@pytest.mark.parametrize(
    ("text", "found"), [("2", 2), ("99999", 99_999), ("100000", 1), ("0", 1), ("-4", 1), ("", 1)]
)
def test_a_page_is_one_that_can_be_counted_to(text: str, found: int) -> None:
    assert page({"page": text}) == found


def test_what_no_id_can_be_leads_nowhere(app: Flask) -> None:
    ways = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/staff/")]
    taking = [rule for rule in ways if "_id>" in rule.rule]
    assert len(taking) > 10
    known = app.url_map.bind("consult.test")
    for rule in taking:
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        largest, beyond = (re.sub(r"<\w+:\w+>", str(n), rule.rule) for n in (LARGEST_ID, 2**63))
        assert known.test(largest, method), largest
        assert not known.test(beyond, method), beyond
