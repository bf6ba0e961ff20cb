"""R11: nobody is written to at night, also when clocks change; and nothing lingers into it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from consult_app import clock
from consult_app.commands.work import Shift
from consult_app.db import Database
from consult_app.models.kinds import MessageKind
from consult_app.outbox.deliver import deliver
from consult_app.outbox.outcomes import Accepted
from consult_app.outbox.quiet import LONGEST_S, Quiet
from tests.outbox.letters import posted

DAYS = [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)]
"""Saturdays before the clocks go forward and back."""

STEP = timedelta(minutes=10)


def in_night(moment: datetime) -> bool:
    return not 8 <= clock.in_london(moment).hour < 20


class Watching:
    """A sender that notes when it was called, and how long the provider may keep the text."""

    def __init__(self) -> None:
        self.moments: list[datetime] = []

    def send(self, to: str, body: str, message_id: int) -> Accepted:
        """Note the moment."""
        self.moments.append(clock.now())
        return Accepted(f"SM{message_id}")


@pytest.mark.parametrize("start", DAYS)
def test_no_invitation_goes_or_arrives_at_night_around_a_clock_change(
    database: Database, settings, start: datetime
) -> None:
    moments = [start + STEP * n for n in range(6 * 60)]
    with database.transaction() as session:
        for number, moment in enumerate(moments[::12]):
            kind = (MessageKind.INVITATION, MessageKind.REMINDER)[number % 2]
            posted(session, kind=kind, due_at=moment, to=f"+447700900{number:03d}")
    sender, quiet = Watching(), Quiet()
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            deliver(database, sender, quiet=quiet)
    assert len(sender.moments) >= len(moments[::12]) - 12
    for moment in sender.moments:
        assert not in_night(moment)
        assert not in_night(moment + timedelta(seconds=quiet.keeps_for(moment) - 1))


def test_an_hour_that_comes_twice_sends_nothing_twice(database: Database, settings) -> None:
    """The wall shows 01:30 twice; a worker's hourly look at reviews happens, its texts do not."""
    with database.transaction() as session:
        posted(session, kind=MessageKind.REMINDER, due_at=datetime(2026, 10, 25, tzinfo=UTC))
    sender = Watching()
    shift = Shift(settings, database, sender)
    for minutes in (30, 90, 60, 30, 90):  # and the machine's clock steps back as well
        with time_machine.travel(datetime(2026, 10, 25, tzinfo=UTC) + timedelta(minutes=minutes)):
            shift.work()
    assert sender.moments == []
    for hour in (9, 8, 9):
        with time_machine.travel(datetime(2026, 10, 25, hour, tzinfo=UTC)):
            shift.work()
    assert len(sender.moments) == 1


WALL = [
    (Quiet(1, 2), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True),  # 01:30 for the first time
    (Quiet(1, 2), datetime(2026, 10, 25, 1, 30, tzinfo=UTC), True),  # and again
    (Quiet(1, 2), datetime(2026, 10, 25, 2, 0, tzinfo=UTC), False),
    (Quiet(1, 2), datetime(2026, 3, 29, 0, 59, tzinfo=UTC), False),  # the hour that never is
    (Quiet(1, 2), datetime(2026, 3, 29, 1, 0, tzinfo=UTC), False),
    (Quiet(0, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC), False),  # no night at all
]


@pytest.mark.parametrize(("quiet", "moment", "holds"), WALL)
def test_the_wall_clock_decides(quiet: Quiet, moment: datetime, holds: bool) -> None:
    assert quiet.holds(moment) is holds


KEPT = [
    (datetime(2026, 6, 1, 12, tzinfo=UTC), 7 * 3600),  # 13:00 on the wall
    (datetime(2026, 1, 15, 19, 59, 30, tzinfo=UTC), 60),
    (datetime(2026, 1, 15, 8, 0, tzinfo=UTC), LONGEST_S),
    (datetime(2026, 1, 15, 3, 0, tzinfo=UTC), 3600),
]


@pytest.mark.parametrize(("moment", "seconds"), KEPT)
def test_how_long_the_provider_may_keep_a_text(moment: datetime, seconds: int) -> None:
    assert Quiet().keeps_for(moment) == seconds


def test_the_day_of_a_change_is_as_long_as_it_is() -> None:
    quiet = Quiet(start=4, end=8)
    assert quiet.until_night(datetime(2026, 3, 29, 0, 0, tzinfo=UTC)) == 3 * 3600
    assert quiet.until_night(datetime(2026, 10, 24, 23, 0, tzinfo=UTC)) == 5 * 3600


def test_nothing_unasked_goes_in_the_last_minute() -> None:
    last = datetime(2026, 1, 15, 19, 59, tzinfo=UTC)
    assert not Quiet().is_too_late(last)
    assert Quiet().is_too_late(last + timedelta(seconds=2))
