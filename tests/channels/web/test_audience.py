"""Who may see each answer: said always, narrowed freely, widened only where the question lets it."""

import re

import pytest

from consult_app.conversation.form import WIDTH, Audience
from consult_app.questionnaires.load import load, names
from tests.channels.web.phone import Phone, answers, child_of_nine
from tests.channels.web.test_chat import waiting

FORM = load("child_8_11")
PEOPLE = ("family", "sw.", "people", "friend", "cont", "helper")


def to(phone: Phone, question: str) -> None:
    """Open one question in the chat."""
    phone.get(f"/answer/q/{FORM.questions.index(FORM.by_id[question])}")
    assert waiting(phone) == question


def offered(phone: Phone) -> list[str]:
    """Who can be chosen on the page."""
    return re.findall(r'name="who" value="(\w+)"', phone.html)


@pytest.mark.parametrize("name", names())
def test_things_about_people_and_worries_are_never_widened(name):
    for question in load(name).questions:
        if question.audience is Audience.IRO or question.concern or question.request:
            assert question.audiences[-1] is question.audience
        if question.id.startswith(PEOPLE):
            assert not question.may_widen, question.id


def test_what_is_only_counted_has_no_choice():
    counted = [q for q in FORM.questions if q.audience is Audience.COUNTED]
    assert counted
    assert all(question.audiences == (Audience.COUNTED,) for question in counted)


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        ("feel", ["iro", "iro_sw", "meeting"]),
        ("home.change", []),
        ("plan.agree", ["iro", "iro_sw", "meeting"]),
        ("advocate", ["iro", "iro_sw"]),
    ],
)
def test_the_choices_of_a_question(app, database, question, choices):
    _, phone = child_of_nine(app, database)
    phone.begin()
    to(phone, question)
    assert offered(phone) == choices
    assert "your reviewing officer" in phone.html.lower()


@pytest.mark.parametrize("wished", [one.value for one in WIDTH])
@pytest.mark.parametrize("question", ["feel", "plan.agree", "early", "home.safe"])
def test_what_is_wished_is_kept_where_it_is_allowed(app, database, session, question, wished):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    to(phone, question)
    phone.say("1", who=wished)
    allowed = FORM.by_id[question].audiences
    kept = answers(session, consultation_id)[-1].audience
    assert kept == (wished if wished in allowed else FORM.by_id[question].audience)


@pytest.mark.parametrize("nonsense", ["everyone", "counted", "", "IRO"])
def test_nonsense_leaves_the_questions_own_audience(app, database, session, nonsense):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    to(phone, "feel")
    phone.say("1", who=nonsense)
    assert answers(session, consultation_id)[-1].audience == "meeting"


def test_the_choice_stands_when_the_answer_is_opened_again_and_on_the_check(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    to(phone, "plan.agree")
    phone.say("1", who="meeting")
    to(phone, "plan.agree")
    assert re.search(r'name="who" value="meeting" checked', phone.html)
    phone.get("/answer/check")
    assert "may say this at the meeting" in phone.html
