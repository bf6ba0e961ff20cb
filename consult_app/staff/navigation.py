"""What every staff page shows around its content: where one may go, and who is signed in."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from flask_security import current_user
from flask_wtf.csrf import generate_csrf

from consult_app import language
from consult_app.models.kinds import StaffRole
from consult_app.staff.guard import account

ENGLISH = "en-GB"
IRO, MANAGER, SUPPORT = StaffRole.IRO, StaffRole.MANAGER, StaffRole.SUPPORT

PLACES = (
    ("/staff/", "staff.nav.desk", (IRO, MANAGER, SUPPORT)),
    ("/staff/concerns", "staff.nav.concerns", (IRO, MANAGER)),
    ("/staff/chasing", "staff.nav.chasing", (SUPPORT, MANAGER)),
    ("/staff/texts", "staff.nav.texts", (IRO, SUPPORT)),
    ("/staff/figures", "staff.nav.figures", (IRO, MANAGER)),
)


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    href: str
    words: str
    here: bool


def say(key: str, **values: Any) -> str:
    """Staff words, in English."""
    return language.words(key, ENGLISH, **values)


def install(app: Flask) -> None:
    """Make `say` and the navigation known to templates."""
    app.add_template_global(say)
    app.add_template_global(generate_csrf, "anti_forgery")
    app.context_processor(_around)


def _around() -> dict[str, Any]:
    """Nothing outside /staff: respondents' pages look up no account."""
    if not request.path.startswith("/staff") or not current_user.is_authenticated:
        return {}
    return {"places": _places(), "signed_in_as": account().name or account().email}


def _places() -> list[Place]:
    who = account()
    return [
        Place(href, words, request.path == href)
        for href, words, roles in PLACES
        if who.has_any(*roles)
    ]
