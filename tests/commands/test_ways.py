"""Which ways the settings open, and which settings cannot be meant."""

import base64

import pytest

from consult_app.channels.notify.records_notify import NotifyRecords
from consult_app.channels.sms.records_twilio import TwilioRecords
from consult_app.commands.ways import make_books, make_ways
from consult_app.config import BadSettings, from_environment
from consult_app.models.kinds import Channel
from tests import conftest
from tests.notify_server import KEY

SMS, WHATSAPP, EMAIL, LETTER = Channel.SMS, Channel.WHATSAPP, Channel.EMAIL, Channel.LETTER
MAIL = {"MAIL_URL": "smtp://127.0.0.1", "CONSULT_MAIL_FROM": "say@westmere.example"}
NOTIFY = {"NOTIFY_API_KEY": KEY, "NOTIFY_LETTER_TEMPLATE": "t"}
TWILIO = {"TWILIO_ACCOUNT_SID": "AC0", "TWILIO_AUTH_TOKEN": "token"}
FROM_TWILIO = TWILIO | {"SMS_SENDER": "twilio", "TWILIO_FROM": "+447700900999"}
BY_WHATSAPP = {"TWILIO_WHATSAPP_FROM": "+447700900998"}
LIVE = {
    "CONSULT_ENV": "production",
    "PUBLIC_URL": "https://say.westmere.example",
    "CONSULT_KEYS": base64.b64encode(b"a key of thirty-two bytes, truly").decode(),
    "NOTIFY_API_KEY": KEY,
    "NOTIFY_SMS_TEMPLATE": "t",
    "SMS_SENDER": "notify",
}


def settings(**values):
    return from_environment(conftest.environment("sqlite:///nowhere") | values)


@pytest.mark.parametrize(
    ("values", "channels", "recorded"),
    [
        ({}, {SMS}, []),
        (MAIL, {SMS, EMAIL}, []),
        (NOTIFY, {SMS, LETTER}, [("notify", {LETTER})]),
        (FROM_TWILIO, {SMS}, [("twilio", {SMS})]),
        (TWILIO | BY_WHATSAPP, {SMS, WHATSAPP}, [("twilio", {WHATSAPP})]),
        (FROM_TWILIO | BY_WHATSAPP, {SMS, WHATSAPP}, [("twilio", {SMS, WHATSAPP})]),
        (LIVE, {SMS}, [("notify", {SMS})]),
        (
            LIVE | TWILIO | BY_WHATSAPP,
            {SMS, WHATSAPP},
            [("twilio", {WHATSAPP}), ("notify", {SMS})],
        ),
    ],
)
def test_each_way_is_open_where_it_is_set(database, values, channels, recorded) -> None:
    """And of each that leaves, the provider is asked who took it, never another."""
    given = settings(**values)
    assert make_ways(given, database).channels == channels
    assert given.channels == channels
    books = make_books(given)
    kinds = {TwilioRecords: "twilio", NotifyRecords: "notify"}
    assert [(kinds[type(book.records)], book.channels) for book in books] == recorded
    assert len({book.records.mark for book in books}) == len(books)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"TWILIO_WHATSAPP_FROM": "+447700900998"}, "TWILIO_ACCOUNT_SID"),
        (MAIL | {"CONSULT_MAIL_FROM": ""}, "CONSULT_MAIL_FROM"),
        (NOTIFY | {"NOTIFY_API_KEY": "x"}, "NOTIFY_API_KEY"),
        (LIVE | {"NOTIFY_API_KEY": ""}, "NOTIFY_API_KEY"),
        (LIVE | {"NOTIFY_SMS_TEMPLATE": ""}, "NOTIFY_SMS_TEMPLATE"),
        (LIVE | {"SMS_SENDER": "simulator"}, "SMS_SENDER"),
        (LIVE | {"MAIL_URL": "smtp://127.0.0.1"}, "CONSULT_MAIL_FROM"),
        (LIVE | MAIL | {"MAIL_URL": "smtp://u:p@mail.example"}, "MAIL_URL"),
    ],
)
def test_settings_that_cannot_be_meant_are_named(database, values, words) -> None:
    with pytest.raises(BadSettings, match=words):
        make_ways(settings(**values), database)
