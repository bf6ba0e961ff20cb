"""The webhooks: nothing forged gets in, everything signed is answered, tokens turn over."""

import base64
import dataclasses

import pytest
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from consult_app.channels.sms.signature import DEMO_TOKEN, HEADER, sign
from consult_app.db import Database
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Channel, MessageState
from consult_app.models.message import Message
from tests.outbox.letters import NOON, posted

OLD, NEW = "old auth token", "new auth token"
TEXT = {"MessageSid": "SM1", "From": "+447700900123", "To": "+447700900999", "Body": " hi  there "}
INBOUND = "http://consult.test/sms/inbound"


@pytest.fixture
def settings(settings):
    return dataclasses.replace(settings, twilio_auth_tokens=(NEW, OLD))


def signed(fields, token=NEW, address=INBOUND) -> dict[str, str]:
    return {HEADER: RequestValidator(token).compute_signature(address, fields)}


def stored(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Inbound)) or 0


@pytest.mark.parametrize("token", [NEW, OLD])
def test_both_tokens_hold_while_they_are_being_changed(client, database, token) -> None:
    response = client.post("/sms/inbound", data=TEXT, headers=signed(TEXT, token))
    assert (response.status_code, response.mimetype) == (200, "text/xml")
    assert response.text.endswith("<Response/>")
    with database.reading() as session:
        assert session.scalars(select(Inbound)).one().body == " hi  there "


FORGED = {
    "no signature": (TEXT, {}),
    "empty": (TEXT, {HEADER: ""}),
    "not base64": (TEXT, {HEADER: "é" * 28}),
    "wrong token": (TEXT, signed(TEXT, "somebody else's")),
    "other address": (TEXT, signed(TEXT, address="http://consult.test/sms/status")),
    "other host": (TEXT, signed(TEXT, address="http://other.test/sms/inbound")),
    "added parameter": ({**TEXT, "Extra": "1"}, signed(TEXT)),
    "left-out parameter": ({k: v for k, v in TEXT.items() if k != "To"}, signed(TEXT)),
    "changed body": ({**TEXT, "Body": "bye"}, signed(TEXT)),
    "trimmed": ({**TEXT, "Body": "hi  there"}, signed(TEXT)),
    "signed trimmed": (TEXT, signed({**TEXT, "Body": "hi  there"})),
}


@pytest.mark.parametrize("case", FORGED)
def test_forged_is_403_and_nothing_is_stored(client, database, case) -> None:
    fields, headers = FORGED[case]
    assert client.post("/sms/inbound", data=fields, headers=headers).status_code == 403
    assert stored(database) == 0


def test_the_host_header_and_the_address_line_change_nothing(client, database) -> None:
    headers = {**signed(TEXT), "Host": "evil.test"}
    assert client.post("/sms/inbound", data=TEXT, headers=headers).status_code == 200
    more = client.post("/sms/inbound?x=1", data=TEXT, headers=signed(TEXT))
    assert more.status_code == 403
    assert stored(database) == 1


def test_a_forged_status_changes_nothing(client, database) -> None:
    with database.transaction() as session:
        message = posted(session)
        message.provider_id = "SM5"
    fields = {"MessageSid": "SM5", "MessageStatus": "delivered"}
    assert client.post("/sms/status", data=fields).status_code == 403
    with database.reading() as session:
        assert session.scalars(select(Message.state)).one() is MessageState.QUEUED


def test_a_status_before_our_own_note_finds_its_message(client, database) -> None:
    with database.transaction() as session:
        message = posted(session)
        message.state = MessageState.SENDING
        id_ = message.id
    fields = {"MessageSid": "SM5", "MessageStatus": "undelivered", "ErrorCode": "30003"}
    path = f"/sms/status?message={id_}"
    headers = signed(fields, address=f"http://consult.test{path}")
    assert client.post(path, data=fields, headers=headers).status_code == 204
    with database.reading() as session:
        found = session.get_one(Message, id_)
        assert (found.state, found.error_code) == (MessageState.UNDELIVERED, "30003")
        assert found.settled_at > NOON


BROKEN = [
    ("/sms/inbound", {"From": "+447700900123", "Body": "x"}),
    ("/sms/inbound", {"MessageSid": "SM1", "Body": "x"}),
    ("/sms/inbound", {**TEXT, "MessageSid": "S" * 65}),
    ("/sms/inbound", {**TEXT, "From": "+4477\x00"}),
    ("/sms/status", {"MessageSid": "SM1"}),
    ("/sms/status", {}),
]


@pytest.mark.parametrize(("path", "fields"), BROKEN)
def test_signed_nonsense_is_a_plain_400(client, database, path, fields) -> None:
    headers = signed(fields, address=f"http://consult.test{path}")
    assert client.post(path, data=fields, headers=headers).status_code == 400
    assert stored(database) == 0


@pytest.mark.parametrize("message", ["x", "-1", "9" * 19, "9" * 400, "٣"])
def test_any_message_id_in_the_address_is_harmless(client, database, message) -> None:
    fields = {"MessageSid": "SM1", "MessageStatus": "sent"}
    path = f"/sms/status?message={message}"
    headers = signed(fields, address=f"http://consult.test{path}")
    assert client.post(path, data=fields, headers=headers).status_code in (204, 400, 403)


def test_long_strange_texts_are_kept_as_typed(client, database) -> None:
    body = ("\u202eevil" + "é" + "👩\u200d👧" + "ሀ" * 1590 + "\r\n\x00")[:1600]
    fields = {**TEXT, "Body": body}
    response = client.post("/sms/inbound", data=fields, headers=signed(fields))
    assert response.status_code == 200
    with database.reading() as session:
        assert session.scalars(select(Inbound)).one().body == body


def test_a_picture_without_words_is_kept(client, database) -> None:
    fields = {k: v for k, v in TEXT.items() if k != "Body"}
    assert client.post("/sms/inbound", data=fields, headers=signed(fields)).status_code == 200
    assert stored(database) == 1


def test_a_wrapped_body_is_unwrapped_and_what_came_is_kept(client, database) -> None:
    said = "أشعر بالأمان هنا"
    wrapped = base64.b64encode(said.encode("utf-16-be")).decode()
    fields = {**TEXT, "Body": wrapped}
    client.post("/sms/inbound", data=fields, headers=signed(fields))
    with database.reading() as session:
        row = session.scalars(select(Inbound)).one()
        assert (row.body, row.raw) == (said, wrapped)


def test_whatsapp_is_the_same_person_on_another_way(client, database) -> None:
    fields = {**TEXT, "From": "whatsapp:+447700900123"}
    client.post("/sms/inbound", data=fields, headers=signed(fields))
    with database.reading() as session:
        row = session.scalars(select(Inbound)).one()
        assert (row.sender, row.channel) == ("+447700900123", Channel.WHATSAPP)


@pytest.mark.parametrize(("count", "kept"), [("2", 2), ("", 0), ("-1", 0), ("9" * 99, 0), ("x", 0)])
def test_pictures_are_counted_and_their_addresses_kept(client, database, count, kept) -> None:
    places = [f"https://api.twilio.com/media/{place}" for place in range(2)]
    fields = {**TEXT, "NumMedia": count, "MediaUrl0": places[0], "MediaUrl1": places[1]}
    client.post("/sms/inbound", data=fields, headers=signed(fields))
    with database.reading() as session:
        row = session.scalars(select(Inbound)).one()
        assert (row.media_count, row.media.split("\n")) == (kept, places)


def test_production_has_no_demo_token(settings) -> None:
    from consult_app.channels.sms.signature import auth_tokens
    from consult_app.config import Environment

    tokenless = dataclasses.replace(settings, twilio_auth_tokens=())
    production = dataclasses.replace(tokenless, environment=Environment.PRODUCTION)
    assert auth_tokens(tokenless) == (DEMO_TOKEN,)
    assert auth_tokens(production) == ()
    assert sign(settings, "/sms/inbound", TEXT) == signed(TEXT)[HEADER]


def test_only_post(client) -> None:
    assert client.get("/sms/inbound").status_code in (403, 405)
