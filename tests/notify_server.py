"""A stand-in for GOV.UK Notify: its documented paths, its tokens, its errors, and a ledger."""

import base64
import hashlib
import hmac
import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"the-stand-in-{SERVICE}-{SECRET}"
TO = {"sms": "phone_number", "email": "email_address"}
ERRORS: dict[str, tuple[int, str, str]] = {
    "400": (400, "ValidationError", "phone_number Not a UK mobile number"),
    "trial": (400, "BadRequestError", "Can't send to this recipient when service is in trial mode"),
    "403": (403, "AuthError", "Invalid token: API key not found"),
    "429": (429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests"),
    "today": (429, "TooManyRequestsError", "Exceeded send limits (250,000) for today"),
    "500": (500, "Exception", "Internal server error"),
}


@dataclass
class Notify:
    """What was taken; `faults` are used up from the front by calls that send.

    "take-then-500" and "hang" take the message; "lose" does not, and answers too late.
    """

    url: str = ""
    ledger: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    asking_faults: list[str] = field(default_factory=list)
    status: str = "delivered"
    hang_s: float = 1.5
    came: list[dict[str, str]] = field(default_factory=list)
    page: int = 250

    def arrive(self, sender: str, body: str, at: str) -> None:
        """A text from a telephone to the service."""
        one = {"id": str(uuid.uuid4()), "user_number": sender.removeprefix("+"), "content": body}
        self.came.append(one | {"created_at": at, "notify_number": "07700900999"})


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_POST(self) -> None:
        notify = self.server.notify
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        kind = self.path.removeprefix("/v2/notifications/")
        fault = notify.faults.pop(0) if notify.faults else "ok"
        if not self._is_let_in():
            return
        missing = self._missing(kind, content)
        if fault in ERRORS:
            self._refuse(fault)
        elif fault == "redirect":
            self._write(302, {}, {"Location": notify.url})
        elif missing:
            self._error(400, "ValidationError", f"{missing} is a required property")
        else:
            self._take(notify, fault, {"kind": kind, **content})

    def _take(self, notify: Notify, fault: str, content: dict[str, Any]) -> None:
        taken = {"id": str(uuid.uuid4()), **content}
        if fault != "lose":
            notify.ledger.append(taken)
        if fault in ("hang", "lose"):
            time.sleep(notify.hang_s)
            self.close_connection = True
        elif fault == "take-then-500":
            self._refuse("500")
        else:
            self._write(201, {"id": taken["id"], "reference": content.get("reference")})

    def do_GET(self) -> None:
        notify = self.server.notify
        if not self._is_let_in():
            return
        fault = notify.asking_faults.pop(0) if notify.asking_faults else "ok"
        if fault in ERRORS:
            self._refuse(fault)
            return
        if self.path.startswith("/v2/received-text-messages"):
            self._received(notify)
            return
        wanted = parse_qs(urlsplit(self.path).query).get("reference", [""])[0]
        found = [
            {
                "id": one["id"], "reference": one["reference"], "status": notify.status,
                "type": one["kind"], "body": "as its template has it",
                "created_at": "2026-03-03T12:00:00.000000Z",
            }
            for one in notify.ledger
            if one["reference"] == wanted
        ]  # fmt: skip
        self._write(200, {"notifications": found, "links": {"current": self.path}})

    def _received(self, notify: Notify) -> None:
        """A page of what came in, newest first."""
        older = parse_qs(urlsplit(self.path).query).get("older_than", [""])[0]
        newest = [*reversed(notify.came)]
        after = [n for n, one in enumerate(newest) if one["id"] == older]
        start = after[0] + 1 if after else 0
        page = newest[start : start + notify.page]
        self._write(200, {"received_text_messages": page, "links": {"current": self.path}})

    @staticmethod
    def _missing(kind: str, content: dict[str, Any]) -> str:
        """What a call lacks, as the documentation asks for it."""
        words = content.get("personalisation", {})
        if kind == "letter":
            return next((n for n in ("address_line_1", "address_line_2") if n not in words), "")
        wanted = (TO[kind], "template_id")
        return next((name for name in wanted if not content.get(name)), "")

    def _is_let_in(self) -> bool:
        """A token of our service, signed with its key, not older than 30 seconds."""
        token = self.headers["Authorization"].removeprefix("Bearer ")
        body, _, signed = token.rpartition(".")
        said = [json.loads(_unpacked(part)) for part in body.split(".")]
        mine = hmac.digest(SECRET.encode(), body.encode(), hashlib.sha256)
        fresh = abs(said[1]["iat"] - time.time()) <= 30
        known = said[0] == {"typ": "JWT", "alg": "HS256"} and said[1]["iss"] == SERVICE
        if known and fresh and hmac.compare_digest(mine, _unpacked(signed)):
            return True
        self._refuse("403")
        return False

    def _refuse(self, fault: str) -> None:
        self._error(*ERRORS[fault])

    def _error(self, status: int, error: str, message: str) -> None:
        errors = [{"error": error, "message": message}]
        self._write(status, {"status_code": status, "errors": errors})

    def _write(self, status: int, content: Any, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing: addresses hold ids, and tests read stderr."""


def _unpacked(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.notify = Notify(f"http://127.0.0.1:{self.server_port}")

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hung up is what the tests are about."""


@contextmanager
def running() -> Iterator[Notify]:
    """A stand-in on a port of its own."""
    server = _Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.notify
    finally:
        server.shutdown()
        server.server_close()
