"""What GOV.UK Notify's records say: one message by our own reference, and texts to us."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from consult_app import clock
from consult_app.channels.notify.client import NoAnswer, NotifyClient, NotReached
from consult_app.config import Settings
from consult_app.outbox.outcomes import Copy

log = logging.getLogger(__name__)

OK = 200
KEPT = timedelta(days=6)
"""Notify tells of the last seven days; of what is older its silence proves nothing."""

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
    """Asks for one message by the reference that it was handed over with: our own id."""

    def __init__(self, settings: Settings, *, client: NotifyClient | None = None) -> None:
        self._client = client or NotifyClient(settings)

    def about(self, message_id: int, since: datetime) -> tuple[Copy, ...] | None:
        """What Notify took under our id; None when it could not be asked, or no longer knows."""
        if since < clock.now() - KEPT:
            return None
        try:
            answer = self._client.get("/v2/notifications", reference=str(message_id))
            if answer.status != OK:
                return None
            return tuple(_copy(one) for one in answer.content["notifications"])
        except (NotReached, NoAnswer, KeyError, TypeError, ValueError) as error:
            log.warning("Notify's records could not be read: %s", type(error).__name__)
            return None


def _copy(one: Mapping[str, Any]) -> Copy:
    status = str(one["status"])
    failed = status.endswith("-failure")
    made = datetime.fromisoformat(str(one["created_at"]).replace("Z", "+00:00"))
    return Copy(
        provider_id=str(one["id"]),
        body=str(one.get("body", "")),
        status=STATUSES.get(status, status),
        error_code=status[:20] if failed else None,
        made_at=made if made.tzinfo else made.replace(tzinfo=UTC),
    )
