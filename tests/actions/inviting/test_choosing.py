"""Each is asked the questions made for them: by age, needs and role, as one conversation."""

from datetime import date

import pytest

from consult_app import language
from consult_app.actions.inviting.choosing import choose_afterwards, choose_questionnaire
from consult_app.conversation import chat
from consult_app.conversation.answers import Asked, State
from consult_app.conversation.form import Depth
from consult_app.conversation.path import path
from consult_app.models.child import Child
from consult_app.models.kinds import Role
from consult_app.questionnaires.load import compose

DAY = date(2026, 3, 19)
ALONE, NEEDS = "unaccompanied:1", "communication:1"


def born(age: int) -> date:
    """The birthday of a child who turns `age` on the day of the review."""
    return date(DAY.year - age, DAY.month, DAY.day)


def child(age: int | None, **values) -> Child:
    """A child of so many years on the day; None when nobody knows."""
    return Child(reference="1", born_on=None if age is None else born(age), **values)


@pytest.mark.parametrize(
    ("age", "name"),
    [(4, "child_4_7"), (7, "child_4_7"), (8, "child_8_11"), (11, "child_8_11"),
     (12, "child_12_15"), (15, "child_12_15"), (16, "child_16_17"), (17, "child_16_17"),
     (18, "care_leaver"), (20, "care_leaver")],
)  # fmt: skip
def test_a_childs_questions_go_by_age_on_the_day(age, name):
    assert choose_questionnaire(child(age), DAY, Role.CHILD).name == name


def test_the_birthday_itself_decides():
    almost = Child(reference="1", born_on=date(2018, 3, 20))
    assert choose_questionnaire(almost, DAY, Role.CHILD).name == "child_4_7"
    assert choose_questionnaire(child(8), DAY, Role.CHILD).name == "child_8_11"


@pytest.mark.parametrize(
    ("role", "age", "name"),
    [
        (Role.CARER, 1, "carer"),
        (Role.PARENT, None, "parent"),
        (Role.HEALTH, 9, "health"),
        (Role.EDUCATION, 9, "education"),
        (Role.CARE_LEAVER, 17, "care_leaver"),
        (Role.CARE_LEAVER, None, "care_leaver"),
        (Role.OBSERVER, 3, "observer"),
    ],
)
def test_others_are_asked_by_role(role, age, name):
    assert choose_questionnaire(child(age), DAY, role).name == name


@pytest.mark.parametrize(
    ("role", "age"),
    [(Role.CHILD, 3), (Role.CHILD, None), (Role.OBSERVER, 4), (Role.OBSERVER, None),
     (Role.SOCIAL_WORKER, 9), (Role.OTHER, 9)],
)  # fmt: skip
def test_some_are_not_asked(role, age):
    assert choose_questionnaire(child(age), DAY, role) is None


def test_a_care_leaver_of_no_known_age_is_asked_as_one():
    assert (
        choose_questionnaire(child(None, care_leaver=True), DAY, Role.CHILD).name == "care_leaver"
    )


@pytest.mark.parametrize("until", [None, DAY])
def test_needs_join_their_modules_into_one_conversation(until):
    alone = child(13, unaccompanied=True, unaccompanied_until=until, communication_needs=True)
    choice = choose_questionnaire(alone, DAY, Role.CHILD)
    assert (choice.name, choice.modules) == ("child_12_15", (ALONE, NEEDS))


@pytest.mark.parametrize(
    ("values", "modules"),
    [
        ({"unaccompanied": True, "unaccompanied_until": date(2026, 3, 18)}, ()),
        ({"communication_needs": True}, (NEEDS,)),
        ({"unaccompanied": True}, (ALONE,)),
        ({}, ()),
    ],
)
def test_only_the_modules_that_hold(values, modules):
    assert choose_questionnaire(child(13, **values), DAY, Role.CHILD).modules == modules
    assert choose_questionnaire(child(13, **values), DAY, Role.CARER).modules == ()


def test_the_youngest_are_not_asked_about_a_journey():
    alone = child(7, unaccompanied=True, communication_needs=True)
    assert choose_questionnaire(alone, DAY, Role.CHILD).modules == (NEEDS,)


EVERYONE = (
    [
        (Role.CHILD, age, alone, needs)
        for age in (4, 8, 12, 16, 18)
        for alone in (False, True)
        for needs in (False, True)
    ]
    + [(role, 3, False, False) for role in (Role.OBSERVER, Role.CARER, Role.PARENT)]
    + [(role, 9, False, False) for role in (Role.HEALTH, Role.EDUCATION, Role.CARE_LEAVER)]
)


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize(("role", "age", "alone", "needs"), EVERYONE)
def test_every_choice_is_one_conversation_that_comes_to_its_end(role, age, alone, needs, depth):
    chosen = choose_questionnaire(
        child(age, unaccompanied=alone, communication_needs=needs), DAY, role
    )
    form = compose(chosen.name, chosen.version, chosen.modules, depth)
    state, outcomes = chat.begin(form, State(form.name, form.version))
    asked, labels = [], language.labels(form, language.ENGLISH)
    while state.waiting is not None:
        asked += [outcome.question for outcome in outcomes if isinstance(outcome, Asked)]
        question = form.by_id[state.waiting]
        value = question.options[0] if question.required else None
        state, outcomes = chat.answer_page(form, state, {question.id: value}, labels)
    assert state.finished
    assert len(asked) == len(set(asked)) == len(path(form, state.answers))


@pytest.mark.parametrize(
    ("role", "age", "name"),
    [
        (Role.CHILD, 4, "after_child"),
        (Role.CARE_LEAVER, 19, "after_child"),
        (Role.CARER, 1, "after_carer"),
        (Role.PARENT, 1, "after_parent"),
        (Role.HEALTH, 9, "after_professional"),
        (Role.EDUCATION, 9, "after_professional"),
        (Role.CHILD, 3, None),
        (Role.OBSERVER, 3, None),
    ],
)
def test_after_a_review_each_is_asked_how_it_was(role, age, name):
    choice = choose_afterwards(child(age), DAY, role)
    assert (choice.name if choice else None) == name
