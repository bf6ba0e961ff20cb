"""P8: the language changes at every question, between every pair, and nothing is lost. P9 in each."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, permutations

import pytest
from flask import Flask

from consult_app import language
from consult_app.conversation import chat
from consult_app.conversation.answers import Asked, LanguageChanged, State
from consult_app.conversation.form import Depth, Form, Question, Value
from consult_app.conversation.path import is_asked
from consult_app.db import Database
from consult_app.models.kinds import Role
from consult_app.questionnaires.load import load
from tests.channels.web.phone import answers, child_of_nine, invite

FORMS = ("child_4_7", "child_8_11", "child_12_15", "child_16_17", "carer", "parent")
MOST_PAIRS = 60
"""With more pairs than this, each changes at some questions only, by turns."""
WORDS = "I like my room, and the dog."


def tags() -> list[str]:
    """Every language that is offered."""
    return [one.tag for one in language.languages()]


def walks(count: int) -> list[list[str]]:
    """Ways from language to language which together take every pair, there and back."""
    steps = sorted(combinations(sorted(tags()), 2))
    return [[t for one, other in steps[n::count] for t in (one, other, one)] for n in range(count)]


def share(form: Form, pair: int) -> tuple[Question, ...]:
    """The questions at which a pair changes: with many pairs some, and all pairs together all."""
    apart = max(1, len(tags()) * (len(tags()) - 1) // MOST_PAIRS)
    return form.questions[pair % apart :: apart]


def answers_before(question: Question) -> dict[str, Value]:
    """What must have been said for `question` to be asked."""
    needed: dict[str, Value] = {name: values[0] for name, values in (question.when or {}).items()}
    return {"helper": "me"} | needed


def change(form: Form, one: str, other: str, questions: Iterable[Question]) -> None:
    """At each of the questions somebody who writes in `one` asks for `other`."""
    labels = language.labels(form, one)
    named = next((said for said, tag in labels.languages.items() if tag == other), None)
    assert named, f"{one} has no name for {other}"
    wish = f"{min(labels.language_words)} {named}"
    for question in questions:
        told = answers_before(question)
        assert is_asked(question, told)
        before = State(form.name, form.version, told, question.id, False, one)
        after, outcomes = chat.hear(form, before, wish, labels)
        assert after == replace(before, language=other), (question.id, one, other)
        assert outcomes == (LanguageChanged(other), Asked(question.id))


@pytest.mark.parametrize("name", FORMS)
def test_at_every_question_between_every_pair(name: str) -> None:
    form = load(name)
    seen: set[str] = set()
    for pair, (one, other) in enumerate(permutations(tags(), 2)):
        change(form, one, other, share(form, pair))
        seen |= {question.id for question in share(form, pair)}
    assert seen == {question.id for question in form.questions}


@pytest.mark.long
@pytest.mark.parametrize("name", FORMS)
def test_every_question_times_every_pair(name: str) -> None:
    form = load(name)
    for one, other in permutations(tags(), 2):
        change(form, one, other, form.questions)


def test_at_every_question_of_the_short_version_on_the_web(app: Flask, database: Database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin(depth=Depth.SHORT)
    form, count = load("child_8_11"), 0
    ways = walks(sum(question.short for question in form.questions))
    while phone.at == "/answer/q":
        asked = phone.hidden("/answer/q")["question"]
        written = "2" if form.by_id[asked].is_chosen else WORDS
        for tag in ways[count % len(ways)]:
            phone.say(written, l=tag)
            assert f'<html lang="{tag}"' in phone.html
            assert phone.hidden("/answer/q")["question"] == asked
            assert form.by_id[asked].is_chosen or WORDS in phone.html
        assert len(answers(session, consultation_id)) == count
        phone.say(written)
        count += 1
    kept = [row.code or row.text for row in answers(session, consultation_id)]
    assert len(kept) == count
    assert kept[-1] is not None


@pytest.mark.parametrize("role", [Role.CHILD, Role.CARER, Role.PARENT])
def test_who_reads_is_said_before_the_first_question_in_every_language(
    app: Flask, database: Database, role: Role
) -> None:
    for tag in tags():
        _, phone = invite(app, database, role=role)
        phone.open(tag)
        assert phone.at == "/answer/readers"
        assert "Jo" in phone.html
        assert f'<html lang="{tag}"' in phone.html
        assert 'name="question"' not in phone.html
