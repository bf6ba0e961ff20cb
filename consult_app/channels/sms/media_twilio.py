"""Pictures and sounds from Twilio: from its own hosts only, never larger or longer than allowed."""

import base64
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import IO, Any
from urllib.parse import urlsplit

from consult_app.actions.texts.media_fetching import Fetcher, NotNow
from consult_app.config import Settings

API = "https://api.twilio.com"
STORE = "https://mms.twiliocdn.com"
"""Where the API sends us on to; it is not told who we are."""

TIMEOUT_S = 10.0
LONGEST_S = 30.0
CHUNK = 1 << 16
SERVER_FAULT, TOO_FAST = 500, 429


class TwilioMedia:
    """A `Fetcher` that follows no address to anywhere else, whatever a message says."""

    def __init__(self, settings: Settings, *, timeout: float = TIMEOUT_S) -> None:
        self._api = _origin(settings.twilio_base_url or API)
        self._largest, self._timeout = settings.media_bytes, timeout
        named = f"{settings.twilio_account_sid}:{settings.twilio_auth_tokens[0]}"
        self._basic = f"Basic {base64.b64encode(named.encode()).decode()}"
        self._opener = urllib.request.build_opener(Onward({self._api, STORE}))

    def fetch(self, address: str) -> bytes | None:
        """The content; None for what is not there, not theirs, too large or of another kind."""
        if _origin(address) != self._api:
            return None
        request = urllib.request.Request(address)  # noqa: S310 - its origin was looked at
        request.add_unredirected_header("Authorization", self._basic)
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                if not _is_wanted(answer.headers.get_content_type()):
                    return None
                return self._read(answer)
        except urllib.error.HTTPError as error:
            if error.code >= SERVER_FAULT or error.code == TOO_FAST:
                raise NotNow(f"status {error.code}") from None
            return None
        except (OSError, HTTPException) as error:
            raise NotNow(type(error).__name__) from None

    def _read(self, answer: IO[bytes]) -> bytes | None:
        """All of it, in pieces: a slow one is given up, a large one is not read to its end."""
        until, content = time.monotonic() + LONGEST_S, b""
        while piece := answer.read(CHUNK):
            content += piece
            if len(content) > self._largest:
                return None
            if time.monotonic() > until:
                raise NotNow("too slow")
        return content


class Onward(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to the hosts named, and to no other."""

    def __init__(self, allowed: set[str]) -> None:
        self._allowed = allowed

    def redirect_request(self, *asked: Any) -> urllib.request.Request | None:
        """The next request, without our name; an HTTPError for any other host."""
        _before, body, _code, _words, headers, address = asked
        if _origin(address) not in self._allowed:
            raise urllib.error.HTTPError(address, 403, "not the provider's", headers, body)
        return super().redirect_request(*asked)


def make_fetcher(settings: Settings) -> Fetcher | None:
    """The provider that SMS_SENDER names; None when it keeps no pictures."""
    named = settings.sms_sender == "twilio" and settings.twilio_auth_tokens
    return TwilioMedia(settings) if named else None


def _origin(address: str) -> str:
    """Scheme, host and port; nothing for an address that hides another in itself."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if parts.username is not None or not parts.hostname:
        return ""
    return f"{parts.scheme}://{parts.hostname}" + (f":{port}" if port else "")


def _is_wanted(kind: str) -> bool:
    return kind in ("image/jpeg", "image/png") or kind.startswith("audio/")
