"""The real Twilio client against a stand-in: three outcomes, every call with its limit."""

import dataclasses
import logging
import time

import pytest

from consult_app.channels.sms.sender_simulator import SimulatorSender
from consult_app.channels.sms.sender_twilio import TwilioSender
from consult_app.channels.sms.senders import make_sender
from consult_app.config import BadSettings, Settings
from consult_app.db import Database
from consult_app.models.kinds import MessageState
from consult_app.models.message import Message
from consult_app.outbox.deliver import deliver
from consult_app.outbox.outcomes import Accepted, Refused, Unknown
from consult_app.standin.ledger import TOKEN, StandIn
from tests.outbox.letters import NOON, NUMBER, posted


@pytest.fixture
def account(account: Settings) -> Settings:
    """Its tokens are being changed."""
    return dataclasses.replace(account, twilio_auth_tokens=(TOKEN, "the next token"))


@pytest.fixture
def sender(account: Settings) -> TwilioSender:
    return TwilioSender(account, timeout=0.5)


def test_a_text_is_handed_over_whole(sender, twilio: StandIn) -> None:
    body = "ሰላም 🙂\nhttps://consult.test/r/x"
    outcome = sender.send(NUMBER, body, 77)
    assert outcome == Accepted(twilio.ledger[0]["sid"])
    validity = int(twilio.ledger[0]["ValidityPeriod"])
    assert 60 <= validity <= 36_000
    assert twilio.ledger[0] | {"sid": ""} == {
        "sid": "",
        "ValidityPeriod": str(validity),
        "To": NUMBER,
        "From": "+447700900999",
        "Body": body,
        "StatusCallback": "http://consult.test/sms/status?message=77",
    }


def test_a_messaging_service_instead_of_a_number(account, twilio: StandIn) -> None:
    service = dataclasses.replace(account, twilio_messaging_service_sid="MG" + "1" * 32)
    TwilioSender(service).send(NUMBER, "x", 1)
    assert twilio.ledger[0]["MessagingServiceSid"] == "MG" + "1" * 32
    assert "From" not in twilio.ledger[0]


OUTCOMES = [
    ("21211", Refused("21211", permanent=True)),
    ("21610", Refused("21610", permanent=True)),
    ("30001", Refused("30001", permanent=False)),
    ("21611", Refused("21611", permanent=False)),
    ("429", Refused("20429", permanent=False, retry_after=90)),
    ("500", Unknown("status 500")),
    ("503", Unknown("status 503")),
    ("drop", Unknown("ConnectionError")),
    ("take-then-drop", Unknown("ConnectionError")),
    ("hang", Unknown("ReadTimeout")),
]


@pytest.mark.parametrize(("fault", "outcome"), OUTCOMES)
def test_outcomes(sender, twilio: StandIn, fault: str, outcome) -> None:
    twilio.faults.append(fault)
    started = time.monotonic()
    assert sender.send(NUMBER, "x", 1) == outcome
    assert time.monotonic() - started < 2


def test_a_wrong_account_is_tried_again_later(account, twilio: StandIn) -> None:
    wrong = dataclasses.replace(account, twilio_auth_tokens=("wrong",))
    assert TwilioSender(wrong).send(NUMBER, "x", 1) == Refused("20003", permanent=False)
    assert twilio.ledger == []


def test_nobody_there_is_certainly_not_sent(account) -> None:
    away = dataclasses.replace(account, twilio_base_url="http://127.0.0.1:9")
    assert TwilioSender(away).send(NUMBER, "x", 1) == Refused("no connection", permanent=False)


def test_numbers_and_bodies_stay_out_of_the_log(sender, twilio: StandIn, caplog) -> None:
    caplog.set_level(logging.INFO)
    twilio.faults += ["ok", "500", "21211"]
    for _ in range(3):
        sender.send(NUMBER, "canary body", 1)
    assert NUMBER[1:] not in caplog.text
    assert "canary" not in caplog.text


def test_many_texts_with_all_faults_and_none_is_doubled(
    database: Database, account, twilio: StandIn
) -> None:
    faults = ["ok", "429", "500", "take-then-drop", "drop", "hang", "21211", "30001"]
    twilio.hang_s, twilio.faults = 1.5, faults * 3
    with database.transaction() as session:
        for number in range(40):
            posted(session, body=f"text {number}")
    sender = TwilioSender(account, timeout=0.8)
    for day in range(1, 30):
        deliver(database, sender, now=lambda day=day: NOON.replace(day=day, month=4))
    taken = [entry["Body"] for entry in twilio.ledger]
    assert len(taken) == len(set(taken)) >= 25
    with database.reading() as session:
        states = [m.state for m in session.query(Message)]
    assert states.count(MessageState.UNKNOWN) == 12
    assert states.count(MessageState.REFUSED) == 3
    assert states.count(MessageState.ACCEPTED) == 25


def test_the_simulator_delivers_at_once(database: Database) -> None:
    with database.transaction() as session:
        id_ = posted(session).id
    deliver(database, SimulatorSender(database), now=lambda: NOON)
    with database.reading() as session:
        assert session.get_one(Message, id_).state is MessageState.DELIVERED


def test_the_settings_choose_the_sender(database: Database, settings, account) -> None:
    assert isinstance(make_sender(settings, database), SimulatorSender)
    assert isinstance(make_sender(account, database), TwilioSender)
    for wrong in (
        dataclasses.replace(settings, sms_sender="pigeon"),
        dataclasses.replace(account, twilio_auth_tokens=()),
    ):
        with pytest.raises(BadSettings):
            make_sender(wrong, database)
