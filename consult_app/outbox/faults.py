"""What providers' codes mean for us: one table, for refusals and for reports that come later.

Sources: Twilio's error and warning dictionary, read for the codes a text in Britain can meet;
RFC 5321 for e-mail; GOV.UK Notify's API documentation.
"""

from enum import StrEnum


class Fault(StrEnum):
    """What a code tells us to do."""

    PERMANENT = "permanent"  # this text to this number: never
    UNWRITABLE = "unwritable"  # these words by this channel: never; by another they may go
    PASSING = "passing"  # the same text may go later
    OURS = "ours"  # our account or its settings: nothing may go until it is mended
    STOPPED = "stopped"  # the number said STOP to the provider
    GONE = "gone"  # the number is out of service: it may get a new owner


OF_KIND: dict[Fault, tuple[str, ...]] = {
    Fault.STOPPED: ("21610",),
    Fault.GONE: ("21214", "21217", "30005", "30006"),
    Fault.UNWRITABLE: ("script", "no template", "63016", "21655", "21656"),
    Fault.PASSING: (
        "408", "409", "425", "429", "14107", "20429", "20500", "20503", "20504", "21611",
        "30001", "30017", "30022", "30023", "30027", "63018", "63038",
        "no connection", "not heard of",
        "smtp 421", "smtp 450", "smtp 451", "smtp 452", "notify 429", "notify 500",
    ),
    Fault.OURS: (
        "401", "403", "404", "20003", "20004", "20005", "20006", "20403", "20404", "21212",
        "21408", "21601", "21603", "21606", "21607", "21609", "21659", "21660", "21701", "21703",
        "21704", "21705", "21712", "30002", "30018", "30034", "30035", "63007",
        "smtp 530", "smtp 534", "smtp 535", "smtp 538", "notify 401", "notify 403", "notify 404",
        "notify account",
    ),
    Fault.PERMANENT: (
        "21211", "21602", "21604", "21608", "21612", "21614", "21617", "21619", "21620", "30003",
        "30004", "30007", "30008", "30009", "30010", "30036", "63003", "63024", "smtp 550", "smtp 551", "smtp 552", "smtp 553", "smtp 554",
        "notify 400",
    ),
}  # fmt: skip
FAULTS = {code: fault for fault, codes in OF_KIND.items() for code in codes}


def fault(code: str) -> Fault:
    """What `code` means; one that nobody listed is taken as this text's own fault."""
    return FAULTS.get(code, Fault.PERMANENT)


def is_permanent(code: str) -> bool:
    """True when the same text to the same number will never go."""
    return fault(code) not in (Fault.PASSING, Fault.OURS)


def is_of_one(code: str) -> bool:
    """True when a passing refusal is about this one message: the others need not wait."""
    return code in ("smtp 450", "smtp 451", "smtp 452")


def suggests_new_owner(code: str | None) -> bool:
    """True when the number may belong to somebody else soon, and should be checked (P4)."""
    return code is not None and fault(code) is Fault.GONE
