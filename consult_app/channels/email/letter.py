"""One e-mail as it travels: plain words for one reader, nothing that watches whether it is read."""

import json
import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from consult_app import clock, language
from consult_app.channels.email.server import MailServer
from consult_app.outbox.ways import Claimed

RIGHT_TO_LEFT = "\u200f"
"""A program that knows no direction takes it from the first sign."""

PLAIN_LINK = re.compile(r"https?://[!-;=?-~]+")


class Unfit(Exception):
    """The e-mail cannot be written safely: an address or a header is not what it should be."""


def draw_up(claimed: Claimed, server: MailServer) -> bytes:
    """The e-mail for one claimed message, with CRLF. Unfit when it could not be written safely."""
    details = json.loads(claimed.details)
    try:
        return _unsubscribe(details.get("stop", "")) + _mail(claimed, server, details).as_bytes()
    except (ValueError, IndexError, MessageError) as error:
        raise Unfit(type(error).__name__) from error


def _mail(claimed: Claimed, server: MailServer, details: dict[str, str]) -> EmailMessage:
    mark = RIGHT_TO_LEFT if language.is_rtl(claimed.language) else ""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(server.sender_name, addr_spec=server.sender)
    mail["To"] = Address(addr_spec=claimed.to)
    mail["Subject"] = mark + details.get("subject", "")
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = message_id(claimed, server)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    words = mark + claimed.body + "\n"
    mail.set_content(words, charset="utf-8", cte="7bit" if words.isascii() else "base64")
    mail["Content-Language"] = claimed.language
    return mail


def _unsubscribe(stop: str) -> bytes:
    """Written by hand: the library would break a long link in two."""
    if not stop:
        return b""
    if not PLAIN_LINK.fullmatch(stop):
        raise ValueError("not a plain link")
    button = "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    return f"List-Unsubscribe: <{stop}>\r\n{button}\r\n".encode("ascii")


def message_id(claimed: Claimed, server: MailServer) -> str:
    """The same for every try of one message, so that a second copy is known for what it is."""
    return f"<{claimed.id}.consult@{server.sender.rpartition('@')[2]}>"
