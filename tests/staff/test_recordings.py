"""Uploading voices, and what of pictures and sounds an officer sees."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult_app.actions.answering import talk
from consult_app.actions.answering.attachments import Media, examined
from consult_app.conversation.form import Audience
from consult_app.db import Database
from consult_app.models.attachment import Attachment
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, MediaKind
from consult_app.models.recording import Recording
from tests.actions.answering.picture_files import png
from tests.house_check import check_page
from tests.staff.conftest import CANARY, House

CHOSEN = {"form": "child_8_11", "language": "ti", "question": "home"}


@pytest.fixture
def support(house: House, enter: Callable[[str], FlaskClient]) -> FlaskClient:
    """Business support, signed in."""
    return enter("support")


def upload(client: FlaskClient, data: bytes, status: int = 303) -> str:
    """Send a recording of one question."""
    reply = client.post("/staff/recordings", data=CHOSEN | {"file": (BytesIO(data), "x.ogg")})
    assert reply.status_code == status
    return reply.text


def test_the_table_counts_and_the_questions_are_listed(support: FlaskClient) -> None:
    page = support.get("/staff/recordings?form=child_8_11&language=ti").text
    check_page(page, respondent=False)
    assert "0 of" in page
    assert "Not recorded yet" in page


def test_what_is_uploaded_is_counted_and_can_be_heard(
    support: FlaskClient, database: Database
) -> None:
    upload(support, b"OggS first")
    page = support.get("/staff/recordings?form=child_8_11&language=ti").text
    assert "1 of" in page
    with database.reading() as session:
        address = f"/voice/{session.query(Recording).one().hash}"
    assert address in page
    assert support.get(address).data == b"OggS first"
    upload(support, b"OggS second")
    assert address not in support.get("/staff/recordings?form=child_8_11&language=ti").text


def test_a_recording_of_other_words_asks_to_be_made_anew(
    support: FlaskClient, database: Database
) -> None:
    upload(support, b"OggS first")
    with database.transaction() as session:
        session.query(Recording).one().words_hash = "of other words"
    page = support.get("/staff/recordings?form=child_8_11&language=ti").text
    assert "not played any more" in page
    assert "1 of" not in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Choose a file"),
        (b"MZ", "not a WAV"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_question(
    support: FlaskClient, data: bytes, words: str
) -> None:
    page = upload(support, data, 422)
    assert words in page
    check_page(page, respondent=False)


def send(session: talk.Session, house: House, question: str, audience: Audience | None) -> str:
    """A drawing sent as an answer; its key."""
    asked = session.get_one(Consultation, house.consultation)
    drawing = examined(MediaKind.DRAWING, png())
    assert isinstance(drawing, Media)
    source = talk.Source(Channel.WEB_CHAT, question, question=question, audience=audience)
    talk.attach(session, asked, drawing, source)
    session.flush()
    return session.query(Attachment).filter_by(question=question).one().key


def test_the_officer_sees_and_prints_what_was_drawn(
    house: House, database: Database, enter: Callable[[str], FlaskClient]
) -> None:
    with database.transaction() as session:
        key = send(session, house, "fun.try", None)
    page = enter("own").get(f"/staff/review/{house.review}").text
    check_page(page, respondent=False)
    assert f'<img src="/staff/attachment/{key}"' in page
    assert f'src="/staff/attachment/{house.attachment}"' in page
    drawn = enter("own").get(f"/staff/attachment/{key}")
    assert (drawn.mimetype, drawn.data) == ("image/png", png(notes=False))
    assert drawn.headers["Cache-Control"] == "no-store"


def test_what_is_for_the_officer_alone_is_not_read_out(
    house: House, database: Database, enter: Callable[[str], FlaskClient]
) -> None:
    with database.transaction() as session:
        aloud = send(session, house, "fun.try", None)
        alone = send(session, house, "identity", Audience.IRO)
    page = enter("own").get(f"/staff/review/{house.review}/read-out").text
    assert aloud in page
    assert alone not in page
    assert alone in enter("own").get(f"/staff/review/{house.review}").text


def test_what_was_taken_back_opens_for_nobody(
    house: House, database: Database, enter: Callable[[str], FlaskClient]
) -> None:
    client = enter("own")
    address = f"/staff/attachment/{house.attachment}"
    assert CANARY.encode() in client.get(address).data
    with database.transaction() as session:
        asked = session.get_one(Consultation, house.consultation)
        source = talk.Source(Channel.WEB_CHAT, "back", question="working")
        talk.take_back(session, asked, source)
    assert client.get(address).status_code == 404
    assert house.attachment not in client.get(f"/staff/review/{house.review}").text


def test_nobody_opens_it_without_signing_in(app: Flask, house: House) -> None:
    reply = app.test_client().get(f"/staff/attachment/{house.attachment}")
    assert reply.status_code == 302
    assert CANARY.encode() not in reply.data
