"""A new link: shown once, or queued to the person's own number; it opens and tells nothing."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.doors import links
from consult_app.db import Database
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConsultationStatus
from consult_app.models.link import Link
from consult_app.models.message import Message
from tests.house_check import check_page
from tests.staff.conftest import CANARY, House

TOKEN = re.compile(r"/r/([\w-]+)")
Enter = Callable[[str], FlaskClient]


def _address(house: House) -> str:
    return f"/staff/consultation/{house.consultation}/link"


@pytest.mark.parametrize("who", ["own", "support"])
def test_a_link_is_shown_once_and_opens(
    house: House, enter: Enter, database: Database, who: str
) -> None:
    client = enter(who)
    html = client.post(_address(house), data={"show": "1"}).text
    check_page(html, respondent=False)
    token = TOKEN.search(html).group(1)
    with database.reading() as session:
        assert links.peek(session, token, clock.now()).id == house.consultation
        assert token not in repr([vars(row) for row in session.scalars(select(Link))])
    assert token not in client.get(_address(house)).text
    assert CANARY not in html


def test_a_text_is_queued_and_no_link_is_shown(
    house: House, enter: Enter, database: Database
) -> None:
    html = enter("own").post(_address(house), data={"text": "1"}).text
    assert "waits to be sent" in html
    assert not TOKEN.search(html)
    with database.reading() as session:
        (message,) = session.scalars(select(Message))
        assert message.consultation_id == house.consultation
        assert TOKEN.search(message.body)


def test_looking_makes_nothing(house: House, enter: Enter, database: Database) -> None:
    enter("own").get(_address(house))
    with database.reading() as session:
        assert session.scalars(select(Link)).all() == []


@pytest.mark.parametrize(
    ("status", "becomes", "made"),
    [
        (ConsultationStatus.UNDELIVERABLE, ConsultationStatus.SENT, 1),
        (ConsultationStatus.PROPOSED, ConsultationStatus.PROPOSED, 0),
        (ConsultationStatus.WITHDRAWN, ConsultationStatus.WITHDRAWN, 0),
        (ConsultationStatus.SUBMITTED, ConsultationStatus.SUBMITTED, 1),
    ],
)
def test_only_who_is_asked_gets_one(
    house: House, enter: Enter, database: Database, status, becomes, made
) -> None:
    with database.transaction() as session:
        session.get_one(Consultation, house.consultation).status = status
    html = enter("support").post(_address(house), data={"show": "1"}).text
    assert bool(TOKEN.search(html)) == bool(made)
    with database.reading() as session:
        assert session.get_one(Consultation, house.consultation).status is becomes
        assert len(session.scalars(select(Link)).all()) == made


def test_both_lists_lead_there(app: Flask, house: House, enter: Enter) -> None:
    assert _address(house) in enter("own").get(f"/staff/review/{house.review}").text
    assert _address(house) in enter("support").get("/staff/chasing").text
