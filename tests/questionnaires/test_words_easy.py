"""Easy read is easier than plain English, and as safe in a message."""

import pytest

from consult_app import language
from consult_app.conversation.form import Depth
from consult_app.questionnaires import load
from tests.questionnaires.test_words import GSM_7, MESSAGE_LIMIT, REVEALING, school_grade

ENGLISH, EASY = language.ENGLISH, "en-GB-x-easy"


def graded(name: str, tag: str) -> float:
    """The school grade of what one questionnaire asks in a language."""
    asked = load.load(name).questions
    return school_grade(" ".join(language.question_words(question, tag) for question in asked))


@pytest.mark.parametrize("name", load.names())
def test_it_is_no_harder_than_plain_english_and_at_most_four(name: str):
    assert graded(name, EASY) <= min(graded(name, ENGLISH), 4)


@pytest.mark.parametrize("name", load.names())
def test_an_easy_question_is_one_short_thought(name: str):
    for question in load.load(name).questions:
        ask = language.question_words(question, EASY)
        longest = max(len(part.split()) for part in ask.replace("?", ".").split("."))
        assert longest <= 17, question.id


@pytest.mark.parametrize("name", load.names())
def test_easy_option_labels_differ_and_easy_messages_reveal_nothing(name: str):
    form = load.load(name)
    for question in form.questions:
        labels = [language.option_words(question, option, EASY) for option in question.options]
        assert len(set(labels)) == len(labels), question.id
    for question in form.at(Depth.SHORT).questions:
        message = language.question_words(question, EASY, text=True)
        labels = [language.option_words(question, option, EASY) for option in question.options]
        assert len(message) <= MESSAGE_LIMIT, question.id
        for words in (message, *labels):
            assert GSM_7.fullmatch(words), words
            assert not REVEALING.search(words), words
