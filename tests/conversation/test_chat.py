"""Turns of a conversation: state and a message in, state and outcomes out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.conversation import chat
from consult_app.conversation.answers import (
    Asked,
    Concern,
    Finished,
    HelpWanted,
    LanguageChanged,
    Level,
    Missed,
    NotUnderstood,
    Reason,
    Stopped,
    Understood,
)
from consult_app.conversation.form import Depth
from consult_app.conversation.path import path
from tests.conversation.small import ENGLISH, FORM, TIGRINYA, state


def hear(before, text, labels=ENGLISH):
    return chat.hear(FORM, before, text, labels)


def test_begins_with_the_first_question_and_goes_on_where_it_was_left():
    fresh, outcomes = chat.begin(FORM, state())
    assert (fresh.waiting, outcomes) == ("helper", (Asked("helper"),))
    assert chat.begin(FORM, state("scale", helper="me"))[1] == (Asked("scale"),)


def test_an_answer_is_kept_and_the_next_question_asked():
    after, outcomes = hear(state("helper"), "1")
    assert after.answers == {"helper": "me"}
    assert outcomes == (Understood("helper", "me"), Asked("home"))


def test_a_sad_face_asks_for_more_and_a_glad_one_does_not():
    assert hear(state("home", helper="me"), "5")[0].waiting == "home.more"
    assert hear(state("home", helper="me"), "1")[0].waiting == "safe"


def test_a_changed_answer_changes_the_path_and_loses_nothing():
    sad = state("home", helper="me", home="1", home__more="it is loud", safe="yes")
    after, _ = hear(sad, "1")
    assert after.answers["home.more"] == "it is loud"
    assert "home.more" not in [q.id for q in path(FORM, after.answers)]
    assert after.waiting == "plan"


def test_not_understood_says_which_numbers_would_do():
    before = state("safe", helper="me", home="5")
    after, outcomes = hear(before, "purple")
    assert after == before
    assert outcomes == (NotUnderstood("safe", Missed.NUMBER, 1, 3), Asked("safe"))


def test_skip_is_always_fine_but_for_who_is_filling_it_in():
    after, outcomes = hear(state("safe", helper="me", home="5"), "skip")
    assert after.answers["safe"] is None
    assert outcomes == (Understood("safe", None), Asked("plan"))
    refused, outcomes = hear(state("helper"), "skip")
    assert refused.waiting == "helper"
    assert outcomes[0] == NotUnderstood("helper", Missed.REQUIRED, 1, 2)


def test_back_goes_to_the_question_before_and_its_answer_can_change():
    back, outcomes = hear(state("safe", helper="me", home="5"), "back")
    assert (back.waiting, outcomes) == ("home", (Asked("home"),))
    assert hear(back, "2")[0].answers["home"] == "4"
    assert hear(state("helper"), "back")[0].waiting == "helper"


def test_stop_stops_only_as_a_whole_message():
    assert hear(state("other", helper="me"), "stop")[1] == (Stopped(),)
    after, _ = hear(state("other", helper="me"), "I want them to stop")
    assert after.answers["other"] == "I want them to stop"


def test_help_calls_a_person_and_asks_again():
    _, outcomes = hear(state("safe", helper="me", home="5"), "Help")
    assert outcomes == (
        Concern("safe", Level.SAFETY, Reason.HELP, "Help"),
        HelpWanted(),
        Asked("safe"),
    )


def test_an_unsafe_answer_calls_a_person():
    _, outcomes = hear(state("safe", helper="me", home="5"), "no")
    assert Concern("safe", Level.SAFETY, Reason.ANSWER, "no") in outcomes


def test_something_asked_for_is_a_request():
    _, outcomes = hear(state("advocate", helper="me"), "yes")
    assert Concern("advocate", Level.REQUEST, Reason.ANSWER, "yes") in outcomes


@pytest.mark.parametrize("waiting", ["other", "safe"])
def test_words_of_distress_call_a_person_whether_or_not_they_answer(waiting):
    _, outcomes = hear(state(waiting, helper="me", home="5"), "he hits me")
    assert Concern(waiting, Level.SAFETY, Reason.WORD, "hits me") in outcomes


def test_words_of_distress_in_the_childs_language():
    before = replace(state("other", helper="me"), language="ti")
    _, outcomes = hear(before, "ኣብ ገዛ ይወቅዑኒ", TIGRINYA)
    assert Level.SAFETY in [o.level for o in outcomes if isinstance(o, Concern)]


def test_the_language_changes_at_any_question_and_nothing_is_lost():
    before = state("safe", helper="me", home="5")
    after, outcomes = hear(before, "Tigrinya")
    assert after == replace(before, language="ti")
    assert outcomes == (LanguageChanged("ti"), Asked("safe"))
    back, _ = hear(after, "እንግሊዝኛ", TIGRINYA)
    assert back == before


def test_a_languages_name_is_an_answer_where_words_are_asked_for():
    after, _ = hear(state("other", helper="me"), "Tigrinya")
    assert after.answers["other"] == "Tigrinya"
    assert hear(state("other", helper="me"), "language Tigrinya")[0].language == "ti"


def test_the_last_answer_finishes():
    said = {q.id.replace(".", "__"): None for q in FORM.questions if q.id != "other"}
    after, outcomes = hear(state("other", **said), "thank you")
    assert after.finished
    assert outcomes[-1] == Finished()


def test_a_page_keeps_what_fits_and_names_what_does_not():
    after, outcomes = chat.answer_page(
        FORM,
        state(helper="me"),
        {"home": "5", "safe": "perhaps", "people": ("mum", "friend"), "scale": None},
        ENGLISH,
    )
    assert after.answers == {
        "helper": "me",
        "home": "5",
        "people": ("mum", "friend"),
        "scale": None,
    }
    assert NotUnderstood("safe", Missed.NUMBER, 1, 3) in outcomes
    assert after.waiting == "safe"


def test_the_short_version_asks_only_its_marked_questions():
    short = FORM.at(Depth.SHORT)
    assert [q.id for q in short.questions] == ["helper", "home", "home.more", "safe", "scale"]


@given(st.lists(st.text(max_size=12) | st.sampled_from(["1", "2", "skip", "back", "help"])))
def test_no_message_breaks_a_conversation_or_unsays_an_answer(messages):
    here, _ = chat.begin(FORM, state())
    for message in messages:
        after, _ = hear(here, message)
        assert set(here.answers) <= set(after.answers)
        assert after.finished == (after.waiting is None)
        here = after
