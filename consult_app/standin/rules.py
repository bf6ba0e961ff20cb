"""What Twilio refuses in a call that sends, with its own codes (its error dictionary)."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

E164 = re.compile(r"^(?:whatsapp:)?\+[1-9]\d{6,14}$")
SENDER = re.compile(r"^(?:(?:whatsapp:)?\+[1-9]\d{6,14}|[A-Za-z0-9 ]{1,11}|\d{3,8})$")
CONTENT_SID = re.compile(r"^HX[0-9a-fA-F]{32}$")
WHATSAPP = "whatsapp:"
LONGEST_BODY = 1_600
LONGEST_VALIDITY = 36_000
WINDOW = timedelta(hours=24)
OUTSIDE_WINDOW = "Failed to send freeform message because you are outside the allowed window."
Form = Mapping[str, str]


def _has_words(form: Form) -> bool:
    return any(form.get(name) for name in ("Body", "MediaUrl", "ContentSid"))


def _is_validity(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 1 <= int(text) <= LONGEST_VALIDITY


def _is_one_channel(form: Form) -> bool:
    """WhatsApp to WhatsApp, a text from what texts come from."""
    sender = form.get("From", "")
    return not sender or sender.startswith(WHATSAPP) == form["To"].startswith(WHATSAPP)


def _is_values(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


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
    (21910, "Invalid From and To pair: both must be of one channel.", _is_one_channel),
    (21602, "Message body is required.", _has_words),
    (
        21655,
        "The ContentSid is invalid",
        lambda f: not f.get("ContentSid") or bool(CONTENT_SID.match(f["ContentSid"])),
    ),
    (
        21656,
        "The ContentVariables parameter is invalid",
        lambda f: not f.get("ContentVariables") or _is_values(f["ContentVariables"]),
    ),
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


def is_outside_window(form: Form, last_wrote: datetime | None, now: datetime) -> bool:
    """True for free words on WhatsApp to somebody who has not written for a day (63016)."""
    if not form.get("To", "").startswith(WHATSAPP) or form.get("ContentSid"):
        return False
    return last_wrote is None or last_wrote <= now - WINDOW


def error(code: int, words: str, status: int) -> dict[str, object]:
    """An error as Twilio words one."""
    info = f"https://www.twilio.com/docs/errors/{code}"
    return {"code": code, "message": words, "more_info": info, "status": status}
