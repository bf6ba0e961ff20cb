"""The words of questions: what is asked, the line under it, its options, its section."""

from consult_app.conversation.form import Question
from consult_app.languages.dates import numeral
from consult_app.languages.store import ENGLISH, has, words


def question_words(question: Question, language: str, *, text: bool = False) -> str:
    """What is asked; `text=True` takes the shorter wording for messages where there is one."""
    short = f"{question.words}.text"
    return words(short if text and has(short, ENGLISH) else f"{question.words}.ask", language)


def hint_words(question: Question, language: str) -> str | None:
    """The line under a question, where it has one."""
    key = f"{question.words}.hint"
    return words(key, language) if has(key, ENGLISH) else None


def option_words(question: Question, option: str, language: str) -> str:
    """The label of one option; a scale's steps are their own numbers."""
    key = f"{question.option_words}.{option}"
    if not has(key, ENGLISH) and option.isdecimal():
        return numeral(option, language)
    return words(key, language)


def section_words(section: str, language: str) -> str:
    """The title of a section."""
    return words(f"questions.sections.{section}.title", language)
