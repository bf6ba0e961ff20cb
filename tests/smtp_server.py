"""A small real SMTP server: it keeps what it took, and misbehaves on demand."""

import base64
import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass
class Box:
    """What was taken, and what the next mails get, used up from the front.

    "ok"; "550" or "451" at the reader; "at-mail 421" at the sender; "at-data 554" in place of 354;
    "after 452" once the words were read; "drop" after DATA's words were read but not taken,
    "take-then-drop" when they were; "drop-early" before DATA; "freeze" says nothing more.
    """

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    login: tuple[str, str] | None = None
    tls: ssl.SSLContext | None = None
    freeze_s: float = 3.0


class _Line(socketserver.StreamRequestHandler):
    """One caller."""

    server: "_Server"

    def handle(self) -> None:
        self.box = self.server.box
        self.sender = self.reader = ""
        self.let_in = self.box.login is None
        self.fault = self.box.faults.pop(0) if self.box.faults else "ok"
        self.say("220 test ready")
        self.listen()

    def listen(self) -> None:
        """Command after command, until one ends the call."""
        for received in self.rfile:
            verb, _, rest = received.decode("ascii", "replace").strip().partition(" ")
            if not getattr(self, f"on_{verb.lower()}", self.on_unknown)(rest):
                return

    def say(self, words: str) -> bool:
        """One reply, and on."""
        self.wfile.write(words.encode() + b"\r\n")
        return True

    def on_unknown(self, _rest: str) -> bool:
        return self.say("502 unknown")

    def on_ehlo(self, _rest: str) -> bool:
        self.say("250-hello")
        if self.box.tls is not None and not isinstance(self.connection, ssl.SSLSocket):
            self.say("250-STARTTLS")
        if self.box.login is not None:
            self.say("250-AUTH PLAIN")
        return self.say("250 8BITMIME")

    def on_starttls(self, _rest: str) -> bool:
        assert self.box.tls is not None
        self.say("220 go on")
        with (
            self.box.tls.wrap_socket(self.connection, server_side=True) as self.connection,
            self.connection.makefile("rb") as self.rfile,
            self.connection.makefile("wb", 0) as self.wfile,
        ):
            self.listen()
        return False

    def on_auth(self, rest: str) -> bool:
        user, password = base64.b64decode(rest.rsplit(maxsplit=1)[-1]).decode().split("\0")[1:]
        self.let_in = (user, password) == self.box.login
        return self.say("235 welcome" if self.let_in else "535 not you")

    def on_mail(self, rest: str) -> bool:
        if self.fault.startswith("at-mail"):
            return self.say(f"{self.fault.split()[1]} not now")
        if not self.let_in:
            return self.say("530 who are you")
        self.sender = rest.partition(":")[2].split(">")[0].strip("<")
        return self.say("250 ok")

    def on_rcpt(self, rest: str) -> bool:
        if self.fault.isdecimal():
            return self.say(f"{self.fault} not to them")
        self.reader = rest.partition(":")[2].strip("<>")
        return self.say("250 ok")

    def on_data(self, _rest: str) -> bool:
        if self.fault == "drop-early":
            return False
        if self.fault.startswith("at-data"):
            return self.say(f"{self.fault.split()[1]} no")
        self.say("354 go on")
        words = bytearray()
        for received in self.rfile:
            if received == b".\r\n":
                break
            words += received.removeprefix(b".")
        return self.end(bytes(words))

    def end(self, words: bytes) -> bool:
        if self.fault == "freeze":
            time.sleep(self.box.freeze_s)
        if self.fault.startswith("after"):
            return self.say(f"{self.fault.split()[1]} no room")
        if self.fault in ("drop", "freeze"):
            return False
        self.box.raw.append(words)
        self.box.mails.append(message_from_bytes(words, policy=default))
        self.box.envelopes.append((self.sender, self.reader))
        return self.fault != "take-then-drop" and self.say("250 taken")

    def on_quit(self, _rest: str) -> bool:
        self.say("221 bye")
        return False


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, box: Box) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.box = box
        box.port = self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hung up is what the tests are about."""


@contextmanager
def running(box: Box | None = None) -> Iterator[Box]:
    """A server on a port of its own."""
    server = _Server(box or Box())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.box
    finally:
        server.shutdown()
        server.server_close()
