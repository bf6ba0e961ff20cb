"""/demo/phone: telephones to hold in the browser. What is sent goes through the signed webhook."""

from flask import Blueprint, abort, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from consult_app import clock, edge, language
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.channels.sms.senders import make_sender
from consult_app.channels.sms.signature import HEADER, sign
from consult_app.config import Settings
from consult_app.demo import people, swapping
from consult_app.demo.bench import MOST, asked_for, drawn, keys_of
from consult_app.demo.mischief import FROM_PHONE, Mischief
from consult_app.demo.wire import Wire
from consult_app.demo.words import day_of, money, number_words, say, time_of
from consult_app.outbox.deliver import deliver
from consult_app.outbox.quiet import quiet_hours
from consult_app.tokens import new_token

blueprint = Blueprint("demo_phone", __name__, url_prefix="/demo/phone")

INBOUND = "/sms/inbound"
LONGEST = 1600
WORDS = {
    "say": say, "time_of": time_of, "day_of": day_of, "money": money,
    "number_words": number_words, "keys_of": keys_of, "MOST": MOST,
    "to_phone": [kind for kind in Mischief if kind not in FROM_PHONE],
    "from_phone": [kind for kind in Mischief if kind in FROM_PHONE],
}  # fmt: skip


@blueprint.get("")
def table() -> str | Response:
    """The phones side by side, at an address that names them."""
    bench = asked_for(request.args, edge.session())
    if bench.keys and not request.args.getlist("on"):
        return redirect(f"/demo/phone?{bench.query}")
    return _draw("demo/bench.html")


@blueprint.get("/live")
def live() -> str:
    """The same phones without the page around them, for a page that keeps itself fresh."""
    return _draw("demo/handsets.html")


@blueprint.get("/choose")
def choose() -> str:
    """Choose whose phone lies in front."""
    role, tag = request.args.get("role", ""), request.args.get("language", "")
    found = people.owners(edge.session(), role=role, tag=tag)
    bench = asked_for(request.args, edge.session())
    values = {"owners": found, "role": role, "tag": tag, "languages": language.languages}
    stranger = people.stranger_key()
    return render_template("demo/choose.html", bench=bench, stranger=stranger, **values, **WORDS)


@blueprint.post("/look")
def look() -> Response:
    """Let what is due arrive."""
    _deliver()
    return _back("")


@blueprint.post("/<key>/send")
def send(key: str) -> Response:
    """Send a text from a phone, and let its answer arrive."""
    number = _number(key)
    body = (request.form.get("quick") or request.form.get("body", "")).strip()[:LONGEST]
    if body and not Wire(edge.settings()).write(number, body):
        _to_webhook(edge.settings(), number, body)
    _deliver()
    return _back(f"#write-{key}")


@blueprint.post("/<key>/plan")
def plan(key: str) -> Response:
    """Let the next text to or from a phone go wrong; no name lets all go well again."""
    number, name = _number(key), request.form.get("mischief", "")
    wire = Wire(edge.settings())
    if name in set(Mischief):
        wire.plan(number, Mischief(name))
    else:
        wire.forgive(number)
    return _back(f"#plan-{key}")


@blueprint.post("/<key>/<change>")
def change(key: str, change: str) -> Response:
    """Change in the records whose numbers two phones have, through an import."""
    take_in = CHANGES.get(change) or abort(404)
    one, other = _number(key), _number(request.form.get("with", ""))
    if take_in(edge.session(), one, other):
        Wire(edge.settings()).changed((one, other))
    return _back(f"#plan-{key}")


CHANGES = {"swap": swapping.swap, "share": swapping.share}


def _draw(template: str) -> str:
    settings, session = edge.settings(), edge.session()
    wire, bench = Wire(settings), asked_for(request.args, session)
    values = {"bench": bench, "phones": drawn(session, bench, settings, wire), "wire": wire}
    named = {"url": settings.public_url, "network": settings.twilio_base_url}
    return render_template(template, pence=settings.segment_pence, **values, **named, **WORDS)


def _number(key: str) -> str:
    with edge.database().reading() as session:
        return people.numbers(session, [key]).get(key) or abort(404)


def _back(anchor: str) -> Response:
    return redirect(f"/demo/phone?{request.query_string.decode('ascii', 'ignore')}{anchor}", 303)


def _to_webhook(settings: Settings, number: str, body: str) -> None:
    """Hand the text over as the provider would, signed; where there is no network to do it."""
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
    """Hear what came in at once, and send what is due; the worker does the same, a little later."""
    settings, database = edge.settings(), edge.database()
    hear_waiting(database, settings, clock.now())
    deliver(database, make_sender(settings, database), quiet=quiet_hours(settings))
