"""Leaving at once: the visit is dead on the server, the browser keeps nothing."""

from flask import Blueprint, session
from werkzeug.wrappers import Response

from consult_app import clock, edge
from consult_app.actions.doors import links
from consult_app.channels.web.page import bare
from consult_app.channels.web.visitor import forget, go

blueprint = Blueprint("leave", __name__)


@blueprint.post("/answer/exit")
def leave() -> Response:
    """End the visit, whatever state the page was in; it works without script."""
    secret = session.get("visit", "")
    if secret:
        links.end_visit(edge.session(), secret, clock.now())
    forget()
    response = go("/blank")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.get("/blank")
def blank() -> Response:
    """A page with nothing on it."""
    return bare("blank.html")
