"""S5: nothing personal in logs, addresses, errors, metrics or Referer."""

import dataclasses
import logging
from collections.abc import Iterator

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consult_app import clock, sealing
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.app import create_app
from consult_app.channels.sms.sender_twilio import TwilioSender
from consult_app.channels.sms.signature import HEADER, sign
from consult_app.db import Database
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import MessageKind, Role
from consult_app.outbox.deliver import deliver
from consult_app.outbox.post import Letter, post
from consult_app.outbox.quiet import Quiet
from consult_app.standin.ledger import StandIn
from tests.channels.web.phone import Phone, invite
from tests.conftest import with_account

NUMBER = "+447700900777"
NAME = "Zephyrine"
WORDS = "canarybird sings behind the blue door"
MONITOR = "a monitor's token"
NEVER_QUIET = Quiet(0, 0)


@pytest.fixture
def twilio(twilio: StandIn) -> StandIn:
    """One that hangs a little longer than the sender waits."""
    twilio.hang_s = 0.3
    return twilio


@pytest.fixture
def settings(settings, twilio: StandIn):
    return dataclasses.replace(with_account(settings, twilio), metrics_token=MONITOR)


@pytest.fixture
def app(database: Database, settings) -> Iterator[Flask]:
    """The service, with an address at which it breaks while it holds what was sent."""
    app = create_app(settings)

    @app.post("/breaks")
    def breaks() -> str:
        abort(500)

    app.extensions["csrf"].exempt(breaks)
    yield app
    app.extensions["consult_database"].engine.dispose()


class Listener(logging.Handler):
    """Keeps every line that anything logs, with its arguments written in."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it as a file would have it, a traceback too."""
        self.lines.append(self.format(record))


@pytest.fixture
def logged() -> Iterator[Listener]:
    """Everything logged from the level that a service logs at; its own at every level."""
    listener, root, ours = Listener(), logging.getLogger(), logging.getLogger("consult_app")
    before = root.level, ours.level
    root.addHandler(listener)
    root.setLevel(logging.INFO)
    ours.setLevel(logging.DEBUG)
    yield listener
    root.removeHandler(listener)
    root.setLevel(before[0])
    ours.setLevel(before[1])


def hits(text: str, *more: str) -> list[str]:
    """Which canaries sing in `text`."""
    digits = NUMBER.removeprefix("+44")
    return [one for one in (digits, NAME, WORDS, *more) if one and one in text]


def text_in(app: Flask, database: Database, settings, body: str, sid: str) -> None:
    """One signed text, heard."""
    fields = {"MessageSid": sid, "From": NUMBER, "Body": body}
    headers = {HEADER: sign(settings, "/sms/inbound", fields)}
    assert app.test_client().post("/sms/inbound", data=fields, headers=headers).status_code == 200
    hear_waiting(database, settings, clock.now())


def asked(app: Flask, database: Database) -> Phone:
    consultation_id, phone = invite(app, database, role=Role.CHILD, questionnaire="child_8_11")
    with database.transaction() as session:
        consultation = session.get_one(Consultation, consultation_id)
        consultation.person.mobile, consultation.person.name = NUMBER, f"{NAME} Quill"
        consultation.person.mobile_hash = sealing.ring().hash(NUMBER)
        consultation.review.child.first_name = NAME
    return phone


def send_all_ways(database: Database, settings, twilio: StandIn) -> None:
    """Five texts that carry canaries: taken, refused, unknown, cut off, too fast."""
    twilio.faults = ["ok", "21610", "take-then-500", "drop", "429"]
    sender = TwilioSender(settings, timeout=0.2)
    for number in range(5):
        key = f"canary {number}"
        letter = Letter(NUMBER, WORDS, "en-GB", MessageKind.REPLY, key, clock.now())
        with database.transaction() as session:
            post(session, letter)
        deliver(database, sender, quiet=NEVER_QUIET)


def answered(phone: Phone) -> Iterator[TestResponse]:
    """Answers on the web, understood or not."""
    for question in ("fun", "proud", "home", "no such question"):
        sent = phone.hidden("/answer/q") | {"question": question, "text": WORDS}
        reply = phone.client.post("/answer/q", data=sent)
        assert reply.status_code in (303, 422)
        yield reply


def refused(client: FlaskClient) -> list[TestResponse]:
    """What goes wrong while canaries are sent, and what a monitor sees."""
    forged = client.post("/answer/q", data={"csrf_token": "forged", "text": WORDS})
    broken = client.post("/breaks", data={"text": WORDS, "number": NUMBER})
    monitor = client.get("/metrics", headers={"Authorization": f"Bearer {MONITOR}"})
    assert [forged.status_code, broken.status_code, monitor.status_code] == [400, 500, 200]
    assert b"consult_outbox_messages" in monitor.data
    return [forged, broken, monitor]


def test_no_canary_sings(app, database, settings, twilio: StandIn, logged: Listener) -> None:
    phone = asked(app, database)
    send_all_ways(database, settings, twilio)
    for number, body in enumerate(("1", WORDS, "help", "\x00", WORDS * 20)):
        text_in(app, database, settings, body, f"SMcanary{number}")
    shown = [phone.begin()]
    led = [str(reply.headers) for reply in answered(phone)]
    for reply in refused(phone.client):
        shown.append(reply.text)
        assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert "\n".join(logged.lines).strip(), "nothing was logged: this listens to nothing"
    for said in (*logged.lines, *led, *shown):
        assert hits(said, phone.token) == [], said


def test_the_canaries_would_be_heard(logged: Listener) -> None:
    logging.getLogger("consult_app.anything").info("sent to %s", NUMBER)
    assert hits(logged.lines[-1]) == [NUMBER.removeprefix("+44")]
