"""E-mail by SMTP: one message, one reader, three outcomes. Loaded by the worker only."""

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from consult_app.channels.email.letter import Unfit, draw_up
from consult_app.channels.email.server import MailServer
from consult_app.outbox.outcomes import Accepted, Outcome, Refused, Unknown
from consult_app.outbox.ways import Claimed

log = logging.getLogger(__name__)

TIMEOUT_S = 10
PERMANENT = 500
OURS = frozenset({530, 534, 535, 538})
"""Replies about who we are: nothing may go until that is mended."""
GOOD, CONTINUE, NO = range(200, 300), range(354, 355), range(400, 600)


class SmtpCarrier:
    """Carries e-mails. `context` is what a TLS connection is checked with."""

    def __init__(
        self,
        server: MailServer,
        *,
        timeout: float = TIMEOUT_S,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._server, self._timeout = server, timeout
        self._context = context or ssl.create_default_context()

    def __call__(self, claimed: Claimed) -> Outcome:
        """Hand one e-mail over; never raises for what the network or the server does."""
        try:
            mail = draw_up(claimed, self._server)
        except Unfit:
            return Refused("bad address", permanent=True)
        try:
            with self._connection() as line:
                return self._hand_over(line, claimed, mail)
        except smtplib.SMTPResponseException as error:
            return _refused(error.smtp_code)
        except (smtplib.SMTPException, OSError) as error:
            log.warning("the mail server was not reached: %s", type(error).__name__)
            return Refused("no connection", permanent=False)

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        """A line to the server, greeted and let in; hung up afterwards whatever happened."""
        line = self._dial()
        try:
            line.ehlo_or_helo_if_needed()
            if self._server.starttls:
                line.starttls(context=self._context)
                line.ehlo()
            if self._server.user:
                line.login(self._server.user, self._server.password)
            yield line
        finally:
            with suppress(smtplib.SMTPException, OSError):
                line.close()

    def _dial(self) -> smtplib.SMTP:
        server, here = self._server, self._server.sender.rpartition("@")[2]
        where = (server.host, server.port, here, self._timeout)
        if server.tls:
            host, port, name, timeout = where
            return smtplib.SMTP_SSL(host, port, name, timeout=timeout, context=self._context)
        return smtplib.SMTP(*where)

    def _hand_over(self, line: smtplib.SMTP, claimed: Claimed, mail: bytes) -> Outcome:
        """Sender, reader, then the words. From the first word on, silence means unknown."""
        for command, rest, good in (
            ("MAIL", f"FROM:<{self._server.sender}>", GOOD),
            ("RCPT", f"TO:<{claimed.to}>", GOOD),
            ("DATA", "", CONTINUE),
        ):
            code, _ = line.docmd(command, rest)
            if code not in good:
                return _refused(code)
        try:
            line.send(_dotted(mail))
            code, _ = line.getreply()
        except (smtplib.SMTPException, OSError) as error:
            return Unknown(f"after DATA {type(error).__name__}")
        if code in GOOD:
            with suppress(smtplib.SMTPException, OSError):
                line.quit()
            return Accepted(f"mail{claimed.id}")
        return _refused(code) if code in NO else Unknown(f"after DATA {code}")


def _refused(code: int) -> Outcome:
    """4xx passes, 5xx is for good; what is about our own account passes once it is mended."""
    if code not in NO:
        return Refused("no connection", permanent=False)
    return Refused(f"smtp {code}", permanent=code >= PERMANENT and code not in OURS)


def _dotted(content: bytes) -> bytes:
    """The words as they go over the line: a dot alone would end them."""
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    doubled = [b"." + line if line.startswith(b".") else line for line in lines]
    return b"\r\n".join(doubled).rstrip(b"\r\n") + b"\r\n.\r\n"
