"""A Twilio of our own: takes messages over HTTP, keeps a ledger, and fails on request."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

ACCOUNT = "AC" + "0" * 32
TOKEN = "stand-in auth token"


@dataclass
class StandIn:
    """The ledger of what was taken, and what the next calls get.

    `faults` is used up from the front: "ok", "429", "500", "hang", "drop", "take-then-drop",
    or a Twilio error code such as "21610"; when it is empty all goes well.
    """

    url: str = ""
    ledger: list[dict[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    hang_s: float = 2.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_fault(self) -> str:
        """What happens to this call."""
        with self.lock:
            return self.faults.pop(0) if self.faults else "ok"

    def take(self, form: dict[str, str]) -> dict[str, object]:
        """Enter a message into the ledger and give it an id."""
        with self.lock:
            sid = f"SM{len(self.ledger):032x}"
            self.ledger.append({"sid": sid, **form})
        return {"sid": sid, "status": "queued", "to": form.get("To"), "body": form.get("Body")}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:  # the standard library names it
        """Create a message, or fail as told."""
        stand_in: StandIn = self.server.stand_in  # type: ignore[attr-defined]
        length = int(self.headers.get("Content-Length", 0))
        form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        if not self._let_in():
            return self._reply(401, {"code": 20003, "message": "Authenticate"})
        fault = stand_in.next_fault()
        if fault == "ok":
            return self._reply(201, stand_in.take(form))
        return self._fail(fault, stand_in, form)

    def _fail(self, fault: str, stand_in: StandIn, form: dict[str, str]) -> None:
        if fault == "429":
            return self._reply(429, {"code": 20429, "message": "slow"}, {"Retry-After": "90"})
        if fault.startswith("5"):
            return self._reply(int(fault), {"message": "sorry"})
        if fault == "hang":
            stand_in.take(form)
            time.sleep(stand_in.hang_s)
        elif fault == "take-then-drop":
            stand_in.take(form)
        elif fault.isdecimal():
            return self._reply(400, {"code": int(fault), "message": "refused", "status": 400})
        self.close_connection = True
        return None

    def _let_in(self) -> bool:
        basic = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        path = urlsplit(self.path).path
        return (
            self.headers.get("Authorization") == f"Basic {basic}"
            and path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
        )

    def _reply(
        self, status: int, payload: dict[str, object], headers: dict[str, str] | None = None
    ) -> None:
        body = json.dumps(payload).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing on stderr."""


@contextmanager
def running() -> Iterator[StandIn]:
    """A stand-in on a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    stand_in = StandIn(url=f"http://127.0.0.1:{server.server_port}")
    server.stand_in = stand_in  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
