"""A page at a time, without JavaScript."""

import re

import pytest

from consult_app.channels.web.book import pages
from consult_app.channels.web.shown import field_name
from consult_app.conversation.form import Kind, Question
from consult_app.models.kinds import Channel, ConsultationStatus, Role
from consult_app.questionnaires.load import compose, load, names
from tests.channels.web.phone import Phone, answers, child_of_nine, consultation, invite, said

FORM = load("child_8_11")
OWN_WORDS = "More football.\nAnd less noise."


def an_answer(question: Question) -> str | list[str]:
    """Something that answers a question of any kind."""
    if question.kind is Kind.DATE:
        return "2027-02-03"
    if question.kind is Kind.MANY:
        return list(question.options[:2])
    return question.options[0] if question.is_chosen else OWN_WORDS


def fill(phone: Phone, form=FORM) -> None:
    """Answer all that the open page asks, and send it."""
    asked = phone.hidden(phone.at)["asked"].split()
    phone.send(phone.at, **{field_name(one): an_answer(form.by_id[one]) for one in asked})


def test_a_whole_consultation_by_form(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin(skin="form")
    for _ in range(3 * len(pages(FORM))):
        if phone.at == "/answer/check":
            break
        fill(phone)
    phone.send("/answer/send")
    assert phone.at == "/answer/thanks"
    stored = said(session, consultation_id)
    assert stored["home"] == "5"
    assert stored["home.like"] == OWN_WORDS
    assert stored["health"] == " ".join(FORM.by_id["health"].options[:2])
    asked = consultation(session, consultation_id)
    assert asked.status is ConsultationStatus.SUBMITTED
    assert asked.channel_begun is Channel.WEB_FORM


@pytest.mark.parametrize("tag", ["ar", "ti"])
@pytest.mark.parametrize("name", [name for name in names() if name != "unaccompanied"])
def test_every_form_in_every_language_to_its_end(app, database, name, tag):
    modules = "unaccompanied:1" if name.startswith("child") else ""
    role = Role(load(name).role)
    form = compose(name, 1, modules.split())
    _, phone = invite(app, database, role=role, questionnaire=name, modules=modules, language=tag)
    phone.begin(tag, skin="form")
    for _ in range(4 * len(pages(form))):
        if phone.at == "/answer/check":
            break
        fill(phone, form)
    assert phone.at == "/answer/check"
    phone.send("/answer/send")


def test_an_empty_page_is_a_page_of_skips(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin(skin="form")
    phone.send(phone.at, helper="me")
    stored = said(session, consultation_id)
    assert stored.pop("helper") == "me"
    assert set(stored.values()) == {None}


def test_bad_input_is_named_at_its_field_and_nothing_is_lost(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin(skin="form")
    phone.send(phone.at, status=422, home="9", home__like=OWN_WORDS)
    assert "who is telling us" in phone.html
    assert "Please tap one of the answers" in phone.html
    assert "And less noise." in phone.html
    assert said(session, consultation_id) == {}


@pytest.mark.parametrize("day", ["31/02/2027", "soon", "2027-13-01"])
def test_a_day_that_is_none(app, database, day):
    _, phone = invite(app, database, role=Role.CARER)
    form = load("carer")
    page = next(n for n, qs in enumerate(pages(form)) if any(q.id == "health.visit" for q in qs))
    phone.begin(skin="form")
    phone.get(f"/answer/form/{page}")
    phone.send(phone.at, health__visit="yes", **({} if page else {"helper": "me"}))
    assert "health.date" in phone.hidden(phone.at)["asked"]
    phone.send(phone.at, status=422, health__visit="yes", health__date=day, helper="me")
    assert "not a date we can read" in phone.html
    phone.send(phone.at, health__visit="yes", health__date="3/2/2027", helper="me")


def test_an_answer_that_opens_a_question_shows_it_on_the_same_page(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin(skin="form")
    phone.send(phone.at, helper="me", feel="1")
    assert phone.at == "/answer/form/0"
    assert "feel.more" in phone.hidden(phone.at)["asked"]
    assert "one more thing to ask" in phone.html


def test_the_same_page_twice_counts_once(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin(skin="form")
    sent = phone.hidden(phone.at) | {"helper": "me", "feel": "5"}
    for _ in range(2):
        assert phone.client.post(phone.at, data=sent).status_code == 303
    rows = [row.code for row in answers(session, consultation_id) if row.question == "feel"]
    assert rows == ["5"]


def test_narrowing_and_widening_on_the_form(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin(skin="form")
    phone.send(phone.at, helper="me", feel="5", feel__who="iro")
    phone.get("/answer/form/0")
    assert re.search(r'name="feel-who" value="iro" checked', phone.html)
    phone.send(phone.at, helper="me", feel="5", feel__who="meeting")
    rows = [row for row in answers(session, consultation_id) if row.question == "feel"]
    assert [row.audience for row in rows] == ["iro", "meeting"]


def test_answers_of_an_earlier_visit_stay_covered_and_unharmed(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin(skin="form")
    phone.send(phone.at, helper="me", feel="5", home__like=OWN_WORDS)
    again = Phone(app.test_client(), phone.token)
    again.begin(skin="form")
    again.get("/answer/form/0")
    assert "And less noise." not in again.html
    assert "home.like" not in again.hidden(again.at)["asked"]
    again.send(again.at)
    assert said(session, consultation_id)["home.like"] == OWN_WORDS
    again.get("/answer/form/0?open=home.like")
    assert "And less noise." not in again.html
    again.send(again.at)
    assert said(session, consultation_id)["home.like"] == OWN_WORDS
    again.get("/answer/form/0?open=home.like")
    again.send(again.at, home__like="Only the garden.")
    assert said(session, consultation_id)["home.like"] == "Only the garden."


def test_changing_language_midway_keeps_the_page(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin(skin="form")
    phone.send(phone.at, helper="me", home__like="unsaved", l="ar")
    assert '<html lang="ar" dir="rtl">' in phone.html
    assert "unsaved" in phone.html
    assert said(session, consultation_id) == {}


def test_begun_by_chat_and_finished_by_form_is_one_set_of_answers(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    phone.get("/answer/way")
    phone.send("/answer/way", skin="form", depth="full")
    phone.send(phone.at, helper="me", feel="4")
    rows = {r.question: r.channel for r in answers(session, consultation_id) if r.code}
    assert rows == {"helper": Channel.WEB_CHAT, "feel": Channel.WEB_FORM}
    assert said(session, consultation_id)["feel"] == "4"
