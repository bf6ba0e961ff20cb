"""From the text of one cell to a value; None where the text says nothing that we know."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeVar

import phonenumbers

from consult_app.models.kinds import Channel, Reading, ReviewKind, ReviewStatus, ReviewType, Role

T = TypeVar("T")

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(10_000, 73_416)  # 1927 to 2100: a plain number in a date column

CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$"
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})" + CLOCK)
ENGLISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})" + CLOCK)
HOUR = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap]m)?$", re.IGNORECASE)
CODE = re.compile(r"PN\s*([0-7])(?!\d)", re.IGNORECASE)
MOBILES = (
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
)
DRAMA = re.compile(r"(?:\+44|0044|44|0)?(7700900\d{3})$")  # kept for fiction: nobody's number

# The Department's descriptions, long and short; the first that is found counts.
DESCRIPTIONS = (
    ("PN0", r"under (4|four)|younger than (4|four)"),
    ("PN7", r"neither attend|not attend.*(nor |views? (are |were )?not|not convey)"),
    ("PN5", r"not attend.*(brief|advocate)|views represented"),
    ("PN6", r"not attend.*(convey|medium|text|writ)|text sent"),
    ("PN4", r"attend.*(not speak|without contribution)"),
    ("PN3", r"symbolic|non-?verbal"),
    ("PN2", r"^(?!.*not attend).*attend.*advocate"),
    ("PN1", r"^(?!.*not attend).*attend.*speak|^attendance$"),
)

YES_NO = {
    **dict.fromkeys(("y", "yes", "true", "t", "1"), True),
    **dict.fromkeys(("n", "no", "false", "f", "0"), False),
}
READINGS = {
    **dict.fromkeys(("y", "yes", "easily", "well"), Reading.EASILY),
    **dict.fromkeys(("h", "help", "helped", "with help", "some", "a little"), Reading.HELPED),
    **dict.fromkeys(("n", "no", "not", "not at all"), Reading.NOT),
}
"""How somebody reads, as files write it."""
SEXES = {
    "1": "M",
    "2": "F",
    "m": "M",
    "f": "F",
    "male": "M",
    "female": "F",
    "boy": "M",
    "girl": "F",
}
ROLES = {
    **{role.value.replace("_", " "): role for role in Role},
    **dict.fromkeys(("young person", "yp", "self", "looked after child"), Role.CHILD),
    **dict.fromkeys(("mother", "father", "mum", "dad", "guardian", "birth parent"), Role.PARENT),
    **dict.fromkeys(("birth mother", "birth father", "step parent"), Role.PARENT),
    **dict.fromkeys(("foster carer", "foster parent", "kinship carer", "keyworker"), Role.CARER),
    **dict.fromkeys(("residential worker", "residential carer", "placement"), Role.CARER),
    **dict.fromkeys(("nurse", "lac nurse", "health visitor", "gp"), Role.HEALTH),
    **dict.fromkeys(("school", "teacher", "virtual school", "designated teacher"), Role.EDUCATION),
    **dict.fromkeys(("sw", "allocated social worker"), Role.SOCIAL_WORKER),
    **dict.fromkeys(("careleaver", "former relevant child"), Role.CARE_LEAVER),
}
REVIEW_KINDS = {
    **dict.fromkeys(("cared for", "lac", "cla", "child in care", "looked after", "clar"),
                    ReviewKind.CARED_FOR),
    **dict.fromkeys(("pathway plan", "pathway", "pp", "care leaver"), ReviewKind.PATHWAY_PLAN),
}  # fmt: skip
REVIEW_TYPES = {
    **dict.fromkeys(("first", "1st", "initial", "1", "first review", "initial review"),
                    ReviewType.FIRST),
    **dict.fromkeys(("second", "2nd", "2", "second review"), ReviewType.SECOND),
    **dict.fromkeys(("subsequent", "3rd", "third", "3", "subsequent review", "ongoing"),
                    ReviewType.SUBSEQUENT),
    **dict.fromkeys(("pathway", "pathway plan", "pp"), ReviewType.PATHWAY),
    "unknown": ReviewType.UNKNOWN,
}  # fmt: skip
STATUSES = {
    **dict.fromkeys(("scheduled", "planned", "booked", "due", "open", "in progress"),
                    ReviewStatus.SCHEDULED),
    **dict.fromkeys(("held", "completed", "complete", "closed", "finished"), ReviewStatus.HELD),
    **dict.fromkeys(("cancelled", "canceled", "abandoned"), ReviewStatus.CANCELLED),
}  # fmt: skip
CHANNELS = {
    **{channel.value.replace("_", " "): channel for channel in Channel},
    **dict.fromkeys(("post", "letter", "booklet", "by post", "form"), Channel.PAPER),
    **dict.fromkeys(("text", "text message"), Channel.SMS),
    **dict.fromkeys(("e mail",), Channel.EMAIL),
    **dict.fromkeys(("web", "online", "internet"), Channel.WEB_FORM),
    **dict.fromkeys(("face to face", "visit", "phone", "telephone"), Channel.IN_PERSON),
}


def named(table: Mapping[str, T], text: str) -> T | None:
    """Look a word up, however it is cased, hyphenated or underscored."""
    return table.get(re.sub(r"[\s_-]+", " ", text).strip().lower())


@lru_cache(maxsize=50_000)
def day(text: str) -> date | None:
    """A date as dd/mm/yyyy, ISO with or without a time, or Excel's number of days."""
    try:
        if found := ISO.match(text):
            year, month, number = found.groups()
        elif found := ENGLISH.match(text):
            number, month, year = found.groups()
        elif text.isdecimal() and len(text) == 5 and int(text) in EXCEL_DAYS:
            return EXCEL_EPOCH + timedelta(days=int(text))
        else:
            return None
        read = date(int(year), int(month), int(number))
    except ValueError:
        return None
    return read if EARLIEST <= read <= LATEST else None


def hour(text: str) -> time | None:
    """A time of day: 14:30, 14.30, 2:30pm, or a date with a time."""
    try:
        if "T" in text or "-" in text:
            return datetime.fromisoformat(text).time().replace(tzinfo=None)
        found = HOUR.match(text)
        if found is None:
            return None
        hours, half = int(found[1]), (found[3] or "").lower()
        hours = hours % 12 + 12 * (half == "pm") if half else hours
        return time(hours, int(found[2]))
    except ValueError:
        return None


@lru_cache(maxsize=1_000)
def code(text: str) -> str | None:
    """A participation code from `PN1`, `PN1 - Attendance` or the description alone."""
    if found := CODE.match(text):
        return f"PN{found[1]}"
    plain = re.sub(r"\s+", " ", text.lower()).strip(" .")
    return next((known for known, words in DESCRIPTIONS if re.search(words, plain)), None)


@lru_cache(maxsize=10_000)
def email(text: str) -> str | None:
    """An e-mail address in small letters, its domain as it travels; None when it is none."""
    from email_validator import EmailNotValidError, validate_email  # 26 ms, for these files only

    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return (found.ascii_email or "").lower() or None


class NotMobile(Exception):
    """The number is one that cannot receive a text."""


def mobile(text: str) -> str:
    """A mobile number in E.164. NotMobile says what is wrong with it, without the number."""
    number, problem = _judged(text)
    if problem:
        raise NotMobile(problem)
    return number


@lru_cache(maxsize=10_000)
def _judged(text: str) -> tuple[str, str]:
    """The number, or what is wrong with it: lists name the same few again and again."""
    if found := DRAMA.match(re.sub(r"[^\d+]", "", text.replace("(0)", ""))):
        return f"+44{found[1]}", ""
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return "", "is not a telephone number"
    if not phonenumbers.is_valid_number(number):
        return "", "is not a number in use"
    if phonenumbers.number_type(number) not in MOBILES:
        return "", "is not a mobile number: texts cannot reach it"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), ""
