"""One transcript over every channel ends in the same answers: channels are only adapters."""

import pytest
from sqlalchemy import select

from consult_app.actions.answering import talk
from consult_app.models.answer import Answer
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, ConsultationStatus
from tests import transcript
from tests.across.players import Browser, Phone, concerns, invited

EVERY = pytest.mark.parametrize("played", transcript.ALL, ids=lambda played: played.name)


def stands(database, consultation_id):
    """The answers that stand, and who called for a person."""
    with database.reading() as session:
        asked = session.get_one(Consultation, consultation_id)
        return talk.current(session, asked).state, concerns(session, consultation_id)


def begun(database, played, number):
    with database.transaction() as session:
        return invited(session, played, number).id


@EVERY
def test_by_text(played, database, settings):
    phone = Phone(database, settings)
    consultation = begun(database, played, phone.number)
    phone.say("1")
    for _, said in played.turns:
        phone.say(said)
    state, raised = stands(database, consultation)
    assert state.answers == played.answers
    assert tuple(raised) == played.concerns
    with database.reading() as session:
        asked = session.get_one(Consultation, consultation)
        assert asked.status is ConsultationStatus.SUBMITTED
        assert asked.channel_finished is Channel.SMS


@EVERY
def test_by_web_chat(played, app, database):
    consultation = begun(database, played, "+447700900111")
    browser = Browser(app, database, consultation)
    browser.begin("chat", played.depth)
    for asked, said in played.turns:
        browser.say(asked, said)
    state, raised = stands(database, consultation)
    assert state.answers == played.answers
    assert tuple(raised) == played.concerns
    assert browser.at == "/answer/check"


@EVERY
def test_by_web_form(played, app, database):
    consultation = begun(database, played, "+447700900112")
    browser = Browser(app, database, consultation)
    browser.begin("form", played.depth)
    browser.fill(played.answers)
    state, raised = stands(database, consultation)
    assert state.answers == played.answers
    assert set(raised) == {c for c in played.concerns if " help " not in c}
    browser.post("/answer/send", {})
    with database.reading() as session:
        assert session.get_one(Consultation, consultation).status is ConsultationStatus.SUBMITTED


def test_begun_by_text_in_tigrinya_continued_on_the_web_finished_by_text(app, database, settings):
    """One set of answers, each with the channel and the language it came in."""
    played = next(each for each in transcript.ALL if each.name == "child_12_15.ti")
    phone = Phone(database, settings)
    consultation = begun(database, played, phone.number)
    phone.say("1")
    for _, said in played.turns[:4]:
        phone.say(said)
    browser = Browser(app, database, consultation)
    for asked, said in played.turns[4:9]:
        browser.say(asked, said)
    browser.post("/answer/language", {"l": "en-GB"})
    browser.say("advocate", "yes")
    phone.say("ትግርኛ")
    for _, said in played.turns[10:]:
        phone.say(said)
    state, _ = stands(database, consultation)
    assert state.answers == played.answers
    with database.reading() as session:
        rows = session.scalars(select(Answer).order_by(Answer.id)).all()
        came = [(row.question, row.channel, row.language) for row in rows]
        asked = session.get_one(Consultation, consultation)
    channels = [Channel.SMS] * 4 + [Channel.WEB_CHAT] * 6 + [Channel.SMS] * 3
    languages = ["ti"] * 9 + ["en-GB"] + ["ti"] * 3
    questions = [question for question, _ in played.turns]
    assert came == list(zip(questions, channels, languages, strict=True))
    assert asked.status is ConsultationStatus.SUBMITTED
    assert (asked.channel_begun, asked.channel_finished) == (Channel.SMS, Channel.SMS)
