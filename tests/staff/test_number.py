"""A person's number on the staff's pages: not safe, safe again, right."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from consult_app import clock
from consult_app.db import Database
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus, MessageState
from consult_app.models.message import Message
from consult_app.models.person import Person
from tests.house_check import check_page
from tests.outbox.letters import posted
from tests.staff.conftest import House

Enter = Callable[[str], FlaskClient]


@pytest.fixture
def address(house: House) -> str:
    return f"/staff/consultation/{house.consultation}/number"


def person(session, house: House) -> Person:
    found = session.get_one(Consultation, house.consultation).person
    assert found is not None
    return found


@pytest.mark.parametrize("who", ["own", "support"])
def test_not_safe_then_safe_again(
    database: Database, house: House, enter: Enter, address: str, who: str
) -> None:
    client = enter(who)
    with database.transaction() as session:
        number = person(session, house).mobile
        posted(session, to=number, consultation_id=house.consultation)
    page = client.get(address).text
    check_page(page, respondent=False)
    assert "It was last known to be right" in page
    assert number not in page
    assert client.post(address, data={"say": "unsafe"}).status_code == 303
    with database.reading() as session:
        assert person(session, house).number_unsafe_by_id is not None
        assert session.scalars(select(Message.state)).all() == [MessageState.CANCELLED]
    page = client.get(address).text
    check_page(page, respondent=False)
    assert "Marked as not safe on" in page
    assert client.post(address, data={"say": "safe"}).status_code == 303
    with database.reading() as session:
        assert person(session, house).number_unsafe_at is None


def test_right_lets_go_what_waited(
    database: Database, house: House, enter: Enter, address: str
) -> None:
    with database.transaction() as session:
        asked = session.get_one(Consultation, house.consultation)
        asked.status, asked.person.number_checked_at = ConsultationStatus.PROPOSED, None
    client = enter("own")
    assert "has to be confirmed" in client.get(address).text
    assert client.post(address, data={"say": "right"}).status_code == 303
    with database.reading() as session:
        assert person(session, house).number_checked_at is not None
        (message,) = session.scalars(select(Message)).all()
        assert "Tap:" in (message.body or "")


@pytest.mark.parametrize(
    ("column", "words"),
    [("unsafe", "Number not safe"), ("wrong", "Wrong number"), ("asked", "Number being confirmed")],
)
def test_the_pack_and_the_chasing_page_say_it(
    database: Database, house: House, enter: Enter, column: str, words: str
) -> None:
    with database.transaction() as session:
        setattr(person(session, house), f"number_{column}_at", clock.now())
    for who, page in (("own", f"/staff/review/{house.review}"), ("support", "/staff/chasing")):
        shown = enter(who).get(page).text
        assert words in shown
        assert f"/staff/consultation/{house.consultation}/number" in shown


def test_another_officer_may_not(enter: Enter, address: str) -> None:
    assert enter("other").post(address, data={"say": "unsafe"}).status_code == 403
