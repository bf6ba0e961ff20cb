"""Texts, e-mails and letters through GOV.UK Notify: one call, three outcomes.

Each template there holds no words of its own: ((body)), and ((subject)) where it has one.
"""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from consult_app.channels.notify.client import Answer, NoAnswer, NotifyClient, NotReached
from consult_app.channels.notify.scripts import can_write
from consult_app.config import BadSettings, Settings
from consult_app.models.kinds import Channel
from consult_app.outbox.outcomes import Accepted, Outcome, Refused, Unknown
from consult_app.outbox.ways import Claimed

log = logging.getLogger(__name__)

CREATED, BAD, TOO_MANY, SERVER_FAULT = 201, 400, 429, 500
WAIT_S, WAIT_FOR_TOMORROW_S = 60, 3_600
SCRIPT = Refused("script", permanent=True)
ABOUT_US = ("trial mode", "team-only", "API key", "emplate", "permission", "not allowed")
"""In the words of a 400 that is about our account and not about this message."""


class NotifyCarrier:
    """Carries messages of the channels that have a template."""

    def __init__(self, settings: Settings, *, client: NotifyClient | None = None) -> None:
        self._client = client or NotifyClient(settings)
        self._templates = settings.notify_templates

    def __call__(self, claimed: Claimed) -> Outcome:
        """Hand one message over, or refuse it before anybody is called; never raises."""
        template = self._templates.get(claimed.channel)
        if template is None:
            raise BadSettings(f"no template for {claimed.channel}")
        if not can_write(claimed.channel, claimed.body):
            return SCRIPT
        content = CONTENTS[claimed.channel](claimed) | {
            "template_id": template,
            "reference": str(claimed.id),
        }
        try:
            answer = self._client.post(f"/v2/notifications/{claimed.channel}", content)
        except NotReached:
            return Refused("no connection", permanent=False)
        except NoAnswer as silence:
            return Unknown(str(silence))
        return _outcome(answer)


def _text(claimed: Claimed) -> dict[str, Any]:
    return {"phone_number": claimed.to, "personalisation": {"body": claimed.body}}


def _email(claimed: Claimed) -> dict[str, Any]:
    details = json.loads(claimed.details)
    words = {"subject": details.get("subject", ""), "body": claimed.body}
    stop = {"one_click_unsubscribe_url": details["stop"]} if details.get("stop") else {}
    return {"email_address": claimed.to, "personalisation": words, **stop}


def _letter(claimed: Claimed) -> dict[str, Any]:
    lines = {f"address_line_{n}": line for n, line in enumerate(claimed.to.split("\n"), 1)}
    subject = json.loads(claimed.details).get("subject", "")
    return {"personalisation": {**lines, "subject": subject, "body": claimed.body}}


CONTENTS: Mapping[Channel, Callable[[Claimed], dict[str, Any]]] = {
    Channel.SMS: _text,
    Channel.EMAIL: _email,
    Channel.LETTER: _letter,
}


def _outcome(answer: Answer) -> Outcome:
    if answer.status == CREATED:
        taken = answer.content.get("id")
        return Accepted(str(taken)) if taken else Unknown("no id in reply")
    if answer.status >= SERVER_FAULT:
        return Unknown(f"status {answer.status}")
    if answer.status == TOO_MANY:
        today = "TooManyRequestsError" in answer.errors
        wait = WAIT_FOR_TOMORROW_S if today else WAIT_S
        return Refused("notify 429", permanent=False, retry_after=wait)
    if answer.status == BAD and any(words in answer.errors for words in ABOUT_US):
        return Refused("notify account", permanent=False)
    return Refused(f"notify {answer.status}", permanent=answer.status == BAD)
