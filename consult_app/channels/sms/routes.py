"""Twilio's two webhooks: a text that came in, and what became of one that went out."""

from flask import Blueprint, Flask, Response, abort, request

from consult_app import clock, edge
from consult_app.actions import texting
from consult_app.channels.sms import webhooks
from consult_app.channels.sms.signature import require_signature
from consult_app.outbox.receipts import note_status

blueprint = Blueprint("sms", __name__, url_prefix="/sms")

NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def install(app: Flask) -> None:
    """Add the webhooks; their signature stands in for the form token of our own pages."""
    app.register_blueprint(blueprint)
    csrf = app.extensions.get("csrf")
    if csrf is not None:
        csrf.exempt(blueprint)


@blueprint.before_request
def _signed() -> None:
    require_signature(request, edge.settings())


@blueprint.post("/inbound")
def inbound() -> Response:
    """Store and hear one text; the answer to it leaves through the outbox."""
    text = webhooks.inbound_text(request.form, clock.now()) or abort(400)
    texting.receive(edge.session(), text, edge.settings())
    return Response(NOTHING_TO_SAY, mimetype="text/xml")


@blueprint.post("/status")
def status() -> Response:
    """File what became of one of our texts."""
    receipt = webhooks.receipt(request.form, request.args) or abort(400)
    note_status(edge.session(), receipt, clock.now())
    return Response(status=204)
