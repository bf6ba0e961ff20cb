"""How a child took part in a review: the codes, and what the facts suggest.

Codes and wording: the Department for Education's PN0 to PN7 (domain notes, law, section 4).
A return alone never sets a code: this proposes, the reviewing officer confirms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FOUR = 4
"""The age in years from which a child's part in a review is counted."""


class Code(StrEnum):
    """How the child took part; each member says the official meaning in its comment."""

    PN0 = "PN0"  # under 4 at the review
    PN1 = "PN1"  # attends and speaks for self
    PN2 = "PN2"  # attends, an advocate or the officer speaks for the child
    PN3 = "PN3"  # attends and conveys views without words
    PN4 = "PN4"  # attends without contributing
    PN5 = "PN5"  # does not attend, briefs an advocate or the officer to speak
    PN6 = "PN6"  # does not attend, conveys views through a medium: form, text, call, video
    PN7 = "PN7"  # does not attend and views are not conveyed


CODES: tuple[str, ...] = tuple(code.value for code in Code)
MEANINGS: Mapping[str, str] = {code: f"staff_figures.codes.{code}" for code in CODES}
"""The wording key of each code's meaning."""

COUNTED = frozenset({Code.PN1, Code.PN2, Code.PN3, Code.PN4, Code.PN5, Code.PN6, Code.PN7})
"""Reviews of children aged four and over."""
TOOK_PART = COUNTED - {Code.PN7}
VIEWS_CONVEYED = TOOK_PART - {Code.PN4}
ATTENDED = frozenset({Code.PN1, Code.PN2, Code.PN3, Code.PN4})
SPOKE_FOR_SELF = frozenset({Code.PN1})

SPEAKING: Mapping[str, tuple[Code, str]] = {
    "self": (Code.PN1, "spoke_self"),
    "advocate": (Code.PN2, "spoke_advocate"),
    "symbols": (Code.PN3, "spoke_symbols"),
    "none": (Code.PN4, "spoke_none"),
}
"""How a child who attended was heard: the code and the evidence."""


@dataclass(frozen=True)
class ReviewFacts:
    """What is known of one review. None is not recorded.

    `age` in whole years at the review; `spoke` is self, advocate, symbols or none;
    `returned` means that the child's answers were sent in before the review.
    """

    age: int | None
    attended: bool | None
    spoke: str | None = None
    returned: bool = False
    wants_advocate: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A code, or "" when the facts do not support one, and the evidence in keys.

    The words of each evidence key stand under `staff_figures.evidence.<key>`.
    """

    code: str
    evidence: tuple[str, ...]


def suggest(facts: ReviewFacts) -> Suggestion:
    """The code that the facts support, for the reviewing officer to confirm."""
    if facts.age is not None and facts.age < FOUR:
        return Suggestion(Code.PN0, ("under_four",))
    if facts.attended is None:
        return Suggestion("", ("attendance_not_recorded", *_returned(facts)))
    return _present(facts) if facts.attended else _absent(facts)


def _present(facts: ReviewFacts) -> Suggestion:
    """A return changes nothing for a child who attended, but raises a question after PN4."""
    known = SPEAKING.get(facts.spoke or "")
    if known is None:
        return Suggestion("", ("attended", "speaking_not_recorded", *_returned(facts)))
    code, spoke = known
    question = ("ask_who_presented",) if code is Code.PN4 and facts.returned else ()
    return Suggestion(code, ("attended", spoke, *_returned(facts), *question))


def _absent(facts: ReviewFacts) -> Suggestion:
    """Views of a child who stayed away: spoken by another, sent in, or not conveyed."""
    evidence = ("not_attended", *_returned(facts))
    asked = ("wants_advocate",) if facts.wants_advocate else ()
    if facts.spoke == "advocate":
        return Suggestion(Code.PN5, (*evidence, "spoke_advocate", *asked))
    if not facts.returned:
        return Suggestion(Code.PN7, (*evidence, *asked))
    return Suggestion(Code.PN5 if facts.wants_advocate else Code.PN6, (*evidence, *asked))


def _returned(facts: ReviewFacts) -> tuple[str, ...]:
    return ("returned_before",) if facts.returned else ("nothing_returned",)
