"""Before the first question: which language, who reads this, and how to do it."""

import re

from flask import Blueprint, request, session
from werkzeug.wrappers import Response

from consult_app import language
from consult_app.actions.answering import talk
from consult_app.channels.web.visitor import SKINS, Visitor, go, inside, inside_still, source
from consult_app.conversation.form import Depth
from consult_app.conversation.path import path
from consult_app.models.kinds import CLOSED_BY_THEM, ConsultationStatus, Purpose, Reading
from consult_app.records import spoken

blueprint = Blueprint("start", __name__, url_prefix="/answer")

OWN_PAGE = re.compile(r"/answer/[a-z]*(/\d+)?")
SECONDS_A_QUESTION = 15
FIRST_PAGE = {"chat": "/answer/q", "form": "/answer/form", "page": "/answer/page"}
BEGUN = {channel: skin for skin, channel in SKINS.items()}


@blueprint.get("/")
@inside
def enter(visitor: Visitor) -> Response:
    """Go to where this respondent has got to."""
    status = visitor.asked.status
    if status in CLOSED_BY_THEM:
        return go("/answer/check")
    if status is ConsultationStatus.STARTED:
        return go(FIRST_PAGE[skin_of(visitor)])
    if not session.get("chosen"):
        return go("/answer/language")
    return go("/answer/way" if session.get("read") else "/answer/readers")


@blueprint.get("/language")
@inside_still
def languages(visitor: Visitor) -> Response:
    """Every language by the name its readers give it."""
    person = visitor.consultation.person
    reads = person.language_read if person else visitor.tag
    both = dict.fromkeys(tag for tag in (reads, _speaks(visitor)) if language.is_offered(tag))
    theirs = [language.get(tag) for tag in both]
    rest = [one for one in language.languages() if one not in theirs]
    return visitor.page("language.html", switch="none", offered=[*theirs, *rest])


@blueprint.post("/language")
@inside_still
def choose_language(visitor: Visitor) -> Response:
    """Go on in another language, on the page where the respondent was."""
    talk.change_language(visitor.consultation, request.form.get("l", ""))
    session["chosen"], session["l"] = True, visitor.tag
    then = request.form.get("then", "")
    return go(then if OWN_PAGE.fullmatch(then) else "/answer/")


@blueprint.get("/readers")
@inside
def readers(visitor: Visitor) -> Response:
    """Who will read the answers, before the first one is given."""
    after = visitor.asked.purpose is Purpose.AFTER
    return visitor.page("readers.html", iro=language.isolate(visitor.officer), after=after)


@blueprint.post("/readers")
@inside
def readers_known(_visitor: Visitor) -> Response:
    """The respondent has seen who reads this."""
    session["read"] = True
    return go("/answer/way")


@blueprint.get("/way")
@inside
def ways(visitor: Visitor) -> Response:
    """One question at a time, a page at a time or all on one; a few questions or all."""
    depths = {depth: _size(visitor, depth) for depth in Depth}
    return visitor.page(
        "way.html",
        depths=depths,
        skins=tuple(SKINS),
        skin=skin_of(visitor),
        depth=visitor.asked.depth,
        hears=session.get("aloud", not _reads_easily(visitor)),
    )


@blueprint.post("/way")
@inside
def choose_way(visitor: Visitor) -> Response:
    """Begin, or go on, in the way that was chosen."""
    skin = request.form.get("skin", "")
    session["skin"] = skin if skin in SKINS else "chat"
    session["aloud"] = "aloud" in request.form
    session["speaks"] = _speaks(visitor)
    if request.form.get("depth") in set(Depth):
        talk.change_depth(visitor.db, visitor.consultation, Depth(request.form["depth"]))
    talk.begin(visitor.db, visitor.consultation, source(session["skin"]))
    return go(FIRST_PAGE[session["skin"]])


def _speaks(visitor: Visitor) -> str:
    """The tag of the language they speak, where it is offered and the files say so; else empty."""
    person = visitor.consultation.person
    return (spoken.tag(person.language_spoken or "") if person else None) or ""


def _reads_easily(visitor: Visitor) -> bool:
    person = visitor.consultation.person
    return person is None or person.reading is Reading.EASILY


def skin_of(visitor: Visitor) -> str:
    """The way chosen in this visit, else the one the consultation began in."""
    begun = visitor.asked.channel_begun
    chosen: str = session.get("skin") or (BEGUN.get(begun, "chat") if begun else "chat")
    return chosen


def _size(visitor: Visitor, depth: Depth) -> dict[str, int]:
    """How many questions everybody meets, and about how many minutes they take."""
    count = len(path(talk.form_of(visitor.asked, depth), {}))
    return {"count": count, "minutes": max(1, round(count * SECONDS_A_QUESTION / 60))}
