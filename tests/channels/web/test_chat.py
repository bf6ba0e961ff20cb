"""One question at a time, without JavaScript."""

import re

import pytest

from consult_app.models.concern import Concern
from consult_app.models.kinds import Channel, ConsultationStatus
from consult_app.questionnaires.load import load
from tests.channels.web.phone import Phone, answers, child_of_nine, consultation, said

FORM = load("child_8_11")
OWN_WORDS = "I like my room, and the dog."


def waiting(phone: Phone) -> str:
    """The question that is open."""
    return phone.hidden("/answer/q")["question"]


def answer_all(phone: Phone) -> int:
    """Answer every question that comes, first option or own words; how many they were."""
    count = 0
    while phone.at == "/answer/q":
        question = FORM.by_id[waiting(phone)]
        phone.say("1" if question.is_chosen else OWN_WORDS)
        count += 1
    return count


def test_a_whole_consultation_by_chat(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    count = answer_all(phone)
    assert phone.at == "/answer/check"
    phone.send("/answer/send")
    assert phone.at == "/answer/thanks"
    assert "Jo" in phone.html
    stored = said(session, consultation_id)
    assert len(stored) == count
    assert stored["home"] == "5"
    assert stored["home.like"] == OWN_WORDS
    asked = consultation(session, consultation_id)
    assert asked.status is ConsultationStatus.SUBMITTED
    assert asked.channel_begun is asked.channel_finished is Channel.WEB_CHAT


def test_the_short_version_asks_ten_questions_at_most(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin(depth="short")
    assert 5 <= answer_all(phone) <= 10


def test_coming_back_on_the_same_link_goes_on(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    phone.say("2")
    left_at = waiting(phone)
    again = Phone(app.test_client(), phone.token)
    again.open()
    assert again.at == "/answer/q"
    assert waiting(again) == left_at
    again.say("1")
    assert len(said(session, consultation_id)) == 3


def test_what_was_said_before_is_covered_on_return(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    answer_all(phone)
    assert OWN_WORDS in phone.html
    again = Phone(app.test_client(), phone.token)
    again.open()
    again.get("/answer/check")
    assert OWN_WORDS not in again.html
    assert "Answered before" in again.html
    again.get(f"/answer/q/{FORM.questions.index(FORM.by_id['home.like'])}")
    assert waiting(again) == "home.like"
    assert OWN_WORDS not in again.html
    again.get(f"/answer/form/0?open={FORM.by_id['home'].id}")
    assert OWN_WORDS not in again.html


def test_a_double_tap_counts_once(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    sent = phone.hidden("/answer/q") | {"text": "1"}
    for _ in range(3):
        assert phone.client.post("/answer/q", data=sent).status_code == 303
    rows = answers(session, consultation_id)
    assert [(row.question, row.code) for row in rows] == [("helper", "me")]


def test_an_old_page_answers_its_own_question(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    old = phone.hidden("/answer/q")
    phone.say("1")
    phone.client.post("/answer/q", data=old | {"text": "4", "id": "another"})
    assert said(session, consultation_id)["feel"] == "2"


def test_skip_and_back(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    phone.say("skip")
    assert "That is fine. Next one." in phone.html
    assert said(session, consultation_id)["feel"] is None
    phone.get(re.search(r'href="(/answer/q/\d+)"', phone.html)[1])
    assert waiting(phone) == "feel"
    phone.say("2")
    assert said(session, consultation_id)["feel"] == "4"


@pytest.mark.parametrize("text", ["17", "-1", "bananas", "", "<script>alert(1)</script>"])
def test_what_cannot_be_an_answer_is_asked_again_kindly(app, database, session, text):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.send("/answer/q", text=text, status=422)
    assert "Please tap one of the answers" in phone.html
    assert waiting(phone) == "helper"
    assert said(session, consultation_id) == {}


def test_who_is_filling_this_in_cannot_be_skipped(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    assert 'value="skip"' not in phone.html
    phone.send("/answer/q", text="skip", status=422)
    assert "who is telling us" in phone.html


def test_a_child_can_narrow_who_may_see_an_answer(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    assert "may say this at the meeting" in phone.html
    phone.say("1", who="iro")
    assert answers(session, consultation_id)[-1].audience == "iro"
    phone.get("/answer/check")
    assert "Only your reviewing officer reads this" in phone.html


def test_an_unsafe_answer_calls_a_person_and_says_so(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    while waiting(phone) != "home.safe":
        phone.say("1" if FORM.by_id[waiting(phone)].is_chosen else "skip")
    phone.say("2")
    assert "call 999" in phone.html
    concern = session.query(Concern).filter_by(consultation_id=consultation_id).one()
    assert concern.question == "home.safe"


def test_changing_language_midway_keeps_what_is_being_written(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    while FORM.by_id[waiting(phone)].is_chosen:
        phone.say("1")
    question = waiting(phone)
    phone.say("half a thought", l="ti")
    assert '<html lang="ti" dir="ltr">' in phone.html
    assert "half a thought" in phone.html
    assert waiting(phone) == question
    assert question not in said(session, consultation_id)
    phone.send("/answer/q", text="half a thought", l="ar")
    phone.say("a whole thought")
    row = answers(session, consultation_id)[-1]
    assert (row.text, row.language) == ("a whole thought", "ar")


def test_language_can_change_at_every_question_and_nothing_is_lost(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    tags, count = ["ar", "ti", "en-GB", "ti", "ar", "en-GB"], 0
    while phone.at == "/answer/q":
        question, tag = FORM.by_id[waiting(phone)], tags[count % len(tags)]
        phone.say("2", l=tag)
        assert f'<html lang="{tag}"' in phone.html
        assert waiting(phone) == question.id
        phone.say("1" if question.is_chosen else OWN_WORDS)
        count += 1
    rows = answers(session, consultation_id)
    assert len(rows) == count
    assert {row.language for row in rows} == {"ar", "ti", "en-GB"}


def test_help_and_stop_are_heard(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("help")
    assert phone.at == "/our-numbers"
    assert "0800 1111" in phone.html
    phone.get("/answer/q")
    phone.say("stop")
    assert phone.at == "/answer/paused"


def test_changing_an_answer_leads_back_to_the_check(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    phone.say("1")
    phone.get("/answer/check")
    link = f"/answer/q/{FORM.questions.index(FORM.by_id['feel'])}?then=check"
    assert f'href="{link}"' in phone.html
    phone.get(link)
    phone.say("5")
    assert phone.at == "/answer/check"
    assert said(session, consultation_id)["feel"] == "1"


def test_a_choice_that_stands_alone_is_the_whole_answer(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    data = phone.hidden("/answer/q") | {"question": "health", "text": ["1", "2"], "alone": "9"}
    phone.client.post("/answer/q", data=data)
    assert [row.code for row in answers(session, consultation_id)][-1] == "fine"
