"""`/metrics` for a monitor that holds the token: counts and ages of what goes out and comes in."""

import hmac
from collections.abc import Iterator

from flask import Blueprint, Response, abort, request

from consult_app import clock, edge
from consult_app.actions.texts.hearing import unheard
from consult_app.outbox import standing

pages = Blueprint("metrics", __name__)


@pages.get("/metrics")
def show_metrics() -> Response:
    """Plain text as Prometheus reads it; 404 without the token."""
    token = edge.settings().metrics_token
    given = request.headers.get("Authorization", "").encode()
    if not token or not hmac.compare_digest(given, f"Bearer {token}".encode()):
        abort(404)
    return Response("\n".join(_lines()) + "\n", content_type="text/plain; version=0.0.4")


def _lines() -> Iterator[str]:
    session, now = edge.session(), clock.now()
    oldest = standing.oldest_due(session, now)
    age = (now - oldest).total_seconds() if oldest else 0.0
    yield "# TYPE consult_outbox_messages gauge"
    for state, count in standing.counts(session).items():
        yield f'consult_outbox_messages{{state="{state}"}} {count}'
    yield from _gauge("outbox_oldest_queued_seconds", age)
    came = unheard(session, edge.settings())
    age = (now - came.oldest).total_seconds() if came.oldest else 0.0
    yield from _gauge("inbound_waiting", came.texts)
    yield from _gauge("inbound_oldest_waiting_seconds", age)
    yield from _gauge("inbound_files_on_disk", came.files)


def _gauge(name: str, value: float) -> Iterator[str]:
    yield f"# TYPE consult_{name} gauge"
    yield f"consult_{name} {value:.0f}"
