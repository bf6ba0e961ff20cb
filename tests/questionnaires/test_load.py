"""What a questionnaire's file may say beside its questions, and that joining keeps it."""

from consult_app.conversation.form import Depth, Form, Kind
from consult_app.questionnaires import load

EXTRAS = {"draw", "photo", "voice"}


def forms() -> list[Form]:
    """Every questionnaire in its newest version."""
    return [load.load(name) for name in load.names()]


def test_only_what_is_written_may_be_drawn_photographed_or_spoken() -> None:
    for form in forms():
        for question in form.questions:
            assert set(question.extras) <= EXTRAS, question.id
            assert not question.extras or question.kind is Kind.TEXT, question.id
    assert {extra for form in forms() for q in form.questions for extra in q.extras} == EXTRAS


def test_screens_name_sections_of_their_form() -> None:
    for form in forms():
        assert set(form.screens) <= set(form.sections)
        assert set(form.screens.values()) <= {"houses", "columns"}
    assert load.load("child_4_7").screens == {"houses": "houses"}
    assert "columns" in load.load("child_12_15").screens.values()


def test_screens_stay_with_a_form_that_is_joined_or_shortened() -> None:
    screens = load.load("child_4_7").screens
    joined = load.compose("child_4_7", 1, ["communication:1"])
    assert joined.screens == screens
    assert joined.at(Depth.SHORT).screens == screens
