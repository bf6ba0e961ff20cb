"""What the page says back about what was just heard."""

from collections.abc import Iterable

from consult_app.channels.web.page import Words
from consult_app.conversation.answers import (
    Concern,
    HelpWanted,
    LanguageChanged,
    Level,
    Missed,
    NotUnderstood,
    Outcome,
    Stopped,
    Understood,
)

ERRORS = {
    Missed.NUMBER: "error.choose",
    Missed.ONE_ONLY: "error.choose",
    Missed.UNCLEAR: "error.choose",
    Missed.SCALE: "error.number",
    Missed.DATE: "error.date",
    Missed.EMPTY: "error.choose",
    Missed.REQUIRED: "error.required",
}
EMPTY_TEXT = "error.text"


def error(missed: NotUnderstood, words: Words) -> str:
    """What would have been understood, kindly."""
    if missed.reason is Missed.SCALE:
        return words(ERRORS[Missed.SCALE], lowest=missed.lowest, highest=missed.highest)
    no_choice = missed.reason is Missed.EMPTY and missed.highest == 0
    return words(EMPTY_TEXT if no_choice else ERRORS[missed.reason])


def after(outcomes: Iterable[Outcome]) -> str:
    """The key of the one line that answers what was said; empty when none is needed."""
    told = list(outcomes)
    checks = (
        (any(isinstance(o, LanguageChanged) for o in told), "note.language"),
        (any(isinstance(o, Understood) and o.value is None for o in told), "note.skipped"),
    )
    return raised(told) or next((key for holds, key in checks if holds), "")


def raised(outcomes: Iterable[Outcome]) -> str:
    """The key of what is said when an answer calls a person; empty when none does."""
    levels = {outcome.level for outcome in outcomes if isinstance(outcome, Concern)}
    if Level.SAFETY in levels:
        return "note.safety"
    return "note.request" if Level.REQUEST in levels else ""


def turn(outcomes: Iterable[Outcome]) -> str:
    """Where to go instead of the next question: to help, or to a pause."""
    for outcome in outcomes:
        if isinstance(outcome, HelpWanted):
            return "/our-numbers"
        if isinstance(outcome, Stopped):
            return "/answer/paused"
    return ""
