"""Decent hours: nobody is written to at night, by the clock on an English wall."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from consult_app import clock
from consult_app.config import Settings
from consult_app.models.kinds import MessageKind

UNASKED = (MessageKind.INVITATION, MessageKind.REMINDER)
"""What waits for the morning; a reply to somebody who is writing goes at once."""

FRESH = timedelta(hours=1)
"""A reply older than this finds nobody writing any more: at night it waits too."""

LAST_MINUTE_S = 60
LONGEST_S = 36_000
"""The longest that Twilio keeps a text: ten hours."""


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

    def is_too_late(self, moment: datetime) -> bool:
        """True at night, and so shortly before it that a text might arrive in it."""
        return self.holds(moment) or self.holds(moment + timedelta(seconds=LAST_MINUTE_S - 1))

    def until_night(self, moment: datetime) -> int:
        """Whole seconds of real time from a moment of the day until the night begins.

        Both ends are taken in UTC, so a day on which the clocks change counts as it lasts.
        """
        here = clock.in_london(moment)
        begins = datetime.combine(here.date(), time(self.start), clock.LONDON).astimezone(UTC)
        if begins <= moment:
            next_day = here.date() + timedelta(days=1)
            begins = datetime.combine(next_day, time(self.start), clock.LONDON).astimezone(UTC)
        return int((begins - moment).total_seconds())

    def keeps_for(self, moment: datetime) -> int:
        """Seconds the provider may keep a text handed over at `moment`, so none comes at three.

        By day until the night begins; by night, when only fresh replies go, for an hour.
        """
        if self.holds(moment):
            return int(FRESH.total_seconds())
        return min(max(self.until_night(moment), LAST_MINUTE_S), LONGEST_S)


def quiet_hours(settings: Settings) -> Quiet:
    """The night as the settings have it."""
    return Quiet(settings.quiet_from_hour, settings.quiet_to_hour)
