"""What Twilio sends to us: signed, to the addresses it was given."""

import base64
import hashlib
import hmac
import logging
import urllib.error
import urllib.parse
import urllib.request

from consult_app.standin.ledger import StandIn, Text

log = logging.getLogger(__name__)

STATUSES = ("sent", "delivered")
TIMEOUT_S = 15


def signature(token: str, address: str, fields: dict[str, str]) -> str:
    """Twilio's signature of a form sent to `address`: HMAC-SHA1, as its security page says."""
    said = address + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), said.encode(), hashlib.sha1).digest()).decode()


def report(stand_in: StandIn, text: Text) -> None:
    """Say that a text was sent and has arrived, where its sender wants to hear it."""
    for status in STATUSES:
        text.status = status
        if text.callback:
            fields = {"MessageSid": text.sid, "MessageStatus": status, "To": text.to}
            call(stand_in, text.callback, fields)


def bring(stand_in: StandIn, address: str, text: Text) -> int:
    """Bring a text that came in to the service; the status it answers with, or 0."""
    fields = {
        "MessageSid": text.sid, "AccountSid": stand_in.account, "From": text.sender,
        "To": text.to, "Body": text.body, "NumMedia": "0",
    }  # fmt: skip
    return call(stand_in, address, fields)


def call(stand_in: StandIn, address: str, fields: dict[str, str]) -> int:
    """POST signed fields; 0 when nobody answered."""
    if not address.startswith(("http://", "https://")):
        return 0
    request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
        address,
        urllib.parse.urlencode(fields).encode(),
        {"X-Twilio-Signature": signature(stand_in.token, address, fields)},
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - the same
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        log.warning("nobody answered a webhook")
        return 0
