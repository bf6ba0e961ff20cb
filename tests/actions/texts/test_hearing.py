"""Stored first and heard after: once, in each sender's order, again when it fails."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.texts import hearing, storing, texting
from consult_app.actions.texts.hearing import MOST_TRIES, file_spool, hear_waiting
from consult_app.actions.texts.spool import Spool
from consult_app.actions.texts.text_turn import InboundText
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState, Role
from consult_app.models.message import Message
from tests.factories import make_consultation, make_person, mobile

WORKERS = 4


@pytest.fixture
def number(database: Database) -> str:
    """A carer's, who was asked."""
    with database.transaction() as session:
        return make_consultation(session, role=Role.CARER).person.mobile


def came(database: Database, sender: str, *bodies: str, minutes_ago: float = 1) -> None:
    """Texts that were stored, a second apart."""
    first = clock.now() - timedelta(minutes=minutes_ago)
    with database.transaction() as session:
        for place, body in enumerate(bodies):
            moment = first + timedelta(seconds=place)
            text = InboundText(f"SM{sender}{minutes_ago}{place}", sender, body, moment)
            assert storing.store(session.connection(), text)


def codes(database: Database) -> list[str | None]:
    with database.reading() as session:
        return list(session.scalars(select(Answer.code).order_by(Answer.id)))


def states(database: Database) -> list[InboundState]:
    with database.reading() as session:
        return list(session.scalars(select(Inbound.state).order_by(Inbound.received_at)))


def test_stored_is_not_heard_until_somebody_listens(database, settings, number) -> None:
    came(database, number, "1", "1", "7")
    assert states(database) == [InboundState.RECEIVED] * 3
    assert codes(database) == []
    assert hear_waiting(database, settings, clock.now()) == 3
    assert codes(database) == ["me", "7"]
    assert states(database) == [InboundState.HEARD] * 3
    assert hear_waiting(database, settings, clock.now()) == 0


def test_a_copy_stores_nothing(database: Database, number: str) -> None:
    text = InboundText("SMone", number, "1", clock.now())
    with database.transaction() as session:
        assert storing.store(session.connection(), text)
        assert not storing.store(session.connection(), text)
    assert states(database) == [InboundState.RECEIVED]


def test_what_came_first_is_heard_first_however_it_was_filed(database, settings, number) -> None:
    came(database, number, "7", minutes_ago=1)
    came(database, number, "1", "1", minutes_ago=5)
    hear_waiting(database, settings, clock.now())
    assert codes(database) == ["me", "7"]


def test_many_workers_hear_each_text_once_and_in_order(database, settings) -> None:
    with database.transaction() as session:
        people = [make_person(session, mobile=mobile(n)) for n in range(100, 108)]
        numbers = [
            make_consultation(session, role=Role.CARER, person=one).person.mobile for one in people
        ]
    for one in numbers:
        came(database, one, "1", "1", "7", "2", "3")
    own = [Database(settings.database_url) for _ in range(WORKERS)]
    heard: list[int] = []

    def work(mine: Database) -> None:
        heard.append(hear_waiting(mine, settings, clock.now()))

    workers = [threading.Thread(target=work, args=(mine,)) for mine in own]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    hear_waiting(database, settings, clock.now())  # each left when it saw nothing for itself
    for mine in own:
        mine.engine.dispose()
    with database.reading() as session:
        replies = session.scalars(select(Message.once_key)).all()
        said = session.scalars(select(Answer).order_by(Answer.consultation_id, Answer.id)).all()
    assert len(replies) == len(set(replies)) == 5 * len(numbers)
    assert states(database) == [InboundState.HEARD] * 5 * len(numbers)
    assert [row.code for row in said] == ["me", "7", "4", "at_risk"] * len(numbers)


class Deaf:
    """Hearing that fails for one text so many times."""

    def __init__(self, body: str, times: int) -> None:
        self.body, self.times, self.hear = body, times, texting.hear

    def __call__(self, session, inbound, settings) -> None:
        """As hearing does, with its work half done when it fails."""
        self.hear(session, inbound, settings)
        if inbound.body == self.body and self.times:
            self.times -= 1
            raise RuntimeError("as if something were broken")


@pytest.fixture
def deaf(monkeypatch) -> Deaf:
    ear = Deaf("1", 2)
    monkeypatch.setattr(texting, "hear", ear)
    return ear


def test_one_that_fails_is_tried_again_and_overtaken_by_none_of_theirs(
    database, settings, number, deaf
) -> None:
    came(database, number, "1", "2", minutes_ago=5)
    came(database, mobile(900), "who is this", minutes_ago=4)
    now = clock.now()
    assert hear_waiting(database, settings, now) == 2  # the one that failed, and the stranger's
    assert states(database) == [*[InboundState.RECEIVED] * 2, InboundState.QUARANTINED]
    assert hear_waiting(database, settings, now) == 0
    assert hear_waiting(database, settings, now + timedelta(seconds=2)) == 1
    assert hear_waiting(database, settings, now + timedelta(seconds=7)) == 2
    assert codes(database) == ["with_help"]
    with database.reading() as session:
        assert session.scalars(select(Message.once_key).where(Message.asks == "helper")).all() == [
            f"reply:SM{number}50"
        ]


def test_after_the_last_try_a_person_gets_it_and_the_next_goes_on(
    database, settings, number, deaf, caplog
) -> None:
    deaf.times = 99
    came(database, number, "1", "hello", minutes_ago=5)
    now = clock.now()
    for _ in range(MOST_TRIES):
        hear_waiting(database, settings, now)
        now += timedelta(minutes=2)
    with database.reading() as session:
        first, second = session.scalars(select(Inbound).order_by(Inbound.received_at))
        assert (first.state, first.tries, first.body) == (InboundState.QUARANTINED, 5, "1")
        assert second.state is InboundState.HEARD
    assert number[1:] not in caplog.text
    assert "as if" not in caplog.text


def test_one_that_another_worker_heard_meanwhile_stays_heard(
    database, settings, number, deaf, monkeypatch
) -> None:
    came(database, number, "1")
    deaf.times = 1
    set_back = hearing._set_back

    def meanwhile(*told) -> None:
        hear_waiting(database, settings, clock.now())
        set_back(*told)

    monkeypatch.setattr(hearing, "MOST_TRIES", 1)
    monkeypatch.setattr(hearing, "_set_back", meanwhile)
    hear_waiting(database, settings, clock.now())
    assert states(database) == [InboundState.HEARD]


def test_what_is_on_disk_goes_first(database, settings, number) -> None:
    spool = Spool(Path(settings.spool))
    early, now = clock.now() - timedelta(minutes=5), clock.now()
    for place, body in enumerate(["1", "1"]):
        moment = early + timedelta(seconds=place)
        spool.keep(InboundText(f"SMdisk{place}", number, body, moment), moment)
    came(database, number, "7")
    with spool.alone():  # another worker is filing it
        assert file_spool(database, spool, now) is None
        assert hear_waiting(database, settings, now) == 0
    assert hear_waiting(database, settings, now) == 3
    assert codes(database) == ["me", "7"]
    assert spool.waiting() == []


def test_a_worker_may_stop_after_so_many(database, settings, number) -> None:
    spool, now = Spool(Path(settings.spool)), clock.now()
    for place in range(3):
        moment = now - timedelta(minutes=9 - place)
        spool.keep(InboundText(f"SMdisk{place}", number, "1", moment), moment)
    assert hear_waiting(database, settings, now, most=2) == 0  # one is on disk still
    assert hear_waiting(database, settings, now, most=2) == 2
    assert hear_waiting(database, settings, now, most=2) == 1


def test_a_folder_that_cannot_be_read_holds_nobody_up(database, settings, number) -> None:
    Path(settings.spool).mkdir()
    Path(settings.spool, "a.text").mkdir()  # no file, and never will be
    came(database, number, "1", "1")
    assert hear_waiting(database, settings, clock.now()) == 2
    assert codes(database) == ["me"]
