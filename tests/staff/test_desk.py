"""The desk and the lists: one glance, filters in the address, pages, few statements."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.db import Database
from consult_app.models.concern import Concern
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import (
    ConsultationStatus,
    InboundState,
    MessageKind,
    MessageState,
    ReviewStatus,
    Role,
)
from consult_app.models.message import Message
from consult_app.models.review import Review
from consult_app.staff.desk import PAGE
from tests import factories
from tests.house_check import check_page
from tests.staff.conftest import House, statements

LISTS = {
    "own": ("/staff/", "/staff/concerns", "/staff/texts"),
    "manager": ("/staff/", "/staff/concerns", "/staff/chasing"),
    "support": ("/staff/", "/staff/chasing", "/staff/texts"),
}


def _child(session: Session, house: House, name: str, **values: object) -> Review:
    """Another review of the officer `own`, of a child called `name`."""
    iro_id = session.get_one(Review, house.review).iro_id
    child = factories.make_child(session, first_name=name)
    return factories.make_review(session, child=child, **{"iro_id": iro_id} | values)


def _table(client: FlaskClient, query: str) -> str:
    """The reviews listed, without the concerns above them."""
    return client.get(f"/staff/?{query}").text.partition("<table")[2]


@pytest.mark.parametrize("who", LISTS)
def test_every_list_holds_together(
    house: House, enter: Callable[[str], FlaskClient], who: str
) -> None:
    for address in LISTS[who]:
        check_page(enter(who).get(address).text, respondent=False)


def test_the_desk_says_who_has_answered(house: House, enter: Callable[[str], FlaskClient]) -> None:
    desk = enter("own").get("/staff/").text
    assert "Child: has begun" in desk
    assert "Carer: asked, nothing yet" in desk
    assert "One concern is open" in desk


def test_filters_stand_in_the_address(
    database: Database, house: House, enter: Callable[[str], FlaskClient]
) -> None:
    day = clock.today() - timedelta(days=3)
    with database.transaction() as session:
        _child(session, house, "Quiet")
        _child(session, house, "Unrecorded", day=day)
        _child(session, house, "Done", day=day, held_on=day, status=ReviewStatus.HELD,
               participation="PN1")  # fmt: skip
    desk = enter("own")
    names = ("Wren", "Quiet", "Unrecorded", "Done")
    shown = {
        address: {name for name in names if f">{name}<" in _table(desk, address)}
        for address in ("", "heard=some&when=coming", "heard=none", "when=record", "when=past")
    }
    assert shown == {
        "": {"Wren", "Quiet"},
        "heard=some&when=coming": {"Wren"},
        "heard=none": {"Quiet"},
        "when=record": {"Unrecorded"},
        "when=past": {"Done"},
    }


def test_an_address_with_nonsense_shows_the_desk(
    house: House, enter: Callable[[str], FlaskClient]
) -> None:
    address = "/staff/?when=never&heard=%00&officer=9999999999999999999999&page=-4"
    assert "Wren" in enter("own").get(address).text


@pytest.mark.parametrize(
    "address", ["/staff/", "/staff/concerns", "/staff/chasing", "/staff/texts"]
)
def test_a_page_that_no_database_could_count_to_is_the_first(
    house: House, enter: Callable[[str], FlaskClient], address: str
) -> None:
    client = enter("manager")
    with time_machine.travel(clock.now(), tick=False):  # the form's token says the second
        first = client.get(address).text
        assert client.get(f"{address}?page=999999999999999999").text == first


def test_a_manager_finds_one_officers_reviews(
    database: Database, house: House, enter: Callable[[str], FlaskClient]
) -> None:
    manager = enter("manager")
    with database.reading() as session:
        own = session.get_one(Review, house.review).iro_id
        other = session.scalar(select(Review.iro_id).where(Review.iro_id != own))
    assert "Wren" in _table(manager, f"officer={own}")
    assert "Wren" not in _table(manager, f"officer={other}")


def test_long_lists_are_paged_and_cost_no_more(
    app: Flask, database: Database, house: House, enter: Callable[[str], FlaskClient]
) -> None:
    """The account, texts without a place, the reviews, who was asked, concerns twice, officers."""
    desk = enter("manager")
    with statements(app) as few:
        desk.get("/staff/")
    with database.transaction() as session:
        for number in range(PAGE + 5):
            review = _child(session, house, f"Kid{number}", day=clock.today() + timedelta(days=40))
            factories.make_consultation(session, review=review)
    with statements(app) as many:
        first = desk.get("/staff/").text
    second = desk.get("/staff/?page=2").text
    assert len(many) == len(few) <= 7
    assert first.count('<th scope="row">') == PAGE
    assert second.count('<th scope="row">') == 7
    assert 'rel="next"' in first
    assert 'rel="next"' not in second


def test_a_manager_learns_that_a_concern_is_open_and_with_whom(
    house: House, enter: Callable[[str], FlaskClient]
) -> None:
    page = enter("manager").get("/staff/concerns").text
    assert "Olive Own" in page
    assert "Wren" in page
    assert "<blockquote" not in page


def test_support_hears_of_no_concern(house: House, enter: Callable[[str], FlaskClient]) -> None:
    assert "concern" not in enter("support").get("/staff/").text.lower()


def _message(session: Session, consultation: int, number: int, **values: object) -> None:
    now = clock.now()
    session.add(
        Message(
            consultation_id=consultation, language="en-GB", to_hash="h", once_key=f"k{number}",
            due_at=now, posted_at=now, **values,
        )
    )  # fmt: skip


def test_chasing_counts_reminders_and_what_failed(
    app: Flask, database: Database, house: House, enter: Callable[[str], FlaskClient]
) -> None:
    with database.transaction() as session:
        sent = {"kind": MessageKind.REMINDER, "state": MessageState.DELIVERED}
        _message(session, house.consultation, 1, **sent)
        _message(session, house.consultation, 2, **sent)
        _message(session, house.consultation, 3, **sent | {"state": MessageState.UNDELIVERED})
        _message(session, house.consultation, 4, **sent | {"state": MessageState.UNKNOWN})
    with statements(app) as run:
        page = enter("support").get("/staff/chasing").text
    row = page.split("Wren")[1].split("</tr>")[0]
    assert [cell.split("<")[0] for cell in row.split('">')[1:] if cell[0].isdigit()] == ["4", "1"]
    assert "<dd>1</dd>" in page.split("texts whose fate is unknown")[1]
    assert len(run) <= 6


def test_chasing_by_what_became_of_it(
    database: Database, house: House, enter: Callable[[str], FlaskClient]
) -> None:
    with database.transaction() as session:
        review = _child(session, house, "Far")
        factories.make_consultation(
            session, review=review, role=Role.PARENT,
            status=ConsultationStatus.NOT_CONSULTED, reason="reason.no_contact:Lives abroad",
        )  # fmt: skip
    support = enter("support")
    assert "Far" not in support.get("/staff/chasing").text
    page = support.get("/staff/chasing?show=unreached").text
    assert "Not to be contacted" in page
    assert "Lives abroad" not in page


def test_texts_of_numbers_nobody_knows_are_for_support(
    database: Database, house: House, enter: Callable[[str], FlaskClient]
) -> None:
    with database.transaction() as session:
        session.add(
            Inbound(
                provider_id="SM2", from_hash="y", sender=factories.mobile(7), body="Who is this",
                received_at=clock.now(), state=InboundState.QUARANTINED,
            )
        )  # fmt: skip
    assert "Who is this" in enter("support").get("/staff/texts").text
    assert "Who is this" not in enter("own").get("/staff/texts").text


def test_support_raises_what_was_said_on_the_telephone(
    database: Database, house: House, enter: Callable[[str], FlaskClient]
) -> None:
    address = f"/staff/consultation/{house.consultation}/concern"
    empty = enter("support").post(address, data={}).text
    assert "Write a few words." in empty
    check_page(empty, respondent=False)
    reply = enter("support").post(address, data={"level": "safety", "words": "Rang, afraid"})
    assert reply.headers["Location"] == "/staff/chasing"
    assert "Rang, afraid" in enter("own").get(f"/staff/review/{house.review}").text


def test_only_a_person_with_a_note_closes_a_concern(
    database: Database, house: House, enter: Callable[[str], FlaskClient]
) -> None:
    address = f"/staff/concern/{house.concern}/close"
    own = enter("own")
    assert "Write a few words." in own.post(address, data={"note": "  "}).text
    assert own.post(address, data={"note": "Rang the carer."}).status_code == 303
    page = own.get(f"/staff/review/{house.review}").text
    assert "Rang the carer." in page.split("Concerns that were closed")[1]
    assert "No concern is open." in own.get("/staff/concerns").text
    with database.reading() as session:
        assert session.get_one(Concern, house.concern).closed_by_id is not None
