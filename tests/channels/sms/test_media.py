"""Pictures and sounds by text: fetched from the provider alone, an answer where that is allowed."""

import dataclasses
import wave
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.texts import media_fetching, storing
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.actions.texts.media_fetching import NotNow, fetch_media
from consult_app.actions.texts.placing import Placed, place
from consult_app.actions.texts.text_turn import InboundText
from consult_app.channels.sms.media_twilio import TwilioMedia, make_fetcher
from consult_app.channels.sms.signature import HEADER, sign
from consult_app.config import from_environment
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.attachment import Attachment
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Channel, ConsultationStatus, InboundState, MediaKind, Role
from consult_app.models.message import Message
from consult_app.standin.ledger import ACCOUNT, TOKEN, StandIn
from tests.actions.answering.picture_files import SECRET, png
from tests.conftest import environment, with_account
from tests.factories import make_consultation, make_staff

FUN = "fun"
"""A child's question that may be drawn, photographed or spoken."""


@pytest.fixture
def settings(settings, twilio: StandIn):
    return dataclasses.replace(with_account(settings, twilio), media=("draw", "photo", "voice"))


@pytest.fixture
def asked(database: Database) -> Consultation:
    """A child whom our last text asked what is fun."""
    with database.transaction() as session:
        row = make_consultation(
            session,
            role=Role.CHILD,
            status=ConsultationStatus.STARTED,
            channel_begun=Channel.SMS,
            waiting=FUN,
        )
        session.add(
            Message(
                consultation_id=row.id,
                kind="reply",
                language="en-GB",
                to_hash="x",
                asks=FUN,
                once_key="asked",
                due_at=clock.now(),
                posted_at=clock.now(),
                state="delivered",
            )
        )
        session.flush()
        assert row.person.mobile
        return row


def sound() -> bytes:
    file = BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8000)
        written.writeframes(b"\1\2" * 400)
    return file.getvalue()


def came(client, settings, asked: Consultation, body: str, *addresses: str) -> None:
    """A message with pictures, by the signed webhook."""
    fields = {
        "MessageSid": f"MM{len(addresses)}{body}"[:64], "From": asked.person.mobile, "Body": body,
        "NumMedia": str(len(addresses)),
    } | {f"MediaUrl{place}": address for place, address in enumerate(addresses)}  # fmt: skip
    headers = {HEADER: sign(settings, "/sms/inbound", fields)}
    assert client.post("/sms/inbound", data=fields, headers=headers).status_code == 200


def heard(database: Database, settings) -> str:
    """Fetch and hear; the newest reply."""
    now = clock.now()
    fetch_media(database, TwilioMedia(settings), settings, now)
    hear_waiting(database, settings, now)
    with database.reading() as session:
        newest = select(Message).where(Message.once_key != "asked").order_by(Message.id.desc())
        message = session.scalars(newest).first()
        return (message.body or "") if message else ""


def test_a_photo_answers_the_question(client, database, settings, twilio, asked) -> None:
    came(client, settings, asked, "", twilio.picture(png()))
    reply = heard(database, settings)
    assert reply.startswith("Thank you, it came. Jo will see it.\n")
    with database.reading() as session:
        kept = session.scalars(select(Attachment)).one()
        assert (kept.question, kept.kind, kept.media_type) == (FUN, MediaKind.PHOTO, "image/png")
        assert SECRET not in kept.content
        assert session.scalars(select(Answer.channel)).all() == [Channel.SMS]
        assert session.get_one(Consultation, asked.id).waiting != FUN
        assert session.scalars(select(Message.asks).order_by(Message.id.desc())).first() != FUN


def test_words_with_it_are_the_answer_and_it_stays_beside_them(
    client, database, settings, twilio, asked
) -> None:
    came(
        client,
        settings,
        asked,
        "my dog",
        twilio.picture(png()),
        twilio.picture(sound(), "audio/wav"),
    )
    assert heard(database, settings).startswith("Thank you, it came.")
    with database.reading() as session:
        kinds = session.scalars(select(Attachment.kind).order_by(Attachment.id)).all()
        assert kinds == [MediaKind.PHOTO, MediaKind.VOICE]
        assert {row.text for row in session.scalars(select(Answer))} == {"my dog"}


def test_where_only_drawings_are_taken_it_is_the_picture_of_one(
    client, database, settings, twilio, asked
) -> None:
    settings = dataclasses.replace(settings, media=("draw",))
    came(client, settings, asked, "", twilio.picture(png()))
    heard(database, settings)
    with database.reading() as session:
        assert session.scalars(select(Attachment.kind)).one() is MediaKind.DRAWING


@pytest.mark.parametrize("media", [(), ("voice",)])
def test_where_it_is_not_taken_the_truth_is_told(
    client, database, settings, twilio, asked, media
) -> None:
    settings = dataclasses.replace(settings, media=media)
    came(client, settings, asked, "", twilio.picture(png()))
    assert heard(database, settings).startswith("Thank you. We cannot take pictures or recordings")
    with database.reading() as session:
        concern = session.scalars(select(Concern)).one()
        assert "picture or recording came with this text" in concern.evidence
        assert session.scalars(select(Attachment)).all() == []
        assert session.get_one(Consultation, asked.id).waiting == FUN


def test_words_are_heard_when_the_picture_is_not_taken(
    client, database, settings, twilio, asked
) -> None:
    settings = dataclasses.replace(settings, media=())
    came(client, settings, asked, "my dog", twilio.picture(png()))
    assert "We cannot take pictures" in heard(database, settings)
    with database.reading() as session:
        assert session.scalars(select(Answer)).one().text == "my dog"


def test_who_was_thanked_today_is_told_of_a_picture_all_the_same(
    client, database, settings, twilio, asked
) -> None:
    with database.transaction() as session:
        session.get_one(Consultation, asked.id).status = ConsultationStatus.SUBMITTED
    came(client, settings, asked, "hello")
    assert heard(database, settings).startswith("Thank you. We kept what you wrote")
    for body in ("", "my dog"):
        came(client, settings, asked, body, twilio.picture(png()))
        assert heard(database, settings).startswith("Thank you. We cannot take pictures")
    with database.reading() as session:
        keys = session.scalars(select(Message.once_key).order_by(Message.id)).all()
        assert keys[-2:] == ["reply:MM1", "reply:MM1my dog"]


def test_one_that_staff_placed_is_an_answer_too(client, database, settings, twilio, asked) -> None:
    came(client, settings, asked, "", twilio.picture(png()))
    fetch_media(database, TwilioMedia(settings), settings, clock.now())
    with database.transaction() as session:
        row = session.scalars(select(Inbound)).one()
        row.state = InboundState.QUARANTINED
        staff = make_staff(session)
        session.flush()
        assert place(session, settings, row.id, Placed(asked.id, staff.id, clock.now()))
    with database.reading() as session:
        assert session.scalars(select(Attachment.question)).all() == [FUN]


def test_stop_with_a_picture_is_stop(client, database, settings, twilio, asked) -> None:
    came(client, settings, asked, "STOP", twilio.picture(png()))
    assert heard(database, settings).startswith("We have stopped")


def test_a_text_waits_for_its_picture_and_others_do_not_wait_for_it(
    client, database, settings, twilio, asked
) -> None:
    twilio.listing_faults = ["500", "drop"]
    came(client, settings, asked, "", twilio.picture(png()))
    with database.transaction() as session:
        later = InboundText("SMother", "+447700900801", "hello", clock.now())
        storing.store(session.connection(), later)
    for _ in range(2):
        assert heard(database, settings) == ""
    with database.reading() as session:
        states = select(Inbound.state).order_by(Inbound.received_at)
        waits, other = session.scalars(states).all()
        assert (waits, other) == (InboundState.RECEIVED, InboundState.QUARANTINED)
    assert heard(database, settings).startswith("Thank you, it came.")


def test_what_cannot_be_fetched_keeps_nobody_waiting_for_ever(
    client, database, settings, twilio, asked
) -> None:
    came(client, settings, asked, "", twilio.picture(png()))
    hear_waiting(database, settings, clock.now())
    later = clock.now() + media_fetching.WAIT + timedelta(seconds=1)
    assert fetch_media(database, TwilioMedia(settings), settings, later) == 0
    assert hear_waiting(database, settings, later) == 1
    with database.reading() as session:
        newest = session.scalars(select(Message).order_by(Message.id.desc())).first()
        assert "We cannot take pictures" in newest.body


class Inside(BaseHTTPRequestHandler):
    """A server of ours that nobody outside may reach, and a secret on it."""

    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(png())

    def log_message(self, *_args: object) -> None:
        """Nothing on stderr."""


@pytest.fixture
def inside() -> Iterator[str]:
    Inside.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Inside)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def fetcher(twilio: StandIn) -> TwilioMedia:
    """On the stand-in, without a database."""
    account = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN}
    given = environment("sqlite://") | account | {"TWILIO_BASE_URL": twilio.url}
    return TwilioMedia(from_environment(given | {"CONSULT_MEDIA_BYTES": "2000"}), timeout=2)


def test_no_other_host_is_ever_asked(fetcher: TwilioMedia, twilio: StandIn, inside: str) -> None:
    own = twilio.picture(png())
    here = twilio.url.removeprefix("http://")
    for address in (
        f"{inside}/secret.png", "file:///etc/passwd", "ftp://127.0.0.1/x.png", "", "//x", "http://[",
        f"http://{here}@{inside.removeprefix('http://')}/x.png", f"{twilio.url}.evil.test/x.png",
        f"https://{here}/x.png", f"http://user:pw@{here}/x.png", "http://127.0.0.1:99999/x.png",
    ):  # fmt: skip
        assert fetcher.fetch(address) is None
    twilio.store = inside
    assert fetcher.fetch(own) is None
    assert Inside.asked == []
    twilio.store = ""
    assert fetcher.fetch(own) == png()


def test_too_large_other_kinds_and_nothing_are_not_taken(fetcher, twilio: StandIn) -> None:
    assert fetcher.fetch(twilio.picture(b"x" * 2001)) is None
    assert fetcher.fetch(twilio.picture(b"x" * 2000)) == b"x" * 2000
    assert fetcher.fetch(twilio.picture(png(), "text/html")) is None
    assert fetcher.fetch(twilio.picture(b"x").replace("ME0", "ME9")) is None


@pytest.mark.parametrize("fault", ["500", "503", "429", "drop", "hang"])
def test_a_provider_in_trouble_is_asked_again(fetcher, twilio: StandIn, fault: str) -> None:
    address = twilio.picture(png())
    twilio.hang_s, twilio.listing_faults = 3, [fault]
    with pytest.raises(NotNow):
        fetcher.fetch(address)
    assert fetcher.fetch(address) == png()


def test_the_simulator_has_no_pictures(settings) -> None:
    assert make_fetcher(dataclasses.replace(settings, sms_sender="simulator")) is None
    assert isinstance(make_fetcher(settings), TwilioMedia)
