"""Answering on the web, put together."""

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import InternalServerError, RequestEntityTooLarge
from werkzeug.wrappers import Response

from consult_app import edge
from consult_app.channels.web import (
    alone,
    chat,
    compress,
    cookie,
    device,
    door,
    finish,
    follow,
    headers,
    houses,
    leave,
    listen,
    lock,
    media,
    no_more,
    offline,
    own,
    public,
    sections,
    start,
    static,
    survey,
    tell,
)
from consult_app.channels.web.page import Templates, at_home, page

ROOMS = (
    door,
    start,
    chat,
    houses,
    sections,
    finish,
    leave,
    public,
    listen,
    media,
    offline,
    alone,
    device,
    lock,
    own,
    tell,
    survey,
    no_more,
)
LARGEST_REQUEST = 8 << 20
"""Bytes: a photo of the size that is taken, with room for what surrounds it."""


def install(app: Flask) -> None:
    """Add respondents' pages, and what every page of `app` needs: headers, CSRF, static files."""
    app.jinja_environment = Templates
    with app.app_context():
        https = edge.settings().public_url.startswith("https://")
    # No page tells its address to another (no-referrer), so CSRF cannot ask where one came from.
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
    )
    cookie.install(app)
    csrf = CSRFProtect(app)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    csrf.exempt(leave.leave)
    csrf.exempt(no_more.stop)
    headers.install(app, https=https)
    compress.install(app)
    static.install(app)
    follow.install(app)
    app.jinja_env.filters["at_home"] = at_home
    app.jinja_env.globals["allowed_media"] = app.extensions["consult_settings"].media
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(InternalServerError, _sorry)
    app.register_error_handler(RequestEntityTooLarge, _too_large)


def _stale(_error: CSRFError) -> Response:
    """A page that was open too long, or whose cookie is gone: say so, and show the way back."""
    back = "/answer/" if request.path.startswith("/answer") else request.path
    return page("stale.html", status=400, back=back)


def _sorry(_error: InternalServerError) -> Response:
    """Something failed here: no detail, a way to go on."""
    return page("sorry.html", status=500, switch="none")


def _too_large(_error: RequestEntityTooLarge) -> Response:
    """More was sent than any page of ours takes."""
    return page("too_large.html", status=413, back=request.path)
