"""Texts through Twilio: one call, three outcomes. Loaded by the worker only."""

import logging
from collections.abc import Mapping
from typing import Any

from consult_app import clock
from consult_app.config import Settings
from consult_app.outbox.faults import is_permanent
from consult_app.outbox.outcomes import Accepted, Outcome, Refused, Unknown
from consult_app.outbox.quiet import quiet_hours

TIMEOUT_S = 10
SERVER_FAULT = 500
REQUEST_TIMEOUT = 408
REQUEST = 400


def connect(settings: Settings, timeout: float = TIMEOUT_S) -> tuple[Any, Any]:
    """Twilio's own client, and the HTTP client under it with its time limit. 100 ms, 17 MB."""
    from twilio.http.http_client import TwilioHttpClient  # 100 ms, 17 MB
    from twilio.rest import Client  # the same

    # At INFO the library writes numbers and bodies into the log.
    logging.getLogger("twilio.http_client").setLevel(logging.WARNING)
    http = TwilioHttpClient(timeout=timeout)
    token = settings.twilio_auth_tokens[0]
    client = Client(settings.twilio_account_sid, token, http_client=http)
    if settings.twilio_base_url:
        client.api.base_url = settings.twilio_base_url
    return client, http


class TwilioSender:
    """A `Sender` on the real client. Importing it takes 100 ms and 17 MB, so only here."""

    def __init__(self, settings: Settings, *, timeout: float = TIMEOUT_S) -> None:
        self._client, self._http = connect(settings, timeout)
        self._quiet = quiet_hours(settings)
        self._from = _from(settings)
        self._status_url = f"{settings.public_url}/sms/status"

    def send(self, to: str, body: str, message_id: int) -> Outcome:
        """Hand one text to Twilio; never raises for what the network or Twilio does."""
        return self.create(to, message_id, body=body, **self._from)

    def create(self, to: str, message_id: int, **content: str) -> Outcome:
        """Hand one message over: words or a template, and who it comes from."""
        from requests import RequestException  # comes with the client
        from twilio.base.exceptions import TwilioException

        try:
            made = self._client.messages.create(
                to=to,
                status_callback=f"{self._status_url}?message={message_id}",
                validity_period=self._quiet.keeps_for(clock.now()),
                **content,
            )
        except TwilioException as error:
            return self._refusal(error)
        except RequestException as error:
            return _no_answer(error)
        except ValueError:
            return Unknown("unreadable reply")
        return Accepted(made.sid) if made.sid else Unknown("no id in reply")

    def _refusal(self, error: Exception) -> Outcome:
        status = int(getattr(error, "status", 0) or 0)
        if status >= SERVER_FAULT or status in (0, REQUEST_TIMEOUT):
            return Unknown(f"status {status}")
        code = str(getattr(error, "code", None) or status)
        # A 400 is about this text; every other status is about the account, or too fast.
        permanent = is_permanent(code) and (status == REQUEST or is_permanent(str(status)))
        return Refused(code, permanent=permanent, retry_after=self._retry_after())

    def _retry_after(self) -> int | None:
        # The exception drops the response's headers; the client keeps its last response.
        response = getattr(self._http, "_test_only_last_response", None)
        headers: Mapping[str, str] = getattr(response, "headers", None) or {}
        seconds = headers.get("Retry-After", "")
        return int(seconds) if seconds.isascii() and seconds.isdecimal() else None


def _from(settings: Settings) -> dict[str, str]:
    if settings.twilio_messaging_service_sid:
        return {"messaging_service_sid": settings.twilio_messaging_service_sid}
    return {"from_": settings.twilio_from}


def _no_answer(error: Exception) -> Outcome:
    """No connection was made: certainly not sent. Anything else: nobody can tell."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if type(reason).__name__ in (
        "NewConnectionError",
        "ConnectTimeoutError",
        "NameResolutionError",
    ):
        return Refused("no connection", permanent=False)
    return Unknown(type(error).__name__)
