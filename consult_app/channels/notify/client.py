"""GOV.UK Notify over HTTP: its documented paths, a token for each call, and a time limit."""

import base64
import hashlib
import hmac
import json
import re
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode

from consult_app import clock
from consult_app.config import BadSettings, Settings

TIMEOUT_S = 15
UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
KEY = re.compile(rf".*?-?({UUID})-({UUID})", re.IGNORECASE)


class NotReached(Exception):
    """No line to Notify was made: certainly nothing was taken."""


class NoAnswer(Exception):
    """Notify was called and said nothing that can be read: nobody can tell."""


@dataclass(frozen=True)
class Answer:
    """What Notify answered."""

    status: int
    content: Mapping[str, Any]

    @property
    def errors(self) -> str:
        """Its errors in one line, to be looked through; they may quote a number."""
        return json.dumps(self.content.get("errors", ""))


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """A token is for one address: it is never carried to another."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        """Nowhere."""


class NotifyClient:
    """Calls Notify with the key that the settings hold. BadSettings when it is none."""

    def __init__(self, settings: Settings, *, timeout: float = TIMEOUT_S) -> None:
        found = KEY.fullmatch(settings.notify_key)
        if found is None or not settings.notify_url.startswith(("https://", "http://127.0.0.1:")):
            raise BadSettings("set NOTIFY_API_KEY to a key as GOV.UK Notify shows it")
        self._service, self._secret = found[1], found[2]
        self._url, self._timeout = settings.notify_url, timeout
        self._opener = urllib.request.build_opener(_NoDetours)

    def post(self, path: str, content: Mapping[str, Any]) -> Answer:
        """Hand something over."""
        return self._call(path, json.dumps(content).encode())

    def get(self, path: str, **asked: str) -> Answer:
        """Ask for something."""
        return self._call(f"{path}?{urlencode(asked)}", None)

    def _call(self, path: str, content: bytes | None) -> Answer:
        request = urllib.request.Request(  # noqa: S310 - the address was looked at when made
            self._url + path,
            content,
            {"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return Answer(answer.status, _read(answer.read()))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, _read(error.read(), required=False))
        except urllib.error.URLError as error:
            raise _fault(error.reason) from error
        except (OSError, HTTPException) as error:
            raise NoAnswer(type(error).__name__) from error

    def _token(self) -> str:
        """A JSON Web Token, good for 30 seconds: who we are and when, signed with HMAC-SHA256."""
        said = {"iss": self._service, "iat": int(clock.now().timestamp())}
        head = _packed(json.dumps({"typ": "JWT", "alg": "HS256"}).encode())
        body = head + b"." + _packed(json.dumps(said).encode())
        signed = hmac.digest(self._secret.encode(), body, hashlib.sha256)
        return (body + b"." + _packed(signed)).decode()


def _packed(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def _read(content: bytes, *, required: bool = True) -> Mapping[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    if required:
        raise NoAnswer("unreadable reply")
    return {}


def _fault(reason: object) -> Exception:
    """Before a line was made nothing can have been taken; after that, who knows."""
    never = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
    return NotReached() if isinstance(reason, never) else NoAnswer(type(reason).__name__)
