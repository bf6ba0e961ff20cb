"""What stands in the address of a staff page."""

from collections.abc import Mapping

from werkzeug.routing import IntegerConverter, Map

from consult_app.db import LARGEST_ID

LONGEST_PAGE = 5
"""Digits of a page number: a page beyond that is none, and too far for a database to count to."""


class RowId(IntegerConverter):
    """`<id:…>` in an address: what no id can be leads nowhere."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def page(asked: Mapping[str, str]) -> int:
    """The page of a list that is asked for; the first where none is named that can be."""
    text = asked.get("page", "")
    is_one = text.isascii() and text.isdecimal() and len(text) <= LONGEST_PAGE
    return max(1, int(text)) if is_one else 1
