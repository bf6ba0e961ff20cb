"""Read to me, on a phone without JavaScript: a recorded voice, or why there is none."""

import re

from consult_app.actions import recordings
from consult_app.questionnaires.load import load
from tests.channels.web.phone import child_of_nine
from tests.channels.web.test_budget import STATEMENTS, counted
from tests.factories import make_staff

FORM = load("child_8_11")
HOME = FORM.questions.index(FORM.by_id["home"])
SOUND = b"OggS a person reading"


def record(database, tag):
    """Upload a voice for one question."""
    with database.transaction() as session:
        staff = make_staff(session)
        recordings.keep(session, FORM.by_id["home"], tag, SOUND, staff_id=staff.id)


def test_without_a_recording_it_says_so(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    page = phone.get(f"/answer/listen/{HOME}")
    assert "no recorded voice for this language" in page
    assert "No voice for this language on this phone yet" in page
    assert "<audio" not in page


def test_a_recorded_voice_is_played_in_its_language(app, database):
    record(database, "ti")
    _, phone = child_of_nine(app, database)
    phone.begin("ti")
    page = phone.get(f"/answer/listen/{HOME}")
    address = re.search(r'<audio controls preload="none" src="(/voice/[0-9a-f]{64})"', page)[1]
    with phone.client.get(address) as sound:
        assert sound.data == SOUND
        assert sound.mimetype == "audio/ogg"
        assert "immutable" in sound.headers["Cache-Control"]
    with phone.client.get(address, headers={"Range": "bytes=0-3"}) as part:
        assert (part.status_code, part.data) == (206, b"OggS")


def test_an_unknown_voice_is_not_kept_by_anyone(client):
    reply = client.get("/voice/0")
    assert reply.status_code == 404
    assert "max-age" not in reply.headers.get("Cache-Control", "")


def test_every_question_offers_to_be_read(app, database):
    _, phone = child_of_nine(app, database)
    page = phone.begin()
    assert 'href="/answer/listen/0"' in page
    page = phone.get("/answer/form/0")
    offered = re.findall(r'href="/answer/listen/(\d+)\?from=/answer/form/0"', page)
    assert len(offered) >= 3


def test_back_leads_to_where_one_was(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    assert 'href="/answer/q/0"' in phone.get("/answer/listen/0")
    assert 'href="/answer/form/0#q-helper"' in phone.get("/answer/listen/0?from=/answer/form/0")
    assert 'href="/answer/q/0"' in phone.get("/answer/listen/0?from=https://elsewhere.example/")


def test_listening_needs_few_statements(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    with counted(app) as seen:
        phone.client.get(f"/answer/listen/{HOME}")
    assert len(seen) <= STATEMENTS
