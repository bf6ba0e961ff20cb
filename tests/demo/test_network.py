"""Faults at a click: each goes through the real client, webhooks and outbox, and the page tells it."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.db import Database
from consult_app.demo.people import key_of
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import MessageKind, Role
from consult_app.models.kinds import MessageState as State
from consult_app.outbox.post import Letter, post
from tests.demo.conftest import Table, stories
from tests.factories import (
    make_child,
    make_consultation,
    make_involvement,
    make_person,
    make_review,
)

NUMBER, OTHER = "+447700900101", "+447700900102"
PATIENCE_S = 5


@pytest.fixture(autouse=True)
def _carers(database: Database) -> None:
    """Two carers who were asked, each with a number."""
    with database.transaction() as session:
        for number, name, tag in ((NUMBER, "Jo Example", "en-GB"), (OTHER, "Ash Example", "ar")):
            person = make_person(session, mobile=number, name=name)
            child = make_child(session, first_name=f"{name[0]}li")
            review = make_review(session, child=child)
            carer = {"role": Role.CARER, "person": person, "language": tag, "review": review}
            make_consultation(session, **carer)
            make_involvement(session, child, Role.CARER, person=person)


def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds; reports come over the line a moment after the send."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def became(table: Table, state: State) -> None:
    until(lambda: [text.state for text in table.texts()] == [state])


def test_a_text_goes_round_and_its_answer_arrives(table: Table) -> None:
    table.post(NUMBER, "send", body="1")
    became(table, State.DELIVERED)
    page = table.page(NUMBER, OTHER)
    assert page.count('<section class="handset') == 2
    assert "Delivered" in page
    assert stories(page) == []
    assert [text.direction for text in table.network.texts] == ["inbound", "outbound-api"]


def test_lost(table: Table) -> None:
    assert "Next:" in table.post(NUMBER, "plan", mischief="lost")
    table.post(NUMBER, "send", quick="1")
    became(table, State.UNDELIVERED)
    page = table.page(NUMBER)
    assert "Next:" not in page
    assert stories(page) == [
        "00:00 the network could not deliver it; marked not delivered, and staff see it."
    ]


def test_late(table: Table) -> None:
    table.post(NUMBER, "plan", mischief="late")
    assert "taken, on its way" in stories(table.post(NUMBER, "send", quick="1"))[0]
    became(table, State.DELIVERED)
    assert stories(table.page(NUMBER)) == [
        "00:00 taken, on its way; came at 00:00; marked delivered."
    ]


def test_refused(table: Table) -> None:
    table.post(NUMBER, "plan", mischief="refused")
    page = table.post(NUMBER, "send", quick="1")
    assert [text.state for text in table.texts()] == [State.REFUSED]
    assert stories(page) == [
        "00:00 the provider refused this number; not tried again, and staff see it."
    ]


def test_busy(table: Table) -> None:
    table.post(NUMBER, "plan", mischief="busy")
    page = table.post(NUMBER, "send", quick="1")
    assert stories(page) == ["00:00 the provider was too busy; goes again at 00:00."]
    table.ask(timedelta(seconds=60))
    became(table, State.DELIVERED)
    told = "00:00 the provider was too busy; 00:00 sent again; marked delivered."
    assert stories(table.page(NUMBER)) == [told]


def test_unknown_and_it_had_it(table: Table) -> None:
    table.post(NUMBER, "plan", mischief="unknown")
    page = table.post(NUMBER, "send", quick="1")
    assert "not sent again blindly: the provider is asked at 00:00" in stories(page)[0]
    table.ask(timedelta(minutes=2))
    became(table, State.DELIVERED)
    told = "00:00 the provider took it and the line broke: unknown; asked the provider at 00:00: "
    assert stories(table.page(NUMBER)) == [f"{told}it had it; marked delivered."]
    assert len(table.network.bodies()) == 1


def test_down_for_two_sends(table: Table) -> None:
    table.post(NUMBER, "plan", mischief="down")
    table.post(NUMBER, "send", quick="1")
    assert [text.state for text in table.texts()] == [State.UNKNOWN]
    for minutes in (2, 3, 5, 6):
        table.ask(timedelta(minutes=minutes))
    became(table, State.DELIVERED)
    story = stories(table.page(NUMBER))[0]
    assert story.count("the provider was down") == story.count("sent again") == 2
    assert story.endswith("marked delivered.")
    assert len(table.network.bodies()) == 1


def inbound(table: Table) -> list[str]:
    with table.database.reading() as session:
        rows = session.scalars(select(Inbound).order_by(Inbound.id))
        return [row.body or "" for row in rows]


def test_doubled(table: Table) -> None:
    table.post(NUMBER, "plan", mischief="doubled")
    page = table.post(NUMBER, "send", quick="1")
    assert inbound(table) == ["1"]
    assert len(table.texts()) == 1
    assert "00:00 brought twice with one id; stored once, answered once." in stories(page)


def test_out_of_order(table: Table) -> None:
    table.network.late_s = 60
    table.post(NUMBER, "plan", mischief="crossed")
    page = table.post(NUMBER, "send", body="written first")
    assert "Has not reached the service" in page
    assert inbound(table) == []
    page = table.post(NUMBER, "send", body="written second")
    assert inbound(table) == ["written second", "written first"]
    assert any("after the text that was written later" in story for story in stories(page))


def test_held_for_a_while_only(table: Table) -> None:
    table.post(NUMBER, "plan", mischief="crossed")
    table.post(NUMBER, "send", body="alone")
    until(lambda: inbound(table) == ["alone"])


def test_missed(table: Table) -> None:
    table.post(NUMBER, "plan", mischief="missed")
    page = table.post(NUMBER, "send", body="1")
    assert inbound(table) == []
    assert "its webhook never came" in stories(page)[0]
    assert table.page(NUMBER).count('class="theirs going"') == 1


def test_all_is_well_again_when_that_is_asked(table: Table) -> None:
    table.post(NUMBER, "plan", mischief="lost")
    assert "Next:" not in table.post(NUMBER, "plan")
    assert table.network.plans == []


def test_faults_are_one_phones_alone(table: Table) -> None:
    table.post(NUMBER, "plan", mischief="lost")
    table.post(OTHER, "send", body="1")
    became(table, State.DELIVERED)


def test_numbers_swapped_by_an_import(table: Table) -> None:
    page = table.post(NUMBER, "swap", **{"with": key_of(OTHER)})
    assert "<bdi>Ash Example</bdi>" in page
    assert "<bdi>Jo Example</bdi>" not in page
    assert stories(page) == ["At 00:00 an import changed whose number this is."]


def test_a_number_shared_by_an_import_is_asked_about(table: Table) -> None:
    with table.database.transaction() as session:
        post(session, Letter(OTHER, "Hello", "ar", MessageKind.REPLY, "once", clock.now()))
    page = table.post(NUMBER, "share", **{"with": key_of(OTHER)})
    assert "<bdi>Ash Example</bdi>" in page
    assert "<bdi>Jo Example</bdi>" in page
    page = table.post(NUMBER, "send", body="1")
    assert "Held until it is known whose it is" in page
    assert "kept until that is known." in stories(page)[-1]
    assert table.page(OTHER).count("Its number is in no file") == 1


def test_a_network_that_is_gone_is_said_and_texts_still_reach_the_service(table: Table) -> None:
    object.__setattr__(table.settings, "twilio_base_url", "http://127.0.0.1:9")
    page = table.post(NUMBER, "send", body="1")
    assert "Faults at a click need the network" in page
    assert inbound(table) == ["1"]
    assert stories(page) == ["the network said: not now; goes again at 00:00."]
