"""Where our mail server is, as MAIL_URL says it: smtp://user:password@host:587?starttls=1."""

from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from consult_app.config import BadSettings, Settings

PORTS = {"smtp": 25, "smtps": 465}
STARTTLS_PORT = 587


@dataclass(frozen=True)
class MailServer:
    """One server, who we are to it, and who mail comes from. `tls` from the first byte."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    starttls: bool
    sender: str
    sender_name: str


def mail_server(settings: Settings) -> MailServer:
    """The server that the settings name. BadSettings when they cannot be meant."""
    name, sender = parseaddr(settings.mail_from)
    if sender.count("@") != 1 or not sender.isascii():
        raise BadSettings("set CONSULT_MAIL_FROM to an address such as Your say <say@example.org>")
    try:
        parts = urlsplit(settings.mail_url)
        port = parts.port
    except ValueError:
        raise BadSettings("MAIL_URL is not an address") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise BadSettings("MAIL_URL must begin with smtp:// or smtps:// and name a host")
    starttls = parse_qs(parts.query).get("starttls", ["0"])[-1] == "1"
    tls = parts.scheme == "smtps"
    if settings.is_production and parts.password and not (tls or starttls):
        raise BadSettings("MAIL_URL holds a password: use smtps:// or ?starttls=1")
    usual = STARTTLS_PORT if starttls else PORTS[parts.scheme]
    return MailServer(
        parts.hostname, port or usual, unquote(parts.username or ""),
        unquote(parts.password or ""), tls, starttls, sender, name,
    )  # fmt: skip
