"""From a phone's page to the demo's network: plans, texts, and what became of them."""

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from consult_app.config import Settings
from consult_app.demo.mischief import Event, Mischief

TIMEOUT_S = 20


@dataclass(frozen=True)
class Happened:
    """One thing the network saw of a text."""

    what: Event
    at: datetime


@dataclass(frozen=True)
class Adrift:
    """A text that left a phone and has not been brought to the service."""

    sid: str
    body: str
    at: datetime
    what: Event


@dataclass(frozen=True)
class Known:
    """What the network knows of one phone; `seen` is by text, "" is the phone itself."""

    plans: Sequence[Mischief] = ()
    seen: Mapping[str, Sequence[Happened]] = field(default_factory=dict)
    adrift: Sequence[Adrift] = ()


class Wire:
    """The way to the network. `is_there` is False after a call that nobody answered."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.is_there = settings.sms_sender == "twilio" and bool(settings.twilio_base_url)

    def known(self, numbers: Iterable[str]) -> dict[str, Known]:
        """What the network knows of some phones; nothing where it is not there."""
        wanted = list(numbers)
        told = self._call("state", numbers=",".join(wanted))
        return {number: _known(told.get(number, {})) for number in wanted}

    def plan(self, number: str, mischief: Mischief) -> None:
        """Let the next text of a phone meet a fault."""
        self._call("plan", number=number, mischief=mischief.value)

    def forgive(self, number: str) -> None:
        """Let all go well with a phone."""
        self._call("forgive", number=number)

    def write(self, number: str, body: str) -> bool:
        """Send a text from a phone through the network. False when there is none."""
        self._call("write", number=number, to=self._settings.service_number, body=body)
        return self.is_there

    def changed(self, numbers: Iterable[str]) -> None:
        """Note that the records changed whose these numbers are."""
        self._call("changed", numbers=",".join(numbers))

    def _call(self, wish: str, **fields: str) -> dict[str, Any]:
        if not self.is_there:
            return {}
        settings = self._settings
        named = f"{settings.twilio_account_sid}:{settings.twilio_auth_tokens[0]}"
        request = urllib.request.Request(  # noqa: S310 - an address of our own settings
            f"{settings.twilio_base_url}/network/{wish}",
            urllib.parse.urlencode(fields).encode(),
            {"Authorization": f"Basic {base64.b64encode(named.encode()).decode()}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 - the same
                return dict(json.load(answer))
        except (OSError, ValueError):
            self.is_there = False
            return {}


def _known(told: Mapping[str, Any]) -> Known:
    seen: dict[str, list[Happened]] = {}
    for of, what, at in told.get("seen", ()):
        seen.setdefault(of, []).append(Happened(Event(what), datetime.fromisoformat(at)))
    adrift = [
        Adrift(sid, body, datetime.fromisoformat(at), Event(what))
        for sid, body, at, what in told.get("adrift", ())
    ]
    return Known([Mischief(name) for name in told.get("plans", ())], seen, adrift)
