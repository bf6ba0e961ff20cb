"""Numbers that stand in the address of a staff page."""

from collections.abc import Mapping

LARGEST_ID = 2**63 - 1
LONGEST_PAGE = 5
"""Digits of a page number: a page beyond that is none, and too far for a database to count to."""


def number(text: str) -> int | None:
    """A number, such as an id, written in an address; None for anything else."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID))
    return int(text) if is_one and int(text) <= LARGEST_ID else None


def page(asked: Mapping[str, str]) -> int:
    """The page of a list that is asked for; the first where none is named that can be."""
    text = asked.get("page", "")
    return max(1, number(text) or 1) if len(text) <= LONGEST_PAGE else 1
