"""Sitting beside: the worker is out, nothing of before is shown, and who typed is written down."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult_app.models.answer import Answer
from consult_app.models.kinds import ConsultationStatus
from consult_app.models.visit import Visit
from tests.channels.web.phone import Phone, consultation
from tests.staff.conftest import CANARY, House


def sit(client: FlaskClient, house: House, typist: str = "staff") -> Phone:
    """A worker begins, and holds the machine like a telephone."""
    phone = Phone(client, "")
    sent = client.post(f"/staff/consultation/{house.consultation}/beside", data={"typist": typist})
    assert sent.status_code == 303
    phone.get(sent.headers["Location"])
    return phone


@pytest.mark.parametrize("typist", ["helper", "staff"])
def test_who_typed_is_written_and_shown_in_the_pack(
    app: Flask, house: House, session: Session, enter: Callable[[str], FlaskClient], typist: str
) -> None:
    phone = sit(enter("own"), house, typist)
    phone.get("/answer/q/10")
    phone.say("1")
    newest = session.query(Answer).order_by(Answer.id.desc()).first()
    assert newest.typist == typist
    session.rollback()
    words = {"helper": "typed by a helper", "staff": "typed by staff"}[typist]
    assert words in enter("own").get(f"/staff/review/{house.review}").text


def test_the_worker_is_signed_out_and_the_old_answers_stay_covered(
    house: House, session: Session, enter: Callable[[str], FlaskClient]
) -> None:
    client = enter("own")
    phone = sit(client, house)
    assert client.get("/staff/").status_code == 302
    assert CANARY not in phone.get("/answer/check")
    assert "/answer/remember" not in phone.html
    phone.get("/answer/remember")
    assert phone.at == "/answer/check"
    visit = session.query(Visit).one()
    assert visit.staff_id is not None
    session.rollback()


def test_it_ends_on_leaving(house: House, enter: Callable[[str], FlaskClient]) -> None:
    phone = sit(enter("support"), house)
    phone.get("/answer/check")
    phone.send("/answer/exit")
    assert phone.at == "/blank"
    phone.get("/answer/check", status=404)


def test_who_could_not_be_reached_is_reached_now(
    house: House, session: Session, enter: Callable[[str], FlaskClient]
) -> None:
    session.get_one(
        type(consultation(session, house.consultation)), house.consultation
    ).status = ConsultationStatus.UNDELIVERABLE
    session.commit()
    sit(enter("support"), house)
    assert consultation(session, house.consultation).status is not ConsultationStatus.UNDELIVERABLE


def test_another_officer_cannot_sit_beside(
    house: House, session: Session, enter: Callable[[str], FlaskClient]
) -> None:
    address = f"/staff/consultation/{house.consultation}/beside"
    assert enter("other").post(address, data={"typist": "staff"}).status_code == 403
    assert session.query(Visit).count() == 0


def test_without_saying_who_types_nothing_begins(
    house: House, session: Session, enter: Callable[[str], FlaskClient]
) -> None:
    client = enter("own")
    address = f"/staff/consultation/{house.consultation}/beside"
    assert client.post(address, data={"typist": "self"}).status_code == 200
    assert client.get("/staff/").status_code == 200
    assert session.query(Visit).count() == 0
