"""An answer in words, as its reader writes a list."""

import pytest

from consult_app import language
from consult_app.channels.web.shown import said
from consult_app.conversation.form import Kind
from consult_app.questionnaires.load import load

language.load()
SIGNS = {"Arab": "، ", "Ethi": "፣ "}


@pytest.mark.parametrize("tag", [one.tag for one in language.languages()])
def test_several_choices_are_parted_by_the_sign_of_the_script(tag: str) -> None:
    question = next(q for q in load("child_8_11").questions if q.kind is Kind.MANY)
    first, second = (language.option_words(question, code, tag) for code in question.options[:2])
    sign = SIGNS.get(language.get(tag).script, ", ")
    assert said(question, question.options[:2], tag) == f"{first}{sign}{second}"
