"""What every staff page shows around its content: where one may go, and who is signed in."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask import Flask, render_template, request
from flask_security import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException

from consult_app import clock, edge, language
from consult_app.actions.inviting.invitations import split_reason
from consult_app.language import ENGLISH
from consult_app.models.kinds import StaffRole
from consult_app.models.person import Person
from consult_app.staff import unplaced
from consult_app.staff.guard import account

IRO, MANAGER, SUPPORT = StaffRole.IRO, StaffRole.MANAGER, StaffRole.SUPPORT

UNPLACED = "/staff/texts"
PLACES = (
    ("/staff/", "staff.nav.desk", (IRO, MANAGER, SUPPORT)),
    ("/staff/concerns", "staff.nav.concerns", (IRO, MANAGER)),
    ("/staff/chasing", "staff.nav.chasing", (SUPPORT, MANAGER)),
    (UNPLACED, "staff_unplaced.nav", (IRO, SUPPORT, MANAGER)),
    ("/staff/recordings", "staff_recordings.nav", (SUPPORT, MANAGER)),
    ("/staff/queue", "staff_queue.nav", (SUPPORT, MANAGER)),
    ("/staff/languages", "staff_languages.nav", (SUPPORT, MANAGER)),
    ("/staff/figures", "staff.nav.figures", (IRO, MANAGER)),
)


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    href: str
    words: str
    here: bool
    count: int = 0


def say(key: str, **values: Any) -> str:
    """Staff words, in English."""
    return language.words(key, ENGLISH, **values)


def day_words(day: date | None) -> str:
    """A day with its year, or a dash."""
    return "–" if day is None else language.date_words(day, ENGLISH)


def weekday_words(day: date | None) -> str:
    """A day with its weekday, and its year when that is not this one."""
    if day is None:
        return "–"
    year = "" if day.year == clock.today().year else f" {day.year}"
    return language.day_words(day, ENGLISH) + year


def moment_words(moment: datetime | None) -> str:
    """A moment on an English clock, or a dash."""
    if moment is None:
        return "–"
    here = clock.in_london(moment)
    return f"{language.date_words(here.date(), ENGLISH)}, {language.time_words(here, ENGLISH)}"


def reason_words(reason: str | None) -> str:
    """Why someone was not consulted: our words for a known reason, and what the files added."""
    if not reason or not reason.startswith("reason."):
        return reason or ""
    key, detail = split_reason(reason)
    said = say(f"staff_asking.{key}")
    return f"{said}: {detail}" if detail else said


def reason_only(reason: str | None) -> str:
    """Our words for a known reason, without what the files added: for those who chase."""
    return reason_words(split_reason(reason)[0]) if reason else ""


def number_mark(person: Person | None) -> str:
    """What staff must know of a person's number at a glance; nothing when all is well."""
    if person is None:
        return ""
    marks = (
        ("unsafe", person.number_unsafe_at),
        ("wrong", person.number_wrong_at),
        ("asked", person.number_asked_at),
    )
    return next((mark for mark, since in marks if since is not None), "")


def choices(kinds: type[StrEnum], words: str) -> list[tuple[str, str]]:
    """Every member of a closed set with its label, for a select."""
    return [(kind.value, say(f"{words}.{kind.value}")) for kind in kinds]


def no_entry(error: HTTPException) -> tuple[str, int]:
    """The page for who may not enter, and for what is not there."""
    return render_template("staff/no_entry.html"), error.code or 403


def install(app: Flask) -> None:
    """Make `say` and the navigation known to templates."""
    app.add_template_global(say)
    app.add_template_global(choices)
    app.add_template_filter(day_words, "day")
    app.add_template_filter(weekday_words, "weekday")
    app.add_template_filter(moment_words, "moment")
    app.add_template_filter(reason_words, "reason")
    app.add_template_filter(reason_only)
    app.add_template_filter(number_mark)
    app.add_template_global(generate_csrf, "anti_forgery")
    app.context_processor(_around)


def _around() -> dict[str, Any]:
    """Nothing outside /staff: respondents' pages look up no account."""
    if not request.path.startswith("/staff") or not current_user.is_authenticated:
        return {}
    return {"places": _places(), "signed_in_as": account().name or account().email}


def _places() -> list[Place]:
    """Where the account may go; how many texts wait without a place is said beside it."""
    who = account()
    waiting = {UNPLACED: unplaced.count(edge.session())}
    return [
        Place(href, words, request.path == href, waiting.get(href, 0))
        for href, words, roles in PLACES
        if who.has_any(*roles)
    ]
