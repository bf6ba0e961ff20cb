"""Twilio's two webhooks: a text that came in, and what became of one that went out.

Both only put down what came; a worker hears it after.
"""

from typing import cast

from flask import Blueprint, Flask, Response, abort, current_app, request
from sqlalchemy import event

from consult_app import clock, edge
from consult_app.actions.texts.inbox import Inbox
from consult_app.channels.sms import webhooks
from consult_app.channels.sms.signature import require_signature

blueprint = Blueprint("sms", __name__, url_prefix="/sms")

NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def install(app: Flask) -> None:
    """Add the webhooks; their signature stands in for the form token of our own pages."""
    app.register_blueprint(blueprint)
    with app.app_context():
        inbox, engine = Inbox(edge.settings()), edge.database().engine
    app.extensions["consult_inbox"] = inbox
    event.listen(engine, "engine_disposed", lambda _engine: inbox.close())
    csrf = app.extensions.get("csrf")
    if csrf is not None:
        csrf.exempt(blueprint)


@blueprint.before_request
def _signed() -> None:
    require_signature(request, edge.settings())


@blueprint.post("/inbound")
def inbound() -> Response:
    """Store one text; the answer to it leaves through the outbox once it was heard."""
    text = webhooks.inbound_text(request.form, clock.now()) or abort(400)
    _inbox().take(text)
    return Response(NOTHING_TO_SAY, mimetype="text/xml")


@blueprint.post("/status")
def status() -> Response:
    """File what became of one of our texts."""
    receipt = webhooks.receipt(request.form, request.args) or abort(400)
    _inbox().take(receipt)
    return Response(status=204)


def _inbox() -> Inbox:
    return cast(Inbox, current_app.extensions["consult_inbox"])
