"""What GOV.UK Notify's records say: one message by our own reference, and texts to us."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from consult_app.channels.notify.client import NoAnswer, NotifyClient, NotReached
from consult_app.config import Settings
from consult_app.outbox.outcomes import Arrived, Copy

log = logging.getLogger(__name__)

Row = TypeVar("Row")

OK, MOST_PAGES = 200, 40
RECEIVED = "received_text_messages"
STATUSES: Mapping[str, str] = {
    "created": "queued",
    "pending": "sending",
    "accepted": "accepted",
    "received": "sent",
    "permanent-failure": "undelivered",
    "temporary-failure": "undelivered",
    "technical-failure": "failed",
    "cancelled": "canceled",
}
"""Its words for what became of a message, in the words of our own table of reports."""


class NotifyRecords:
    """Asks for one message by the reference it was handed over with, and for what came in."""

    mark, by_webhook = "inbound notify", False
    kept = timedelta(days=6)
    """Notify tells of the last seven days."""

    def __init__(self, settings: Settings, *, client: NotifyClient | None = None) -> None:
        self._client = client or NotifyClient(settings)

    def about(self, message_id: int) -> tuple[Copy, ...] | None:
        """What Notify took under our id; None when it could not be asked."""
        path, asked = "/v2/notifications", {"reference": str(message_id)}
        return _whole(lambda: map(_copy, self._listed(path, "notifications", **asked)))

    def received(self, since: datetime) -> tuple[Arrived, ...] | None:
        """Texts to us since a moment, oldest first, page after page."""
        found = _whole(lambda: self._received(since))
        return None if found is None else tuple(reversed(found))

    def _received(self, since: datetime) -> Iterator[Arrived]:
        """Newest first. NoAnswer when there is more than we can judge by."""
        older: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            page = self._listed("/v2/received-text-messages", RECEIVED, **older)
            for arrived in map(_arrived, page):
                if arrived.received_at < since:
                    return
                yield arrived
            if not page:
                return
            older = {"older_than": str(page[-1]["id"])}
        raise NoAnswer("too many")

    def _listed(self, path: str, name: str, **asked: str) -> list[Mapping[str, Any]]:
        answer = self._client.get(path, **asked)
        if answer.status != OK:
            raise NoAnswer(f"status {answer.status}")
        return list(answer.content[name])


def _whole(listing: Callable[[], Iterable[Row]]) -> tuple[Row, ...] | None:
    """All that is listed; None when it could not be read to its end."""
    try:
        return tuple(listing())
    except (NotReached, NoAnswer, KeyError, TypeError, ValueError) as error:
        log.warning("Notify's records could not be read: %s", type(error).__name__)
        return None


def _arrived(one: Mapping[str, Any]) -> Arrived:
    number = str(one["user_number"])
    sender = f"+{number}" if number.isdecimal() else number
    return Arrived(str(one["id"]), sender, str(one["content"]), _moment(one))


def _moment(one: Mapping[str, Any]) -> datetime:
    made = datetime.fromisoformat(str(one["created_at"]).replace("Z", "+00:00"))
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _copy(one: Mapping[str, Any]) -> Copy:
    status = str(one["status"])
    return Copy(
        provider_id=str(one["id"]),
        body=str(one.get("body", "")),
        status=STATUSES.get(status, status),
        error_code=status if status.endswith("-failure") else None,
        made_at=_moment(one),
    )
