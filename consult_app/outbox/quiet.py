"""Decent hours: nobody is written to at night, by the clock on an English wall."""

from dataclasses import dataclass
from datetime import datetime

from consult_app import clock
from consult_app.config import Settings
from consult_app.models.kinds import MessageKind

UNASKED = (MessageKind.INVITATION, MessageKind.REMINDER)
"""What waits for the morning; a reply to somebody who is writing goes at once."""


@dataclass(frozen=True)
class Quiet:
    """The hours of the night, Europe/London: from `start` until `end`."""

    start: int = 20
    end: int = 8

    def holds(self, moment: datetime) -> bool:
        """True when `moment` falls into the night."""
        hour = clock.in_london(moment).hour
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end


def quiet_hours(settings: Settings) -> Quiet:
    """The night as the settings have it."""
    return Quiet(settings.quiet_from_hour, settings.quiet_to_hour)
