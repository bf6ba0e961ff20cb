"""Numbers that stand in the address of a staff page."""

from collections.abc import Mapping

LONGEST_PAGE = 5
"""Digits of a page number: a page beyond that is none, and too far for a database to count to."""


def number(text: str) -> int | None:
    """A whole number written in an address; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def page(asked: Mapping[str, str]) -> int:
    """The page of a list that is asked for; the first where none is named that can be."""
    text = asked.get("page", "")
    return max(1, number(text) or 1) if len(text) <= LONGEST_PAGE else 1
