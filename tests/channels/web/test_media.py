"""Drawing, a photo and a voice note on a phone without JavaScript."""

import re
from dataclasses import replace
from io import BytesIO

import pytest

from consult_app import config
from consult_app.app import create_app
from consult_app.models.attachment import Attachment
from consult_app.questionnaires.load import load
from tests.actions.answering.picture_files import SECRET, jpeg, png
from tests.channels.web.phone import answers, child_of_nine, said

FORM = load("child_8_11")
FUN = FORM.questions.index(FORM.by_id["fun"])


@pytest.fixture
def app(database, settings):
    """A service whose authority allows every way of answering."""
    app = create_app(replace(settings, media=("draw", "photo", "voice")))
    app.config["TESTING"] = True
    yield app
    app.extensions["consult_database"].engine.dispose()


@pytest.fixture
def asked(app, database):
    """A child at the first question, and the consultation's id."""
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    return consultation_id, phone


def send(phone, way, data, *, status=200, **fields):
    """Send a file from the page of one way."""
    phone.get(f"/answer/{way}/{FUN}")
    return phone.send(
        f"/answer/{way}/{FUN}", file=(BytesIO(data), "a file"), status=status, **fields
    )


@pytest.mark.parametrize(
    ("way", "data", "code", "words"),
    [
        ("draw", png(), "drawing", "Your drawing is sent"),
        ("photo", jpeg(), "photo", "Your photo is sent"),
        ("voice", b"OggS sound", "voice", "Your recording is sent"),
    ],
)
def test_each_way_is_an_answer(asked, session, way, data, code, words):
    consultation_id, phone = asked
    assert words in send(phone, way, data)
    assert phone.at == "/answer/q"
    assert said(session, consultation_id)["fun"] == code
    assert SECRET not in session.query(Attachment).one().content
    session.rollback()


def test_a_question_offers_its_ways_and_what_was_written_is_kept(asked, session):
    consultation_id, phone = asked
    page = phone.get(f"/answer/q/{FUN}")
    for words in ("Draw it", "Send a photo", "Say it out loud", "Listen"):
        assert words in page
    page = phone.say("I like", way=f"draw/{FUN}")
    assert phone.at == f"/answer/draw/{FUN}"
    assert said(session, consultation_id)["fun"] == "I like"


def test_it_is_said_who_sees_it_and_it_can_be_kept_between_two(asked, session):
    consultation_id, phone = asked
    page = phone.get(f"/answer/draw/{FUN}")
    assert "may say this at the meeting" in page
    send(phone, "draw", png(), narrow="1")
    assert answers(session, consultation_id)[-1].audience == "iro"
    assert "Only your reviewing officer reads this" in phone.get(f"/answer/draw/{FUN}")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing to send yet"),
        (b"%PDF-1.7", "cannot open this kind of file"),
    ],
)
def test_what_cannot_be_taken_is_said_kindly(asked, session, data, words):
    consultation_id, phone = asked
    assert words in send(phone, "photo", data, status=422)
    assert said(session, consultation_id) == {}


def test_what_is_too_large_is_said_kindly(asked, session):
    consultation_id, phone = asked
    phone.get(f"/answer/photo/{FUN}")
    large = png() + bytes(5 * 1024 * 1024)
    data = phone.hidden(f"/answer/photo/{FUN}") | {"file": (BytesIO(large), "a file")}
    with phone.client.post(f"/answer/photo/{FUN}", data=data) as reply:
        assert reply.status_code == 422
        assert "too big to send" in reply.text
        reply.request.environ["wsgi.input"].close()
    assert said(session, consultation_id) == {}


def test_what_is_larger_than_any_page_may_send_is_said_kindly(asked):
    _, phone = asked
    phone.get(f"/answer/photo/{FUN}")
    data = phone.hidden(f"/answer/photo/{FUN}") | {"file": (BytesIO(bytes(9 << 20)), "a file")}
    with phone.client.post(f"/answer/photo/{FUN}", data=data) as reply:
        assert reply.status_code == 413
        assert "too big to send" in reply.text
        reply.request.environ["wsgi.input"].close()


def test_what_was_sent_can_be_taken_back(asked, session):
    consultation_id, phone = asked
    send(phone, "draw", png())
    assert "You sent a drawing" in phone.get(f"/answer/draw/{FUN}")
    page = phone.send(f"/answer/draw/{FUN}/back")
    assert "taken back" in page
    assert said(session, consultation_id)["fun"] is None


def test_checking_says_that_something_was_sent(asked):
    _, phone = asked
    send(phone, "draw", png())
    assert "You sent a drawing" in phone.get("/answer/check")


def test_the_form_leads_there_and_back(asked, session):
    _, phone = asked
    for number in range(20):
        page = phone.get(f"/answer/form/{number}")
        if f"draw/{FUN}" in page:
            break
    phone.send(f"/answer/form/{number}", way=f"draw/{FUN}")
    assert phone.at == f"/answer/draw/{FUN}"
    assert f'href="/answer/form/{number}#q-fun"' in phone.html
    phone.send(f"/answer/draw/{FUN}", file=(BytesIO(png()), "a file"))
    assert phone.at == f"/answer/form/{number}"
    assert "Your drawing is sent" in phone.html


def test_an_authority_that_allows_nothing_offers_nothing(app, database):
    app.extensions["consult_settings"] = replace(app.extensions["consult_settings"], media=())
    app.jinja_env.globals["allowed_media"] = ()
    _, phone = child_of_nine(app, database)
    phone.begin()
    assert "Draw it" not in phone.get(f"/answer/q/{FUN}")
    phone.get(f"/answer/draw/{FUN}")
    assert phone.at == "/answer/q"


@pytest.mark.parametrize(
    ("set_to", "allowed"),
    [("draw, voice", ("draw", "voice")), ("", ()), (None, ("draw",))],
)
def test_the_authority_says_what_is_allowed(set_to, allowed):
    given = {"CONSULT_ENV": "test"} | ({} if set_to is None else {"CONSULT_MEDIA": set_to})
    assert config.from_environment(given).media == allowed


def test_a_way_that_is_not_known_is_refused_at_the_start():
    with pytest.raises(config.BadSettings, match="CONSULT_MEDIA"):
        config.from_environment({"CONSULT_ENV": "test", "CONSULT_MEDIA": "draw,video"})


def test_a_question_without_extras_has_no_other_way(asked):
    _, phone = asked
    phone.get("/answer/draw/0")
    assert phone.at == "/answer/q"
    phone.get("/answer/draw/999")
    assert phone.at == "/answer/q"


def test_only_where_one_speaks_may_the_microphone_be_used(asked):
    _, phone = asked
    policy = {
        way: phone.client.get(f"/answer/{way}/{FUN}").headers["Permissions-Policy"]
        for way in ("draw", "photo", "voice")
    }
    assert "microphone=()" in policy["draw"]
    assert "microphone=()" in policy["photo"]
    assert "microphone=(self)" in policy["voice"]
    page = phone.client.get(f"/answer/voice/{FUN}")
    assert "media-src 'self' blob:" in page.headers["Content-Security-Policy"]
    assert re.search(r'<script nonce="[\w-]+" src="/static/media', page.text)


@pytest.mark.parametrize("tag", ["en-GB", "ar", "ti", "en-GB-x-easy"])
def test_the_pages_hold_together_in_every_language(app, database, tag):
    _, phone = child_of_nine(app, database)
    phone.begin(tag)
    for way in ("draw", "photo", "voice", "listen"):
        assert f'lang="{tag}"' in phone.get(f"/answer/{way}/{FUN}")
