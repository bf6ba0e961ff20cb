"""The demo's network over HTTP: the stand-in's paths, and /network for the pages of the phones."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, parse_qsl, urlsplit

from consult_app.channels.sms.signature import DEMO_TOKEN
from consult_app.config import Settings
from consult_app.demo.mischief import TO_PHONE, Event, Mischief
from consult_app.demo.network import UNDELIVERED, Network, report
from consult_app.standin import listing
from consult_app.standin.ledger import ACCOUNT, Form
from consult_app.standin.rules import error, refusal
from consult_app.standin.server import Handler, Server, Ways

NOT_A_MOBILE = error(21614, "'To' number is not a valid mobile number", 400)
TOO_MANY = error(20429, "Too Many Requests", 429)
AWAY = error(20503, "Service Unavailable", 503)
RETRY_AFTER_S = "20"
PATH = "/network/"


class Exchange(Server):
    """One network on one port."""

    def __init__(self, network: Network, port: int = 0) -> None:
        super().__init__(network, Ways(network.inbound, reports=True), port)
        self.network = network
        self.RequestHandlerClass: Callable[..., BaseHTTPRequestHandler] = Line


class Line(Handler):
    """One call, from the service or from a phone's page."""

    server: Exchange

    def do_POST(self) -> None:  # noqa: N802 - the library calls it so
        """A phone's page asks for something; all else is the stand-in's."""
        path = urlsplit(self.path).path
        if not path.startswith(PATH):
            return super().do_POST()
        form = self._form()
        if not self._is_let_in():
            return None
        wish = WISHES.get(path.removeprefix(PATH), _nothing)
        return self._reply(200, wish(self.server.network, form))

    def do_GET(self) -> None:  # noqa: N802 - the same
        """Our records; who asked for what is remembered."""
        super().do_GET()
        asked = dict(parse_qsl(urlsplit(self.path).query))
        if "To" in asked:
            network = self.server.network
            network.was_asked(asked["To"])
            shown = listing.page(network, asked)["messages"]
            network.was_read([one["sid"] for one in shown])

    def _send(self, form: Form) -> None:
        """Take a text for a phone, or do what was planned for it."""
        number = form.get("To", "")
        plan = None if refusal(form) else self.server.network.next_plan(number, TO_PHONE)
        if any(seen.of == _id(form) for seen in self.server.network.of(number)):
            self.server.network.note(number, _id(form), Event.AGAIN)
        if plan is None:
            return super()._send(form)
        return FAULTS[plan](self, form)

    def _note(self, form: Form, what: Event) -> None:
        self.server.network.note(form["To"], _id(form), what)

    def lose(self, form: Form) -> None:
        """Taken, and never delivered."""
        network = self.server.network
        text = network.take(form)
        self._reply(201, listing.record(network, text))
        report(network, text, "sent")
        self._note(form, Event.LOST)
        report(network, text, UNDELIVERED["status"], UNDELIVERED["code"])

    def delay(self, form: Form) -> None:
        """Taken, and delivered in a while."""
        network = self.server.network
        text = network.take(form)
        self._reply(201, listing.record(network, text))
        self._note(form, Event.LATE)
        report(network, text, "sent")

        def come() -> None:
            self._note(form, Event.LATE_CAME)
            report(network, text, "delivered")

        network.later(come)

    def cut(self, form: Form) -> None:
        """Taken and delivered, but nobody is told: the line breaks before the answer."""
        self.server.network.take(form).status = "delivered"
        self._note(form, Event.CUT)
        self.close_connection = True

    def refuse(self, form: Form) -> None:
        """Not to this number, ever."""
        self._note(form, Event.REFUSED)
        self._reply(400, NOT_A_MOBILE)

    def stall(self, form: Form) -> None:
        """Too busy: later."""
        self._note(form, Event.BUSY)
        self._reply(429, TOO_MANY, {"Retry-After": RETRY_AFTER_S})

    def fail(self, form: Form) -> None:
        """Down: not taken, but who called cannot know."""
        self._note(form, Event.DOWN)
        self._reply(503, AWAY)


FAULTS: Mapping[Mischief, Callable[[Line, Form], None]] = {
    Mischief.LOST: Line.lose,
    Mischief.LATE: Line.delay,
    Mischief.UNKNOWN: Line.cut,
    Mischief.REFUSED: Line.refuse,
    Mischief.BUSY: Line.stall,
    Mischief.DOWN: Line.fail,
}


def _id(form: Form) -> str:
    """Our own id of a text, which stands in the address for reports."""
    return parse_qs(urlsplit(form.get("StatusCallback", "")).query).get("message", [""])[0]


def _nothing(_network: Network, _form: Form) -> dict[str, object]:
    return {}


def _state(network: Network, form: Form) -> dict[str, object]:
    """What is planned, what happened and what is adrift, by number."""
    numbers = form.get("numbers", "").split(",")
    return {
        number: {
            "plans": [str(kind) for to, kind in network.plans if to == number],
            "seen": [(one.of, str(one.what), one.at.isoformat()) for one in network.of(number)],
            "adrift": [
                (text.sid, text.body, text.made_at.isoformat(), str(what))
                for text, what in network.adrift(number)
            ],
        }
        for number in numbers
    }


def _plan(network: Network, form: Form) -> dict[str, object]:
    network.plan(form["number"], Mischief(form["mischief"]))
    return {}


def _forgive(network: Network, form: Form) -> dict[str, object]:
    network.forgive(form["number"])
    return {}


def _write(network: Network, form: Form) -> dict[str, object]:
    network.write(form["number"], form["to"], form["body"])
    return {}


def _changed(network: Network, form: Form) -> dict[str, object]:
    for number in form["numbers"].split(","):
        network.note(number, "", Event.CHANGED)
    return {}


WISHES: Mapping[str, Callable[[Network, Form], dict[str, object]]] = {
    "state": _state,
    "plan": _plan,
    "forgive": _forgive,
    "write": _write,
    "changed": _changed,
}


@contextmanager
def running(network: Network) -> Iterator[Network]:
    """A network on a port of its own, in a thread of its own."""
    server = Exchange(network)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield network
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def connected(settings: Settings) -> Iterator[dict[str, str]]:
    """A network for the service at its public address; yields the environment that reaches it."""
    network = Network(token=DEMO_TOKEN, inbound=f"{settings.public_url}/sms/inbound")
    with running(network):
        yield {
            "SMS_SENDER": "twilio",
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": DEMO_TOKEN,
            "TWILIO_FROM": settings.service_number,
            "TWILIO_BASE_URL": network.url,
        }
