"""Read to me, on a phone without JavaScript: a recorded voice, or why there is none."""

import re

from consult_app import language
from consult_app.actions.answering import recordings
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Reading
from consult_app.questionnaires.load import load
from tests.channels.web.phone import child_of_nine
from tests.channels.web.test_budget import STATEMENTS, counted
from tests.factories import make_staff

FORM = load("child_8_11")
HOME = FORM.questions.index(FORM.by_id["home"])
SOUND = b"OggS a person reading"
PLAYED = re.compile(r"<a [^>]*data-aloud")
"""What the page's script plays as soon as the question stands."""


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


def who_speaks(database, consultation_id, **what):
    """Say how the person of a consultation reads and what they speak."""
    with database.transaction() as session:
        person = session.get_one(Consultation, consultation_id).person
        for name, value in what.items():
            setattr(person, name, value)


def test_who_does_not_read_easily_finds_listening_chosen(app, database):
    consultation_id, phone = child_of_nine(app, database)
    phone.open()
    assert not re.search(r'name="aloud" value="1" checked', phone.get("/answer/way"))
    who_speaks(database, consultation_id, reading=Reading.NOT)
    assert re.search(r'name="aloud" value="1" checked', phone.get("/answer/way"))


def test_aloud_marks_the_question_to_be_played_and_can_be_left_out(app, database):
    _, phone = child_of_nine(app, database)
    assert not PLAYED.search(phone.begin())
    phone.get("/answer/way")
    page = phone.send("/answer/way", skin="chat", depth="full", aloud="1")
    assert len(PLAYED.findall(page)) == 1
    phone.get("/answer/way")
    assert not PLAYED.search(phone.send("/answer/way", skin="chat", depth="full"))


def test_both_languages_are_offered_the_spoken_one_is_played(app, database):
    record(database, "ti")
    consultation_id, phone = child_of_nine(app, database)
    who_speaks(database, consultation_id, language_read="ar", language_spoken="Tigrinya")
    phone.open()
    offered = re.findall(r'name="l" value="([^"]+)"', phone.get("/answer/language"))
    assert offered[:2] == ["ar", "ti"]
    assert len(offered) == len(set(offered)) == len(language.languages())
    phone.begin("ar")
    phone.get("/answer/way")
    phone.send("/answer/way", skin="chat", depth="full", aloud="1")
    page = phone.get(f"/answer/q/{HOME}")
    links = re.findall(r'<a class="quiet listen" href="([^"]+)"[^>]*?(data-aloud)?>', page)
    assert links == [
        (f"/answer/listen/{HOME}", ""),
        (f"/answer/listen/{HOME}?in=ti", "data-aloud"),
    ]
    assert '<span lang="ti" dir="ltr">ትግርኛ</span>' in page, "the question stays in its own language"
    heard = phone.get(f"/answer/listen/{HOME}?in=ti")
    assert 'lang="ti"' in heard
    assert "<audio" in heard
    assert language.question_words(FORM.by_id["home"], "ti") in heard


def test_a_language_that_nobody_offers_is_not_listened_in(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    assert 'lang="en-GB"' in phone.get(f"/answer/listen/{HOME}?in=xx")
