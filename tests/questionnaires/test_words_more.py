"""What holds for one questionnaire or between several: the youngest, the modules, the survey."""

import re

import pytest

from consult_app import language
from consult_app.conversation.form import ANY, Audience, Depth, Form, Kind
from consult_app.conversation.path import path
from consult_app.questionnaires import load

ENGLISH = language.ENGLISH
AFTER = ("after_carer", "after_parent", "after_professional")
PROFESSIONAL = ("health", "education")
PRIVATE = {Audience.IRO, Audience.IRO_SW}
SHORT_AT_MOST = {
    "child_4_7": 6,
    "observer": 10,
    "care_leaver": 10,
    "communication": 3,
    "after_child": 10,
    "survey": 10,
} | dict.fromkeys(AFTER, 10)
HELPED = ("me", "with_help", "someone_else")


def questions_of(name: str, *, depth: Depth = Depth.FULL) -> list[str]:
    """The ids of one questionnaire in order."""
    return [question.id for question in load.load(name).at(depth).questions]


def question(name: str, wanted: str) -> str:
    """What one questionnaire asks under an id."""
    return language.question_words(load.load(name).by_id[wanted], ENGLISH)


def test_the_youngest_see_at_most_ten_screens_and_mostly_choose():
    form = load.load("child_4_7")
    assert len(form.sections) <= 10
    first = [asked for asked in path(form, {"helper": "me"}) if asked.section != "houses"]
    assert sum(asked.is_chosen for asked in first) >= 0.7 * len(first)


def test_no_single_question_to_the_youngest_is_long():
    asks = [language.question_words(asked, ENGLISH) for asked in load.load("child_4_7").questions]
    assert [ask for ask in asks if len(ask.split()) > 12] == []


def test_the_three_houses_are_one_screen():
    form = load.load("child_4_7")
    assert [asked.id for asked in form.in_section("houses")] == ["good", "worry", "dream"]


def test_sixteen_is_asked_all_that_fifteen_is_and_more():
    younger, older = load.load("child_12_15"), load.load("child_16_17")
    assert set(older.by_id) > set(younger.by_id)
    for asked in younger.questions:
        same = older.by_id[asked.id]
        assert (same.kind, same.options, same.audience, same.words) == (
            asked.kind,
            asked.options,
            asked.audience,
            asked.words,
        )


@pytest.mark.parametrize("name", SHORT_AT_MOST)
def test_the_text_version_is_short(name: str):
    assert 1 <= len(questions_of(name, depth=Depth.SHORT)) <= SHORT_AT_MOST[name]


@pytest.mark.parametrize("name", ["observer", "care_leaver", "after_child", *AFTER])
def test_the_last_but_one_by_text_is_open(name: str):
    short = load.load(name).at(Depth.SHORT).questions
    assert [asked.kind for asked in short[-2:]] == [Kind.TEXT, Kind.YES_NO]


@pytest.mark.parametrize("name", PROFESSIONAL)
def test_a_professional_can_answer_everything_by_text(name: str):
    assert questions_of(name, depth=Depth.SHORT) == questions_of(name)


@pytest.mark.parametrize("name", PROFESSIONAL)
@pytest.mark.parametrize("before", [{}, {"worries": "yes"}, {"school.plan": "yes"}])
def test_not_involved_ends_it(name: str, before: dict[str, str]):
    form = load.load(name)
    asked = path(form, {**before, "involved": "no"})
    assert [question.id for question in asked] == ["involved"]
    assert len(path(form, {"involved": "yes"})) > 6


@pytest.mark.parametrize("base", ["child_4_7", "child_8_11", "child_12_15", "child_16_17"])
@pytest.mark.parametrize("modules", [["communication:1"], ["unaccompanied:1", "communication:1"]])
def test_modules_join_any_childs_form_and_ask_nothing_twice(base: str, modules: list[str]):
    form = load.compose(base, 1, modules)
    ids = [question.id for question in form.questions]
    assert sorted(ids) == sorted(set(ids))
    assert ids.count("helper") == 1


@pytest.mark.parametrize("who", HELPED)
def test_how_it_was_shown_is_asked_of_the_helper_alone(who: str):
    form = load.compose("child_8_11", 1, ["communication:1"])
    asked = {question.id for question in path(form, {"helper": who})}
    assert ({"d.shown", "d.reading"} <= asked) == (who != "me")
    assert "d.talk" in asked


def test_a_helpers_reading_is_a_box_of_its_own():
    reading = load.load("communication").by_id["d.reading"]
    assert (reading.kind, reading.audience) == (Kind.TEXT, Audience.IRO_SW)


@pytest.mark.parametrize("name", ["child_4_7", "child_16_17", "care_leaver"])
def test_what_is_said_of_danger_waits_until_no_helper_looks_on(name: str):
    form = load.load(name)
    follow_ups = [
        question for question in form.questions if question.concern == (ANY,) and question.when
    ]
    assert follow_ups
    assert all((asked.when or {}).get("helper") == ("me",) for asked in follow_ups)


def test_every_answer_of_the_survey_is_only_counted_and_calls_nobody():
    for asked in load.load("survey").questions:
        assert asked.audience is Audience.COUNTED
        assert (asked.concern, asked.request, asked.required) == ((), (), False)


def test_an_open_question_of_the_survey_says_who_can_help_instead():
    form = load.load("survey")
    told = [form.by_id["q.home.safe"], *(q for q in form.questions if q.kind is Kind.TEXT)]
    for asked in told:
        assert "0800 1111" in (language.hint_words(asked, ENGLISH) or ""), asked.id
    assert len(told) == 2


def test_the_surveys_wording_is_its_own():
    shared = {"questions.sw.often.options", "questions.chair.options"}
    for asked in load.load("survey").questions:
        assert asked.words == f"questions.{asked.id}"
        assert asked.option_words.startswith(("questions.q.", "options.")) or (
            asked.option_words in shared
        )


def test_adults_are_asked_the_same_after_a_meeting():
    first, *others = (load.load(name) for name in AFTER)
    for other in others:
        assert [(q.id, q.kind, q.options, q.audience) for q in other.questions] == [
            (q.id, q.kind, q.options, q.audience) for q in first.questions
        ]


@pytest.mark.parametrize("name", ["after_child", *AFTER])
def test_marks_are_counted_and_words_are_read(name: str):
    for asked in load.load(name).questions:
        if asked.kind in {Kind.FACES5, Kind.YES_PARTLY_NO}:
            assert asked.audience is Audience.COUNTED, asked.id
        if asked.kind is Kind.TEXT:
            assert asked.audience is Audience.IRO, asked.id


def test_a_scale_calls_a_person_only_when_it_is_low():
    for form in map(load.load, load.names()):
        for asked in (q for q in form.questions if q.kind is Kind.SCALE):
            assert all(int(step) <= 3 for step in asked.concern), asked.id


def test_nothing_about_health_or_money_at_eighteen_is_read_out():
    form = load.load("child_16_17")
    for wanted in ("money.have", "money.need", "health18", "s20", "people18", "live.more"):
        assert form.by_id[wanted].audience in PRIVATE, wanted


def test_the_same_words_ask_the_same_thing_at_every_age():
    forms: list[Form] = [load.load(name) for name in ("child_4_7", "child_8_11")]
    plain = {"home", "feel", "sw.know"}
    for wanted in plain:
        assert len({form.by_id[wanted].words for form in forms}) == 1, wanted


def test_hints_to_the_youngest_hold_no_long_word():
    long_words = {"reviewing", "something"}
    for asked in load.load("child_4_7").questions:
        hint = language.hint_words(asked, ENGLISH) or ""
        assert set(re.findall(r"[a-z]{9,}", hint.lower())) <= long_words, asked.id
