"""The stand-in over HTTP: Twilio's paths under /2010-04-01, its own under /standin."""

import base64
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from consult_app.standin import listing, page, webhooks
from consult_app.standin.ledger import Form, StandIn
from consult_app.standin.rules import OUTSIDE_WINDOW, error, is_outside_window, refusal

RETRY_AFTER_S = "90"
NO_ENTRY = error(20003, "Authenticate", 401)
NOT_THERE = error(20404, "The requested resource was not found", 404)
MOST_FAULTS = 10_000
STORE = "/store/"


@dataclass(frozen=True)
class Ways:
    """Where the stand-in brings texts that come in, and whether it reports on those it took."""

    inbound: str = ""
    reports: bool = False


class Server(ThreadingHTTPServer):
    """One stand-in on one port."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, stand_in: StandIn, ways: Ways, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.stand_in, self.ways = stand_in, ways
        stand_in.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hung up is not our fault; anything else is told as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # the stub is narrower


class Handler(BaseHTTPRequestHandler):
    """One call."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    """Else each reply waits 40 ms for the caller's acknowledgement."""
    server: Server

    def do_POST(self) -> None:
        """Send a text, blot one out, or be told what to do."""
        form = self._form()
        path = urlsplit(self.path).path
        if path.startswith("/standin/"):
            return self._obey(path, form)
        if not self._is_let_in():
            return None
        if path == self._messages():
            return self._send(form)
        text = listing.find(self._stand_in, self._sid(path))
        if text is None:
            return self._reply(404, NOT_THERE)
        text.body = form.get("Body", text.body)
        return self._reply(200, listing.record(self._stand_in, text))

    def do_GET(self) -> None:
        """List texts, tell of one, hand out a picture, or show our own page."""
        address = urlsplit(self.path)
        if address.path == "/":
            return self._write(200, page.draw(self._stand_in).encode(), "text/html; charset=utf-8")
        if address.path.startswith(STORE):
            return self._show(address.path.removeprefix(STORE))
        return self._look_up(address.path, address.query) if self._is_let_in() else None

    def _look_up(self, path: str, query: str) -> None:
        """What the API is asked for by those who may ask."""
        fault = self._stand_in.next_fault(self._stand_in.listing_faults)
        if fault != "ok":
            return self._fail(fault, None)
        if "/Media/" in path:
            place = f"{self._stand_in.store or self._stand_in.url}{STORE}{self._sid(path)}"
            return self._write(307, b"", "text/plain", {"Location": place})
        if path == self._messages():
            return self._reply(200, listing.page(self._stand_in, dict(parse_qsl(query))))
        text = listing.find(self._stand_in, self._sid(path))
        if text is None:
            return self._reply(404, NOT_THERE)
        return self._reply(200, listing.record(self._stand_in, text))

    def _show(self, name: str) -> None:
        """A picture or a sound, to whoever has its address; nobody may say who they are here."""
        held = self._stand_in.media.get(name)
        if held is None or self.headers.get("Authorization"):
            return self._reply(404, NOT_THERE)
        kind, content = held
        return self._write(200, content, kind)

    @property
    def _stand_in(self) -> StandIn:
        return self.server.stand_in

    def _form(self) -> Form:
        length = int(self.headers.get("Content-Length", 0))
        return dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))

    def _messages(self) -> str:
        return f"/{listing.VERSION}/Accounts/{self._stand_in.account}/Messages.json"

    @staticmethod
    def _sid(path: str) -> str:
        return path.rsplit("/", 1)[-1].removesuffix(".json")

    def _is_let_in(self) -> bool:
        """Basic auth; who is not let in has been told so."""
        named = f"{self._stand_in.account}:{self._stand_in.token}"
        basic = base64.b64encode(named.encode()).decode()
        if self.headers.get("Authorization") == f"Basic {basic}":
            return True
        self._reply(401, NO_ENTRY, {"WWW-Authenticate": 'Basic realm="Twilio API"'})
        return False

    def _send(self, form: Form) -> None:
        fault = self._stand_in.next_fault(self._stand_in.faults)
        refused = refusal(form) or self._outside_window(form)
        if fault == "ok" and refused is not None:
            return self._reply(400, refused)
        if fault != "ok":
            return self._fail(fault, form)
        text = self._stand_in.take(form)
        self._reply(201, listing.record(self._stand_in, text))
        if self.server.ways.reports:
            webhooks.report(self._stand_in, text)
        return None

    def _outside_window(self, form: Form) -> dict[str, object] | None:
        last_wrote = self._stand_in.last_wrote(form.get("To", ""))
        outside = is_outside_window(form, last_wrote, self._stand_in.now())
        return error(63016, OUTSIDE_WINDOW, 400) if outside else None

    def _fail(self, fault: str, form: Form | None) -> None:
        """Do what `fault` says; `form` is what to take, when it says that too."""
        if form is not None and (fault == "hang" or fault.startswith("take-")):
            self._stand_in.take(form)
        if fault in ("hang", "lose"):
            time.sleep(self._stand_in.hang_s)
        if fault == "429":
            slow = error(20429, "Too Many Requests", 429)
            return self._reply(429, slow, {"Retry-After": RETRY_AFTER_S})
        if fault == "take-then-500" or (fault.isdecimal() and 500 <= int(fault) < 600):
            status = int(fault.removeprefix("take-then-"))
            return self._reply(status, error(20500, "Internal Server Error", status))
        if fault.isdecimal():
            return self._reply(400, error(int(fault), "refused", 400))
        self.close_connection = True
        return None

    def _obey(self, path: str, form: Form) -> None:
        """What somebody pressed on our own page."""
        stand_in = self._stand_in
        if path == "/standin/faults":
            count = form.get("count", "1")
            times = min(int(count), MOST_FAULTS) if count.isdecimal() else 1
            fault = form.get("fault", "")
            with stand_in.lock:
                stand_in.faults[:] = [*stand_in.faults, *[fault] * times] if fault else []
        elif path == "/standin/inbound":
            to = form.get("To", "+447700900999")
            text = stand_in.arrive(sender=form.get("From", ""), to=to, body=form.get("Body", ""))
            if not form.get("missed"):
                webhooks.bring(stand_in, self.server.ways.inbound, text)
        self._write(303, b"", "text/plain", {"Location": "/"})

    def _reply(
        self, status: int, payload: dict[str, object], headers: dict[str, str] | None = None
    ) -> None:
        self._write(status, json.dumps(payload).encode(), "application/json", headers)

    def _write(
        self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing on stderr: addresses hold numbers."""


@contextmanager
def running(stand_in: StandIn | None = None, ways: Ways | None = None) -> Iterator[StandIn]:
    """A stand-in on a port of its own, in a thread of its own."""
    server = Server(stand_in or StandIn(), ways or Ways())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.stand_in
    finally:
        server.shutdown()
        server.server_close()
