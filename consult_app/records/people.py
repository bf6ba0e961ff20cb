"""The people around a child, as our own spreadsheet lists them."""

import re
from dataclasses import dataclass

from consult_app import language
from consult_app.models.kinds import Reading, Role
from consult_app.records import spoken, values
from consult_app.records.line import Line
from consult_app.records.ssda903 import CHILD_LIMIT

PERSON_LIMIT = 60
MIN_LINES, MAX_LINES = 3, 7
"""An address for a letter: what GOV.UK Notify takes."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person's part in one child's life. None means that the file does not say."""

    child: str
    reference: str
    role: Role
    name: str
    mobile: str | None
    has_mobile: bool
    language_read: str | None
    language_spoken: str
    interpreter: bool | None
    reading: Reading | None
    contact_ok: bool
    contact_reason: str
    parental_responsibility: bool | None
    communication_needs: bool | None = None
    whatsapp: bool | None = None
    email: str | None = None
    has_email: bool = False
    address: str | None = None
    has_address: bool = False


def read_person(line: Line) -> PersonRow | None:
    """A row of `people`: without ids or a known role nobody can be asked, so it is left out."""
    child = line.ident("child", CHILD_LIMIT, rule="child-id")
    role = values.named(values.ROLES, line.text("role"))
    if role is None:
        line.leave_out("role", "role", "is not a role known")
    reference = _reference(line, child, role)
    if child is None or role is None or reference is None:
        return None
    contact_ok, reason = _contact(line)
    return PersonRow(
        child,
        reference,
        role,
        name=line.text("name", 120),
        mobile=_mobile(line),
        has_mobile=line.has("mobile"),
        language_read=_language(line),
        language_spoken=line.text("language_spoken", 40),
        interpreter=line.choice("interpreter", values.YES_NO),
        reading=line.choice("reading", values.READINGS),
        contact_ok=contact_ok,
        contact_reason=reason,
        parental_responsibility=line.choice("pr", values.YES_NO),
        communication_needs=line.choice("communication", values.YES_NO),
        whatsapp=line.choice("whatsapp", values.YES_NO),
        email=_email(line),
        has_email=line.has("email"),
        address=_address(line),
        has_address=line.has("address"),
    )


def _reference(line: Line, child: str | None, role: Role | None) -> str | None:
    """The person's id; a child may go without one, being known by their own."""
    if role in (Role.CHILD, Role.CARE_LEAVER) and child and not line.text("reference"):
        return f"child-{child}"
    return line.ident("reference", PERSON_LIMIT, rule="person-ref")


def _mobile(line: Line) -> str | None:
    text = line.text("mobile")
    if not text:
        return None
    try:
        return values.mobile(text)
    except values.NotMobile as problem:
        line.warn("mobile", "mobile", f"{problem}: left blank")
        return None


def _email(line: Line) -> str | None:
    text = line.text("email")
    found = values.email(text) if text else None
    if text and found is None:
        line.warn("email", "email", "is not an e-mail address: left blank")
    return found


def _address(line: Line) -> str | None:
    """An address as on an envelope: three to seven lines, in the cell by commas or line breaks."""
    parts = [part.strip() for part in re.split(r"[,;\n]", line.text("address", 400))]
    lines = [part for part in parts if part]
    if lines and not MIN_LINES <= len(lines) <= MAX_LINES:
        line.warn("address", "address", "does not have three to seven lines: left blank")
        return None
    return "\n".join(lines) or None


def _language(line: Line) -> str | None:
    """The tag of the language to write in; English, with a warning, for one we cannot write."""
    text = line.text("language_read")
    known = spoken.tag(text) if text else None
    if text and known is None:
        line.warn("language_read", "language", f"“{text[:30]}” is not offered: asked in English")
        return language.ENGLISH
    return known


def _contact(line: Line) -> tuple[bool, str]:
    """May they be asked, and why not. Nobody is asked where the file does not say so."""
    said, _, reason = line.text("contact_ok").partition(":")
    allowed = values.named(values.YES_NO, said)
    if allowed is None:
        line.warn("contact_ok", "contact-ok", "does not say y or n: not contacted until it does")
    return bool(allowed), "" if allowed else (reason.strip() or line.text("contact_reason", 500))
