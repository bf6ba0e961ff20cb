"""Everything on one page, three houses, the columns, and writing where one can tap."""

import re

import pytest

from consult_app.channels.web import book
from consult_app.conversation.form import Depth
from consult_app.models.kinds import Channel, ConsultationStatus, Role
from consult_app.questionnaires.load import load
from tests.channels.web.phone import (
    Phone,
    answers,
    child_of_nine,
    consultation,
    invite,
    said,
)
from tests.channels.web.test_chat import waiting
from tests.channels.web.test_sections import fill

FORM = load("child_8_11")
YOUNG = load("child_4_7")


def child_of_five(app, database):
    """A child of four to seven who was asked."""
    return invite(app, database, role=Role.CHILD, questionnaire="child_4_7")


def to_houses(phone: Phone) -> None:
    """Go on in the chat until the houses are there."""
    phone.begin()
    while phone.at == "/answer/q":
        phone.say("1" if YOUNG.by_id[waiting(phone)].is_chosen else "words")
    assert phone.at == "/answer/houses"


def doors(phone: Phone) -> list[str]:
    """Where the doors of the open page lead."""
    return re.findall(r'href="(/answer/q/\d+\?then=houses)"', phone.html)


def test_everything_on_one_page_to_its_end(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin(skin="page")
    assert phone.at == "/answer/page"
    for _ in range(5):
        if phone.at == "/answer/check":
            break
        fill(phone)
    phone.send("/answer/send")
    asked = consultation(session, consultation_id)
    assert asked.status is ConsultationStatus.SUBMITTED
    assert asked.channel_begun is asked.channel_finished is Channel.WEB_PAGE
    assert said(session, consultation_id)["home"] == "5"


@pytest.mark.parametrize("tag", ["ar", "ti"])
def test_the_longest_form_on_one_page_still_weighs_little(app, database, tag):
    modules = "unaccompanied:1 communication:1"
    _, phone = invite(
        app, database, role=Role.CHILD, questionnaire="child_16_17", modules=modules, language=tag
    )
    phone.begin(tag, skin="page")
    assert phone.at == "/answer/page"


def test_the_way_changes_at_any_point_and_both_ways_are_counted(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    for skin, at in (("page", "/answer/page"), ("form", "/answer/form/0"), ("chat", "/answer/q")):
        assert 'href="/answer/way"' in phone.html
        phone.get("/answer/way")
        phone.send("/answer/way", skin=skin, depth="full")
        assert phone.at == at
    phone.get("/answer/way")
    phone.send("/answer/way", skin="page", depth="full")
    phone.get("/answer/check")
    phone.send("/answer/send")
    asked = consultation(session, consultation_id)
    assert asked.channel_begun is Channel.WEB_CHAT
    assert asked.channel_finished is Channel.WEB_PAGE


def test_the_form_goes_on_where_something_is_left_to_say(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin(skin="form")
    fill(phone)
    while "#" in phone.at or phone.at == "/answer/form/0":
        fill(phone)
    phone.get("/answer/form")
    assert phone.at == "/answer/form/1"


def test_houses_open_in_any_order_and_show_what_is_inside(app, database, session):
    consultation_id, phone = child_of_five(app, database)
    to_houses(phone)
    assert len(doors(phone)) == 3
    assert phone.html.count("<small>Open the door</small>") == 3
    phone.get(doors(phone)[2])
    assert waiting(phone) == "dream"
    phone.say("A dog")
    assert phone.at == "/answer/houses"
    assert phone.html.count("<small>There is something inside") == 1
    phone.get(doors(phone)[0])
    phone.say("My bike")
    assert said(session, consultation_id)["dream"] == "A dog"


def test_a_house_left_closed_is_skipped_and_the_chat_goes_on(app, database, session):
    consultation_id, phone = child_of_five(app, database)
    to_houses(phone)
    phone.get(doors(phone)[0])
    phone.say("My bike")
    phone.send("/answer/houses")
    assert waiting(phone) == "come"
    stored = said(session, consultation_id)
    assert (stored["good"], stored["worry"], stored["dream"]) == ("My bike", None, None)
    phone.get("/answer/houses")
    phone.send("/answer/houses")
    assert [row.question for row in answers(session, consultation_id)].count("worry") == 1


def test_a_single_house_of_the_short_version_is_a_question_like_others(app, database):
    short = YOUNG.at(Depth.SHORT)
    assert [q.id for q in short.in_section("houses")] == ["dream"]
    _, phone = child_of_five(app, database)
    phone.begin(depth="short")
    met = []
    while phone.at == "/answer/q":
        met.append(waiting(phone))
        phone.say("1" if YOUNG.by_id[waiting(phone)].is_chosen else "words")
    assert "dream" in met
    assert phone.at == "/answer/check"


def test_the_columns_stand_on_one_screen_and_lead_back_to_the_chat(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    link = "/answer/together/last"
    while waiting(phone) != "scale":
        assert link not in phone.html
        phone.say("1" if FORM.by_id[waiting(phone)].is_chosen else "words")
    assert f'href="{link}"' in phone.html
    phone.get(link)
    places = [phone.html.index(f'class="of-{one}"') for one in book.COLUMNS]
    assert places == sorted(places)
    phone.send(link, scale="7", working="School", worried="", change="The bus")
    assert phone.at == "/answer/check"
    rows = {row.question: row for row in answers(session, consultation_id)}
    assert (rows["scale"].code, rows["working"].text) == ("7", "School")
    assert rows["scale"].channel is Channel.WEB_CHAT


@pytest.mark.parametrize("path", ["/answer/together/home", "/answer/together/none"])
def test_a_part_without_such_a_screen_leads_to_the_check(app, database, path):
    _, phone = child_of_nine(app, database)
    phone.begin()
    phone.get(path)
    assert phone.at == "/answer/check"


@pytest.mark.parametrize("typed", ["2", "٢", None])
def test_words_can_be_written_where_one_can_tap(app, database, session, typed):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin("ar")
    label = re.search(r'name="text" value="2">([^<]+)</button>', phone.html)[1]
    phone.send("/answer/q", typed=typed or label, move="write")
    assert said(session, consultation_id)["helper"] == FORM.by_id["helper"].options[1]


def test_what_is_written_and_not_understood_stays(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    phone.send("/answer/q", typed="the cat", move="write", status=422)
    assert re.search(r'<details class="typed" open>', phone.html)
    assert 'value="the cat"' in phone.html


def test_a_tap_wins_over_words_that_were_left_in_the_field(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1", typed="someone else")
    assert said(session, consultation_id)["helper"] == "me"


def test_words_typed_before_skipping_are_not_kept(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    while FORM.by_id[waiting(phone)].is_chosen:
        phone.say("1")
    question = waiting(phone)
    phone.send("/answer/q", text="I would rather not", move="skip")
    row = answers(session, consultation_id)[-1]
    assert (row.question, row.code, row.text) == (question, None, None)


def test_nearly_done_is_said_only_when_it_is_true(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    promised = None
    while phone.at == "/answer/q":
        found = re.search(r"Nearly done: (\d+|this)", phone.html)
        if found:
            count = 1 if found[1] == "this" else int(found[1])
            assert promised in (None, count + 1)
            promised = count
        else:
            assert promised is None
        phone.say("1" if FORM.by_id[waiting(phone)].is_chosen else "words")
    assert promised == 1
