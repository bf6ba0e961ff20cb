"""The page about texts going out, deciding about unknown ones, and the figures for a monitor."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult_app import clock
from consult_app.actions.texts import storing
from consult_app.actions.texts.spool import Spool
from consult_app.actions.texts.text_turn import InboundText
from consult_app.db import Database
from consult_app.models.kinds import MessageState as State
from consult_app.models.message import Message
from tests.house_check import check_page
from tests.outbox.letters import NUMBER, posted
from tests.staff.conftest import House


@pytest.fixture
def texts(database: Database, house: House) -> dict[str, int]:
    """One text unknown, one failed, one sent, one overdue; their ids."""
    now = clock.now()
    states = {
        "unknown": {"state": State.UNKNOWN, "attempted_at": now},
        "failed": {"state": State.REFUSED, "error_code": "21614", "settled_at": now},
        "sent": {"state": State.DELIVERED, "sent_at": now},
        "overdue": {"due_at": now - timedelta(hours=2)},
    }
    ids = {}
    with database.transaction() as session:
        for name, values in states.items():
            message = posted(
                session, body=f"zebra {name}", consultation_id=house.consultation, due_at=now
            )
            for column, value in values.items():
                setattr(message, column, value)
            ids[name] = message.id
    return ids


def state(database: Database, id_: int) -> State:
    with database.reading() as session:
        return session.get_one(Message, id_).state


def test_it_shows_how_texts_stand_and_none_of_their_words(
    texts: dict[str, int], enter: Callable[[str], FlaskClient]
) -> None:
    page = enter("support").get("/staff/queue").text
    check_page(page, respondent=False)
    for words in ("not known whether they went", "21614", "£0.04", "waits since"):
        assert words in page
    assert "zebra" not in page
    assert NUMBER[3:] not in page


@pytest.mark.parametrize(("choice", "ends"), [("went", State.ACCEPTED), ("again", State.QUEUED)])
def test_a_person_decides_once(
    database: Database, texts: dict[str, int], enter: Callable[[str], FlaskClient], choice, ends
) -> None:
    client, address = enter("manager"), f"/staff/queue/{texts['unknown']}"
    assert client.post(address, data={"choice": "guess"}).status_code == 404
    assert state(database, texts["unknown"]) is State.UNKNOWN
    assert client.post(address, data={"choice": choice}).status_code == 303
    assert state(database, texts["unknown"]) is ends
    assert client.post(address, data={"choice": "again"}).status_code == 404
    refused = f"/staff/queue/{texts['failed']}"
    assert client.post(refused, data={"choice": "again"}).status_code == 404


def test_metrics_for_who_holds_the_token(app: Flask, texts: dict[str, int]) -> None:
    client = app.test_client()
    held = {"Authorization": "Bearer monitor"}
    assert client.get("/metrics", headers=held).status_code == 404
    settings = app.extensions["consult_settings"]
    app.extensions["consult_settings"] = dataclasses.replace(settings, metrics_token="monitor")
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer café"}).status_code == 404
    lines = client.get("/metrics", headers=held).text.splitlines()
    assert 'consult_outbox_messages{state="unknown"} 1' in lines
    age = next(line for line in lines if line.startswith("consult_outbox_oldest_queued_seconds"))
    assert 7_190 <= float(age.split()[-1]) <= 7_300


def test_metrics_tell_when_nobody_listens(app: Flask, database: Database) -> None:
    settings = app.extensions["consult_settings"]
    settings = dataclasses.replace(settings, metrics_token="monitor")
    app.extensions["consult_settings"] = settings
    minute_ago = clock.now() - timedelta(minutes=1)
    text = InboundText("SM1", "+447700900123", "1", minute_ago)
    with database.transaction() as session:
        storing.store(session.connection(), text)
    Spool(Path(settings.spool)).keep(dataclasses.replace(text, provider_id="SM2"), minute_ago)
    held = {"Authorization": "Bearer monitor"}
    told = app.test_client().get("/metrics", headers=held).text.splitlines()
    assert {"consult_inbound_waiting 1", "consult_inbound_files_on_disk 1"} <= set(told)
    age = next(line for line in told if line.startswith("consult_inbound_oldest_waiting_seconds"))
    assert 60 <= float(age.split()[-1]) <= 120
