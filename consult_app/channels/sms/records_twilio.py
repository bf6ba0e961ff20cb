"""What Twilio's records say about texts to and from us. Loaded by the worker only."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from consult_app.channels.sms.sender_twilio import TIMEOUT_S, connect
from consult_app.channels.sms.webhooks import WHATSAPP, media_count, writer, written
from consult_app.config import Settings
from consult_app.outbox.outcomes import Arrived, Copy

log = logging.getLogger(__name__)

PAGE = 100
MOST = 5_000
"""So many texts since a moment are more than we can judge by; the answer is then no answer."""

INBOUND = "inbound"


class TwilioRecords:
    """`Records` on the real client. Every answer is whole, or None."""

    mark, by_webhook = "inbound", True

    def __init__(self, settings: Settings, *, timeout: float = TIMEOUT_S) -> None:
        self._client, _ = connect(settings, timeout)
        self._own = _own_numbers(settings)

    def sent_to(self, to: str, since: datetime) -> tuple[Copy, ...] | None:
        """Our texts to one number. By number alone: what is still queued has no date yet."""
        found = _whole(lambda: self._client.messages.stream(to=to, page_size=PAGE), since)
        if found is None:
            return None
        return tuple(
            Copy(
                one.sid, one.body or "", str(one.status or ""),
                str(one.error_code) if one.error_code else None, _made(one),
            )
            for one in found
            if one.direction != INBOUND
        )  # fmt: skip

    def received(self, since: datetime) -> tuple[Arrived, ...] | None:
        """Texts to us since a moment, oldest first."""
        arrived: list[Arrived] = []
        for to in self._own:
            found = self._listed({"page_size": PAGE, "date_sent_after": since, **to}, since)
            if found is None:
                return None
            arrived += [_arrived(one) for one in found if one.direction == INBOUND]
        return tuple(sorted(arrived, key=lambda one: one.received_at))

    def _listed(self, wanted: dict[str, Any], since: datetime) -> list[Any] | None:
        return _whole(lambda: self._client.messages.stream(**wanted), since)


def _own_numbers(settings: Settings) -> list[dict[str, str]]:
    """What they write to; all of it, where a messaging service holds the numbers."""
    if not settings.twilio_from:
        return [{}]
    whatsapp = settings.whatsapp_from.removeprefix(WHATSAPP)
    numbers = [settings.twilio_from, *([WHATSAPP + whatsapp] if whatsapp else [])]
    return [{"to": number} for number in numbers]


def _arrived(one: Any) -> Arrived:
    """The same as the webhook that missed it would have said."""
    number, channel = writer(one.from_ or "")
    body, raw = written(one.body or "")
    media = media_count(str(one.num_media or ""))
    return Arrived(one.sid, number, body, _made(one), channel, media, raw)


def _whole(listing: Callable[[], Iterable[Any]], since: datetime) -> list[Any] | None:
    """Everything listed that was made since a moment; None unless the list was read to its end."""
    from requests import RequestException  # comes with the client
    from twilio.base.exceptions import TwilioException

    found: list[Any] = []
    try:
        for one in listing():
            if _made(one) >= since:
                found.append(one)
            if len(found) > MOST:
                return None
    except (TwilioException, RequestException, ValueError, TypeError, KeyError) as error:
        log.warning("the provider's records could not be read: %s", type(error).__name__)
        return None
    return found


def _made(one: Any) -> datetime:
    """When a text was made; one without a date counts as made just now."""
    made = one.date_created or one.date_sent
    return made if isinstance(made, datetime) else datetime.max.replace(tzinfo=UTC)
