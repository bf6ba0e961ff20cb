"""What every response of the service says to the browser: run nothing of others, keep nothing."""

import secrets
from typing import cast

from flask import Flask, Response, g, request

KEPT = ("/static/", "/voice/")
"""Addresses whose responses may be kept: nothing personal, and a new address when they change."""
LISTENS = "/answer/voice/"
"""Pages that may use the microphone: those on which one speaks an answer."""
MICROPHONE = "Permissions-Policy", "microphone=()", "microphone=(self)"

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "X-Robots-Tag": "noindex, nofollow",
}
POLICY = (
    "default-src 'none'; style-src 'self' 'nonce-{0}'; script-src 'nonce-{0}'; "
    "img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
A_YEAR = 31_536_000


def install(app: Flask, *, https: bool) -> None:
    """Set the headers on everything that `app` answers."""
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    strict = {"Strict-Transport-Security": f"max-age={A_YEAR}; includeSubDomains"} if https else {}
    fixed = [*FIXED.items(), *strict.items()]

    def harden(response: Response) -> Response:
        headers = response.headers
        for name, value in fixed:
            headers.add(name, value)
        headers.add("Content-Security-Policy", POLICY.format(csp_nonce()))
        if request.path.startswith(LISTENS):
            name, closed, opened = MICROPHONE
            headers[name] = headers[name].replace(closed, opened)
        if not request.path.startswith(KEPT):
            headers["Cache-Control"] = "no-store"
        return response

    app.after_request(harden)


def csp_nonce() -> str:
    """This response's nonce, for its own <script> and <style>."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(12)
    return cast(str, g.csp_nonce)
