"""Each channel leaves its own way and keeps its own pauses; the rules of the outbox hold for all."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult_app.db import Database
from consult_app.models.kinds import Channel, MessageKind, MessageState
from consult_app.models.message import Message
from consult_app.outbox import opted_out
from consult_app.outbox.deliver import deliver
from consult_app.outbox.outcomes import Accepted, Outcome, Refused
from consult_app.outbox.ways import Claimed, Ways
from consult_app.sealing import ring
from tests.outbox.letters import NOON, NUMBER, Remembering, posted

SMS, WHATSAPP, EMAIL = Channel.SMS, Channel.WHATSAPP, Channel.EMAIL
READER = "sam@example.org"


class Line:
    """A carrier that answers with the outcomes given, then accepts, and keeps what it carried."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.carried: list[Claimed] = []

    def __call__(self, claimed: Claimed) -> Outcome:
        self.carried.append(claimed)
        return self.outcomes.pop(0) if self.outcomes else Accepted(f"x{claimed.id}")


def put(database: Database, *letters: dict[str, object]) -> None:
    with database.transaction() as session:
        for each in letters:
            posted(session, **each)


def states(database: Database) -> dict[Channel, MessageState]:
    with database.reading() as session:
        return {row.channel: row.state for row in session.scalars(select(Message))}


def test_each_goes_its_own_way_with_what_it_needs(database: Database) -> None:
    details = '{"subject": "Your say"}'
    put(database, {}, {"channel": EMAIL, "to": READER, "details": details, "language": "ar"})
    lines = {SMS: Line(), EMAIL: Line()}
    assert deliver(database, Ways(lines), now=lambda: NOON).accepted == 2
    (text,), (mail,) = lines[SMS].carried, lines[EMAIL].carried
    assert (text.to, text.channel, text.details) == (NUMBER, SMS, "{}")
    assert (mail.to, mail.language, mail.details) == (READER, "ar", details)


def test_what_has_no_way_waits_and_holds_nobody_up(database: Database) -> None:
    put(database, {"channel": WHATSAPP}, {"channel": EMAIL, "to": READER}, {})
    assert deliver(database, Remembering(), now=lambda: NOON).accepted == 1
    assert states(database) == {
        WHATSAPP: MessageState.QUEUED,
        EMAIL: MessageState.QUEUED,
        SMS: MessageState.ACCEPTED,
    }


def test_one_number_keeps_its_order_over_texts_and_whatsapp(database: Database) -> None:
    put(database, {"body": "1"}, {"body": "2", "channel": WHATSAPP}, {"body": "3"})
    line = Line()
    deliver(database, Ways({SMS: line, WHATSAPP: line}), now=lambda: NOON)
    assert [claimed.body for claimed in line.carried] == ["1", "2", "3"]


@pytest.mark.parametrize("channel", [SMS, WHATSAPP, EMAIL])
def test_nobody_is_invited_at_night_by_any_way(database: Database, channel: Channel) -> None:
    put(database, {"channel": channel, "kind": MessageKind.INVITATION})
    ways, night = Ways({channel: Line()}), NOON.replace(hour=22)
    assert deliver(database, ways, now=lambda: night).accepted == 0
    assert deliver(database, ways, now=lambda: night + timedelta(hours=12)).accepted == 1


def test_while_texts_must_wait_mails_go(database: Database) -> None:
    put(database, {}, {"to": "+447700900124"}, {"channel": EMAIL, "to": READER})
    mail = Line()
    ways = Ways({SMS: Line(Refused("20429", permanent=False, retry_after=90)), EMAIL: mail})
    deliver(database, ways, now=lambda: NOON)
    done = deliver(database, ways, now=lambda: NOON + timedelta(seconds=10))
    assert (done.accepted, len(mail.carried)) == (1, 1)
    late = NOON + timedelta(seconds=200)
    assert deliver(database, ways, now=lambda: late).accepted == 2


def test_a_reader_who_is_greylisted_makes_no_other_wait(database: Database) -> None:
    put(database, *({"channel": EMAIL, "to": f"sam{n}@example.org"} for n in range(3)))
    ways = Ways({EMAIL: Line(Refused("smtp 451", permanent=False))})
    done = deliver(database, ways, now=lambda: NOON)
    assert (done.later, done.accepted) == (1, 2)


def test_a_mail_server_that_asks_for_a_pause_gets_it(database: Database) -> None:
    put(database, *({"channel": EMAIL, "to": f"sam{n}@example.org"} for n in range(3)), {})
    line = Line(Refused("smtp 421", permanent=False))
    ways = Ways({EMAIL: line, SMS: Line()})
    done = deliver(database, ways, now=lambda: NOON)
    assert (done.later, done.accepted, len(line.carried)) == (1, 1, 1)
    late = NOON + timedelta(minutes=5)
    assert deliver(database, ways, now=lambda: late).accepted == 3


def test_stop_by_mail_cancels_what_waits(database: Database) -> None:
    put(database, {"channel": EMAIL, "to": READER}, {"channel": SMS})
    with database.transaction() as session:
        opted_out.add(session, [ring().hash(READER)])
    line = Line()
    assert deliver(database, Ways({EMAIL: line, SMS: Line()}), now=lambda: NOON).accepted == 1
    assert line.carried == []
    assert states(database)[EMAIL] is MessageState.CANCELLED
