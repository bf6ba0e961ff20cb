"""What can be made to go wrong with a phone of the demo, at a click."""

from enum import StrEnum


class Mischief(StrEnum):
    """One fault, used up by the next text to a phone or from it."""

    LOST = "lost"
    LATE = "late"
    REFUSED = "refused"
    BUSY = "busy"
    UNKNOWN = "unknown"
    DOWN = "down"
    DOUBLED = "doubled"
    CROSSED = "crossed"
    MISSED = "missed"


FROM_PHONE = frozenset({Mischief.DOUBLED, Mischief.CROSSED, Mischief.MISSED})
TO_PHONE = frozenset(Mischief) - FROM_PHONE
TIMES = {Mischief.DOWN: 2}
"""For how many sends a fault stands; one where none is named."""


class Event(StrEnum):
    """What the network saw of a text; each has its words in `staff_phone.event`."""

    LOST = "lost"
    LATE = "late"
    LATE_CAME = "late_came"
    REFUSED = "refused"
    BUSY = "busy"
    CUT = "cut"
    DOWN = "down"
    AGAIN = "again"
    ASKED_HAD = "asked_had"
    ASKED_NOT = "asked_not"
    DOUBLED = "doubled"
    HELD = "held"
    CROSSED = "crossed"
    MISSED = "missed"
    FETCHED = "fetched"
    CHANGED = "changed"


OPEN = {Event.CUT: Event.ASKED_HAD, Event.DOWN: Event.ASKED_NOT}
"""After these nobody knows whether a text went; and what the records say when they are asked."""
