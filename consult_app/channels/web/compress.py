"""Pages travel compressed, so that the first one fits into 14 KB on a slow phone.

Only pages that a GET asked for: one that repeats what was just posted beside its secret token
could be measured from outside by its compressed length.
"""

import zlib

from flask import Flask, Response, request

SMALLEST = 600
LEVEL = 6
GZIP = 31
"""The window size that makes zlib write the gzip format."""


def install(app: Flask) -> None:
    """Compress what `app` answers, where that is safe and pays."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if _may_be_compressed(response):
        squeezed = zlib.compressobj(LEVEL, wbits=GZIP)
        response.set_data(squeezed.compress(response.get_data()) + squeezed.flush())
        response.headers["Content-Encoding"] = "gzip"
    if response.mimetype == "text/html":
        response.vary.add("Accept-Encoding")
    return response


def _may_be_compressed(response: Response) -> bool:
    return (
        request.method == "GET"
        and response.mimetype == "text/html"
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and "gzip" in request.headers.get("Accept-Encoding", "")
        and (response.content_length or 0) >= SMALLEST
    )
