"""What a page gets to go on without a line, and what becomes of an answer that comes late."""

from datetime import timedelta

from consult_app import clock
from tests.channels.web.phone import answers, child_of_nine, said
from tests.channels.web.test_lock import place


def keys(phone):
    """The keys that a page gets now."""
    return phone.client.get("/answer/kept").json


def test_the_key_is_for_this_person_and_for_a_day(app, database, monkeypatch):
    _, phone = child_of_nine(app, database)
    _, other = child_of_nine(app, database)
    phone.begin()
    other.begin()
    first = keys(phone)
    assert len(first["keys"]) == 2
    assert not set(first["keys"]) & set(keys(other)["keys"])
    assert first["whose"] != keys(other)["whose"]
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=1))
    assert keys(phone)["keys"][1] == first["keys"][0]
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=2))
    assert not set(first["keys"]) & set(keys(phone)["keys"])


def test_another_visit_has_the_same_key_and_another_mark(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    first = keys(phone)
    phone.open()
    again = keys(phone)
    assert again["keys"] == first["keys"]
    assert again["visit"] != first["visit"]


def test_without_a_visit_there_is_no_key(client):
    assert client.get("/answer/kept").status_code == 404
    assert client.get("/answer/ahead").status_code == 404


def test_ahead_are_the_unanswered_questions_that_everybody_meets(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin("ar")
    phone.say("1")
    html = phone.client.get("/answer/ahead").text
    assert '<html lang="ar" dir="rtl">' in html
    assert 'data-q="home"' in html
    assert 'data-q="helper"' not in html
    assert 'data-q="home.safe.more"' not in html


def test_an_answer_to_what_is_asked_no_more_is_never_put_down_as_another(app, database, session):
    """The line returns after the person changed, elsewhere, the answer that it hung on."""
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    for safe in ("2", "1"):
        phone.get(f"/answer/q/{place(phone, 'home.safe')}")
        phone.say(safe)
        if safe == "2":
            phone.get(f"/answer/q/{place(phone, 'home.safe.more')}")
            late = phone.hidden("/answer/q") | {"text": "I hid under the stairs"}
    phone.client.post("/answer/q", data=late)
    assert said(session, consultation_id) == {
        "helper": "me",
        "home.safe": "yes",
        "home.safe.more": "I hid under the stairs",
    }


def test_what_was_kept_and_sent_twice_counts_once(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    kept = phone.hidden("/answer/q") | {"text": "1", "kept": keys(phone)["visit"]}
    for _ in range(3):
        phone.client.post("/answer/q", data=kept)
    assert len(answers(session, consultation_id)) == 1
