"""Pages that anyone may read, and the sign of life."""

from flask import Blueprint, session
from sqlalchemy import select
from werkzeug.wrappers import Response

from consult_app import edge, language
from consult_app.actions.doors import links
from consult_app.channels.web.page import page

blueprint = Blueprint("public", __name__)


@blueprint.get("/about", defaults={"name": "about"})
@blueprint.get("/privacy", defaults={"name": "privacy"})
@blueprint.get("/accessibility", defaults={"name": "accessibility"})
def read(name: str) -> Response:
    """What this is, what happens to what is said, who can use it."""
    settings = edge.settings()
    return page(
        "public.html",
        name=name,
        authority=language.isolate(settings.authority),
        number=settings.service_number,
        answering="visit" in session,
    )


@blueprint.get("/our-numbers")
def numbers() -> Response:
    """Who to call, now; and how to know that a text is ours."""
    settings = edge.settings()
    return page(
        "numbers.html",
        number=settings.service_number,
        address=links.address(settings.public_url, ""),
        answering="visit" in session,
    )


@blueprint.get("/healthz")
def healthz() -> Response:
    """The service answers and reaches its database."""
    edge.session().execute(select(1))
    return Response("ok\n", mimetype="text/plain")
