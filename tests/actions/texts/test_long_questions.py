"""A question whose choices are too long for a text is asked with a link."""

import pytest
from sqlalchemy import select

from consult_app import clock, language
from consult_app.actions.doors import links
from consult_app.actions.inviting import spoken
from consult_app.actions.inviting.lean import leanest
from consult_app.actions.inviting.spoken import MOST_PARTS, Spoken, Voice, phrase
from consult_app.conversation.answers import Asked
from consult_app.conversation.form import Depth
from consult_app.models.answer import Answer
from consult_app.models.kinds import Role
from consult_app.outbox.segments import measure
from consult_app.questionnaires.load import load, names
from tests.actions.texts.phones import Phone
from tests.factories import make_consultation

language.load()
IN_ENGLISH = {"education", "health"}
"""Those whom professionals answer, who are asked in English."""
LINK = "https://say.westmere.example/r/abcdefghijklmnopqrstuv"
LONGEST_LANGUAGE = "vi"


@pytest.mark.parametrize("tag", [one.tag for one in language.languages()])
def test_no_question_takes_more_than_two_parts(settings, tag: str) -> None:
    voice, now = Voice(tag, young=True), clock.now()
    linked = 0
    for name in sorted(set(names()) - IN_ENGLISH):
        form = load(name).at(Depth.SHORT)
        said = Spoken(form, voice, settings, now, link=lambda: LINK)
        for question in form.questions:
            words = phrase(Asked(question.id), said)
            linked += LINK in words
            words = leanest(words, words.removesuffix("\n" + voice.say("hint.text")))
            assert measure(words).segments <= MOST_PARTS, (question.id, words)
    assert linked < 12, "by text means by text, but for the few that are too long"


@pytest.fixture
def carer(session):
    return make_consultation(session, role=Role.CARER, language=LONGEST_LANGUAGE)


@pytest.fixture
def phone(session, settings, carer) -> Phone:
    return Phone(session, settings, carer.person.mobile)


def ask_by_link(phone: Phone) -> str:
    """Answer until a question comes with a link."""
    reply = phone.send("1")
    for _ in range(12):
        if "/r/" in reply:
            return reply
        reply = phone.send("1")
    raise AssertionError("no question came with a link")


def test_the_link_leads_to_that_question(session, settings, phone, carer) -> None:
    reply = ask_by_link(phone)
    asked = phone.waiting()[-1].asks
    address = reply.splitlines()[-1]
    opened = links.open_door(session, address.rsplit("/", 1)[1], clock.now())
    assert opened is not None
    assert opened.consultation.id == carer.id
    assert carer.waiting == asked
    assert address.startswith(settings.public_url)


def test_a_number_by_text_still_answers_it(session, phone, carer) -> None:
    ask_by_link(phone)
    asked = phone.waiting()[-1].asks
    phone.send("1")
    said = session.scalars(select(Answer).where(Answer.question == asked)).one()
    assert said.code == load("carer").by_id[asked].options[0]
    assert carer.waiting != asked


def test_who_answers_in_other_words_gets_the_choices(phone, carer) -> None:
    ask_by_link(phone)
    question = load("carer").by_id[phone.waiting()[-1].asks]
    reply = phone.send("zzzz")
    assert reply.endswith(spoken.question(question, Voice(LONGEST_LANGUAGE)))
    assert "/r/" not in reply
