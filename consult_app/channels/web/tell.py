"""Writing to the reviewing officer: beside the questions, after sending, and between reviews."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, request, session
from werkzeug.wrappers import Response

from consult_app import clock, edge, language, workdays
from consult_app.actions.answering import telling
from consult_app.actions.answering.telling import ADDED_MARK, Topic
from consult_app.channels.web.start import skin_of
from consult_app.channels.web.visitor import (
    Visitor,
    go,
    inside,
    inside_still,
    new_client_id,
    source,
)
from consult_app.models.kinds import ConcernLevel
from consult_app.reviewing import office_hours

blueprint = Blueprint("tell", __name__, url_prefix="/answer")

BAD_INPUT = 422
NOTES: Mapping[ConcernLevel, str] = {
    ConcernLevel.SAFETY: "note.safety",
    ConcernLevel.REQUEST: "",
}
"""What is said first about a message that was kept."""


@blueprint.get("/tell")
@inside_still
def ask(visitor: Visitor) -> Response:
    """A message: what it is about, and the words."""
    return _page(visitor)


@blueprint.post("/tell")
@inside_still
def send(visitor: Visitor) -> Response:
    """Keep the message and say who reads it when; nothing said is asked again."""
    topic, words = request.form.get("topic", ""), request.form.get("words", "")
    known = Topic(topic) if topic in set(Topic) else None
    level = telling.tell(visitor.db, visitor.consultation, known, words) if known else None
    if level is None:
        return _page(visitor, status=BAD_INPUT, topic=topic, words=words)
    session["note"] = NOTES[level]
    return go("/answer/told")


@blueprint.get("/told")
@inside_still
def told(visitor: Visitor) -> Response:
    """Who reads it, and when: the truth about office hours."""
    note = session.pop("note", "") or ""
    return visitor.page("tell_done.html", iro=_reader(visitor), note=note, when=_when(visitor.tag))


@blueprint.get("/add")
@inside
def more(visitor: Visitor) -> Response:
    """Something more to what was sent."""
    return _adding(visitor)


@blueprint.post("/add")
@inside
def add(visitor: Visitor) -> Response:
    """Keep what was added beside what stands."""
    came = source(skin_of(visitor))
    added = replace(came, client_id=f"{ADDED_MARK}{came.client_id}")
    words = request.form.get("words", "")
    if not telling.add(visitor.db, visitor.consultation, words, added):
        return _adding(visitor, status=BAD_INPUT)
    return go("/answer/told")


def _adding(visitor: Visitor, status: int = 200) -> Response:
    if not telling.may_add(visitor.asked):
        return go("/answer/tell")
    return visitor.page(
        "tell_add.html",
        status=status,
        iro=_officer(visitor),
        missed=status == BAD_INPUT,
        id=new_client_id(),
    )


def _page(visitor: Visitor, status: int = 200, topic: str = "", words: str = "") -> Response:
    return visitor.page(
        "tell.html",
        status=status,
        iro=_reader(visitor),
        topics=[one.value for one in Topic],
        topic=topic,
        words=words,
        missed=status == BAD_INPUT,
        when=_when(visitor.tag),
        over=visitor.is_over,
    )


def _reader(visitor: Visitor) -> str:
    """The first name of who reads a message now."""
    there = telling.place(visitor.db, visitor.asked)
    return language.isolate(replace(visitor, asked=there).officer)


def _officer(visitor: Visitor) -> str:
    return language.isolate(visitor.officer)


def _when(tag: str) -> str:
    """When somebody reads next."""
    now, closed = clock.now(), workdays.holidays_with(edge.settings().bank_holidays)
    if office_hours.is_open(now, closed):
        until = language.time_words(office_hours.CLOSES, tag)
        return language.words("later.tell.open", tag, time=language.isolate(until))
    opening = clock.in_london(office_hours.next_opening(now, closed))
    day, time = language.day_words(opening.date(), tag), language.time_words(opening.time(), tag)
    return language.words(
        "later.tell.closed", tag, day=language.isolate(day), time=language.isolate(time)
    )
