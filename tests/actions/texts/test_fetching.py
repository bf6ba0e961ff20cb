"""R4: after an outage every text that the provider holds is fetched, filed once and in order."""

import base64
from datetime import timedelta

from sqlalchemy import select

from consult_app import clock
from consult_app.actions.texts import texting
from consult_app.actions.texts.fetching import fetch_missed
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.actions.texts.text_turn import InboundText
from consult_app.channels.sms.records_twilio import TwilioRecords
from consult_app.db import Database
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Role
from consult_app.models.message import Message
from consult_app.standin.ledger import StandIn
from tests.factories import make_consultation

OURS = "+447700900999"
STRANGER = "+447700900150"


def came_in(twilio: StandIn, body: str, minutes_ago: float, sender: str = STRANGER) -> str:
    """A text that the provider holds; its id."""
    twilio.now = lambda: clock.now().replace(microsecond=0) - timedelta(minutes=minutes_ago)
    return twilio.arrive(sender=sender, to=OURS, body=body).sid


def filed(database: Database) -> list[str]:
    with database.reading() as session:
        return [row.body or "" for row in session.scalars(select(Inbound).order_by(Inbound.id))]


def fetch(database: Database, account) -> int | None:
    return fetch_missed(database, TwilioRecords(account), clock.now())


def test_a_day_down_loses_nothing(database: Database, account, twilio: StandIn) -> None:
    for number in range(130):  # more than a page of the listing
        came_in(twilio, f"text {number}", 1_440 - number * 5)
    twilio.take({"To": STRANGER, "From": OURS, "Body": "ours, not theirs"})
    assert fetch(database, account) == 130
    assert filed(database) == [f"text {number}" for number in range(130)]
    assert hear_waiting(database, account, clock.now()) == 130
    assert fetch(database, account) == 0


def test_one_that_a_webhook_brought_is_not_filed_again(
    database: Database, account, twilio: StandIn
) -> None:
    with database.transaction() as session:
        number = make_consultation(session, role=Role.CARER).person.mobile
    first = came_in(twilio, "1", 20, number)
    brought = InboundText(first, number, "1", clock.now())
    with database.transaction() as session:
        texting.receive(session, brought, account)
    came_in(twilio, "1", 10, number)
    assert fetch(database, account) == 1
    assert filed(database) == ["1", "1"]


def test_the_newest_are_left_to_their_webhooks(
    database: Database, account, twilio: StandIn
) -> None:
    came_in(twilio, "just now", 1)
    assert fetch(database, account) == 0
    came_in(twilio, "older, listed late", 3)
    assert fetch(database, account) == 1


def test_no_answer_is_asked_for_again(database: Database, account, twilio: StandIn) -> None:
    came_in(twilio, "patience", 30)
    twilio.listing_faults = ["500", "drop", "429"]
    assert [fetch(database, account) for _ in range(4)] == [None, None, None, 1]
    assert filed(database) == ["patience"]


def test_pictures_are_counted_so_that_the_truth_is_told(
    database: Database, account, twilio: StandIn
) -> None:
    with database.transaction() as session:
        number = make_consultation(session, role=Role.CARER).person.mobile
    for minutes_ago, media in ((20, 0), (10, 2)):
        came_in(twilio, "" if media else "1", minutes_ago, number)
        twilio.texts[-1].media = media
    assert fetch(database, account) == 2
    assert hear_waiting(database, account, clock.now()) == 2
    with database.reading() as session:
        replies = session.scalars(select(Message).order_by(Message.id)).all()
        assert "nobody has seen it" in replies[-1].body


def test_what_a_carrier_wrapped_is_read_as_from_the_webhook(
    database: Database, account, twilio: StandIn
) -> None:
    said = "أشعر بالأمان هنا"
    wrapped = base64.b64encode(said.encode("utf-16-be")).decode()
    came_in(twilio, wrapped, 10)
    assert fetch(database, account) == 1
    with database.reading() as session:
        row = session.scalars(select(Inbound)).one()
        assert (row.body, row.raw) == (said, wrapped)
