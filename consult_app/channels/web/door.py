"""The respondent's door: looking changes nothing, a tap opens it."""

from flask import Blueprint, request, session
from werkzeug.wrappers import Response

from consult_app import clock, edge, language
from consult_app.actions.answering import talk
from consult_app.actions.doors import links
from consult_app.channels.web.page import closed, page, wanted
from consult_app.channels.web.visitor import YOUNG, device_secret, forget, go
from consult_app.models.kinds import Purpose
from consult_app.tokens import TOKEN_BYTES

blueprint = Blueprint("door", __name__)

LONGEST_TOKEN = TOKEN_BYTES * 2
STUCK_TO_LINKS = ".,;:!?)]}>\"'"
"""Signs that a message may leave hanging on the end of a link."""


@blueprint.get("/r/")
@blueprint.get("/r/<path:token>")
def look(token: str = "") -> Response:
    """What the link opens, before it is opened: no name, no answer."""
    consultation = links.peek(edge.session(), _tidy(token), clock.now())
    if consultation is None:
        return closed()
    tag = wanted(consultation.language)
    return page(
        "door.html",
        tag,
        switch="none",
        authority=language.isolate(edge.settings().authority),
        chosen="l" in request.args,
        after=consultation.purpose is Purpose.AFTER,
        young=consultation.role in YOUNG,
    )


@blueprint.post("/r/<path:token>")
def open_it(token: str) -> Response:
    """A person tapped: begin a visit, and leave the token out of every address from here."""
    opened = links.open_door(edge.session(), _tidy(token), clock.now(), device_secret())
    if opened is None:
        return closed()
    forget()
    session["visit"] = opened.visit_secret
    tag = request.form.get("l", "")
    if language.is_offered(tag):
        talk.change_language(opened.consultation, tag)
        session["chosen"] = True
    session["l"] = opened.consultation.language
    return go("/answer/")


def _tidy(token: str) -> str:
    return token.rstrip(STUCK_TO_LINKS)[:LONGEST_TOKEN]
