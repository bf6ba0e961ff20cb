"""What Twilio refuses in a call that sends, with its own codes (its error dictionary)."""

import re
from collections.abc import Callable, Mapping

E164 = re.compile(r"^(?:whatsapp:)?\+[1-9]\d{6,14}$")
SENDER = re.compile(r"^(?:(?:whatsapp:)?\+[1-9]\d{6,14}|[A-Za-z0-9 ]{1,11}|\d{3,8})$")
LONGEST_BODY = 1_600
LONGEST_VALIDITY = 36_000
Form = Mapping[str, str]


def _has_words(form: Form) -> bool:
    return any(form.get(name) for name in ("Body", "MediaUrl", "ContentSid"))


def _is_validity(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 1 <= int(text) <= LONGEST_VALIDITY


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


RULES: tuple[tuple[int, str, Callable[[Form], bool]], ...] = (
    (21604, "A 'To' phone number is required.", lambda f: bool(f.get("To"))),
    (21211, "Invalid 'To' Phone Number", lambda f: bool(E164.match(f["To"]))),
    (
        21603,
        "A 'From' or 'MessagingServiceSid' is required.",
        lambda f: bool(f.get("From") or f.get("MessagingServiceSid")),
    ),
    (
        21212,
        "Invalid 'From' Number",
        lambda f: not f.get("From") or bool(SENDER.match(f["From"])),
    ),
    (21602, "Message body is required.", _has_words),
    (
        21617,
        "The concatenated message body exceeds the 1600 character limit.",
        lambda f: len(f.get("Body", "")) <= LONGEST_BODY,
    ),
    (
        21609,
        "Invalid 'StatusCallback' URL",
        lambda f: not f.get("StatusCallback") or _is_address(f["StatusCallback"]),
    ),
    (
        21621,
        "ValidityPeriod must be an integer from 1 to 36000.",
        lambda f: "ValidityPeriod" not in f or _is_validity(f["ValidityPeriod"]),
    ),
)


def refusal(form: Form) -> dict[str, object] | None:
    """The body of the 400 that Twilio would answer with; None when the call is in order."""
    for code, words, holds in RULES:
        if not holds(form):
            return error(code, words, 400)
    return None


def error(code: int, words: str, status: int) -> dict[str, object]:
    """An error as Twilio words one."""
    info = f"https://www.twilio.com/docs/errors/{code}"
    return {"code": code, "message": words, "more_info": info, "status": status}
