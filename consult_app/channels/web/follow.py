"""One answer instead of two: where the page's script asks for it, redirects are followed here.

On a bad line every answer is waited for. A tap that saves and leads on then costs one wait.
"""

import io
from collections.abc import Iterable
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

ASKED = "HTTP_X_FOLLOW"
AT = "X-At"
"""Tells the script which address the page that came stands for."""
MOST = 4
SEE_OTHER = 303
OF_A_FORM = ("CONTENT_TYPE", ASKED, "werkzeug.request", "werkzeug.socket")


class Follow:
    """Around the whole service; a request without the header passes untouched."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with the page at the end of the way."""
        if ASKED not in environ:
            return self.app(environ, start_response)
        set_cookies: list[str] = []
        response = self._once(environ, set_cookies)
        for _ in range(MOST):
            place = response.headers.get("Location", "")
            if response.status_code != SEE_OTHER or not is_ours(place):
                break
            environ = looking(environ, place, response.headers)
            response = self._once(environ, set_cookies)
            response.headers[AT] = place
        response.headers.setlist("Set-Cookie", set_cookies)
        return response(environ, start_response)

    def _once(self, environ: WSGIEnvironment, set_cookies: list[str]) -> Response:
        response = Response.from_app(self.app, dict(environ), buffered=True)
        set_cookies += response.headers.getlist("Set-Cookie")
        return response


def is_ours(place: str) -> bool:
    """True for an address on this service."""
    return place.startswith("/") and not place.startswith("//")


def looking(environ: WSGIEnvironment, place: str, headers: Headers) -> WSGIEnvironment:
    """The request a browser would send next: GET, with the cookies it was just given."""
    address = urlsplit(place)
    kept = {name: value for name, value in environ.items() if name not in OF_A_FORM}
    return kept | {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address.path,
        "QUERY_STRING": address.query,
        "CONTENT_LENGTH": "0",
        "wsgi.input": io.BytesIO(),
        "HTTP_COOKIE": _cookies(str(environ.get("HTTP_COOKIE", "")), headers),
    }


def _cookies(had: str, headers: Headers) -> str:
    """Cookies by name: those that were there, changed by those that were set or taken away."""
    given = [one.partition(";")[0] for one in headers.getlist("Set-Cookie")]
    pairs = (one.strip().partition("=") for one in [*had.split(";"), *given])
    named = {name: value for name, _, value in pairs if name}
    return "; ".join(f"{name}={value}" for name, value in named.items() if value)


def install(app: Flask) -> None:
    """Put it around `app`."""
    app.wsgi_app = Follow(app.wsgi_app)  # type: ignore[method-assign]  # how Flask wraps
