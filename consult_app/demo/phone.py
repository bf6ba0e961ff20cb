"""/demo/phone: a phone to hold in the browser. What is sent goes through the signed webhook."""

from datetime import datetime

from flask import Blueprint, abort, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from consult_app import clock, edge, language
from consult_app.channels.sms.senders import make_sender
from consult_app.channels.sms.signature import HEADER, sign
from consult_app.config import Settings
from consult_app.demo import handset
from consult_app.outbox.deliver import deliver
from consult_app.outbox.quiet import quiet_hours
from consult_app.tokens import new_token

blueprint = Blueprint("demo_phone", __name__, url_prefix="/demo/phone")

INBOUND = "/sms/inbound"
LONGEST = 1600


def say(key: str, **values: object) -> str:
    """English words of this page."""
    return language.words(f"staff_phone.{key}", language.ENGLISH, **values)


def _time(moment: datetime) -> str:
    return language.time_words(clock.in_london(moment).time(), language.ENGLISH)


@blueprint.get("")
def phones() -> str:
    """Choose whose phone to hold."""
    role, tag = request.args.get("role", ""), request.args.get("language", "")
    found = handset.owners(edge.session(), role=role, tag=tag)
    values = {"owners": found, "role": role, "tag": tag, "languages": language.languages}
    return render_template("demo/phones.html", say=say, **values)


@blueprint.get("/<int:person_id>")
def hold(person_id: int) -> str:
    """One phone: what came and what was written."""
    quiet = quiet_hours(edge.settings())
    held = handset.hold(edge.session(), person_id, quiet) or abort(404)
    return render_template("demo/phone.html", say=say, held=held, clock_words=_time)


@blueprint.post("/<int:person_id>")
def send(person_id: int) -> Response:
    """Send a text from this phone, and let what is due arrive."""
    with edge.database().reading() as session:
        number = handset.number(session, person_id) or abort(404)
    body = request.form.get("body", "").strip()[:LONGEST]
    if body:
        _to_webhook(edge.settings(), number, body)
    _deliver()
    return redirect(f"/demo/phone/{person_id}#write", 303)


def _to_webhook(settings: Settings, number: str, body: str) -> None:
    """Hand the text over as the provider would, signed."""
    fields = {
        "MessageSid": f"SM{new_token()}",
        "From": number,
        "To": settings.service_number,
        "Body": body,
    }
    headers = {HEADER: sign(settings, INBOUND, fields)}
    answer = current_app.test_client().post(INBOUND, data=fields, headers=headers)
    if answer.status_code != 200:
        abort(502)


def _deliver() -> None:
    settings, database = edge.settings(), edge.database()
    deliver(database, make_sender(settings, database), quiet=quiet_hours(settings))
