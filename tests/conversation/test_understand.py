"""One reply: numbers in every script, words in the person's language, then English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app.conversation.answers import Missed
from consult_app.conversation.fold import digits, fold
from consult_app.conversation.understand import Read, command, fits, language, understand
from tests.conversation.small import ENGLISH, FORM, TIGRINYA


@pytest.mark.parametrize(
    "typed",
    ["2", " 2. ", "２", "٢", "۲", "২", "२", "፪", "2️⃣", "②", "\u200f2\u200f", "2)"],
)
def test_two_is_two_in_any_script(typed):
    assert digits(fold(typed)) == 2


@pytest.mark.parametrize(("typed", "number"), [("፲", 10), ("፲፩", 11), ("10", 10), ("١٠", 10)])
def test_numbers_of_two_places(typed, number):
    assert digits(fold(typed)) == number


@pytest.mark.parametrize("typed", ["", "two", "፩፪", "1a", "-1", "3/10", "99999", "½"])
def test_what_is_no_whole_number(typed):
    assert digits(fold(typed)) is None


@pytest.mark.parametrize(
    ("asked", "typed", "value"),
    [
        ("safe", "1", "yes"),
        ("safe", "YES!", "yes"),
        ("safe", "no", "no"),
        ("safe", "3", "unsure"),
        ("plan", "2", "partly"),
        ("plan", "partly", "partly"),
        ("home", "1", "5"),
        ("home", "5", "1"),
        ("mood", "3", "1"),
        ("people", "1", ("mum",)),
        ("people", "3, 1", ("mum", "teacher")),
        ("people", "1 3 3", ("mum", "teacher")),
        ("people", "my mum", ("mum",)),
        ("scale", "0", "0"),
        ("scale", "١٠", "10"),
        ("when", "12/3/2026", "2026-03-12"),
        ("when", "2026-03-12", "2026-03-12"),
        ("when", "١٢/٣/٢٠٢٦", "2026-03-12"),
        ("other", "  I like it \n", "I like it"),
    ],
)
def test_understood_in_english(asked, typed, value):
    assert understand(FORM.by_id[asked], typed, ENGLISH) == Read(value)


@pytest.mark.parametrize(
    ("asked", "typed", "missed"),
    [
        ("safe", "4", Missed.NUMBER),
        ("safe", "0", Missed.NUMBER),
        ("safe", "maybe later", Missed.NUMBER),
        ("safe", "partly", Missed.NUMBER),
        ("people", "13", Missed.NUMBER),
        ("people", "1 9", Missed.NUMBER),
        ("scale", "11", Missed.SCALE),
        ("scale", "-1", Missed.SCALE),
        ("scale", "yes", Missed.SCALE),
        ("when", "31/2/2026", Missed.DATE),
        ("when", "soon", Missed.DATE),
        ("when", "1405-01-12", Missed.DATE),
        ("when", "۱۲/۱/۱۴۰۵", Missed.DATE),
        ("safe", " . ", Missed.EMPTY),
        ("other", "   ", Missed.EMPTY),
    ],
)
def test_not_understood_says_why(asked, typed, missed):
    assert understand(FORM.by_id[asked], typed, ENGLISH) is missed


def test_own_language_first_then_english():
    assert understand(FORM.by_id["safe"], "እወ", TIGRINYA) == Read("yes")
    assert understand(FORM.by_id["safe"], "ኣይፋልን።", TIGRINYA) == Read("no")
    assert understand(FORM.by_id["safe"], "yes", TIGRINYA) == Read("yes")
    assert understand(FORM.by_id["safe"], "እወ", ENGLISH) is Missed.NUMBER


def test_commands_are_the_whole_message():
    assert command("Stop.", ENGLISH) == "stop"
    assert command("ደው ኣብል", TIGRINYA) == "stop"
    assert command("I want them to stop", ENGLISH) is None


def test_a_language_is_asked_for_by_name():
    assert language("Tigrinya", ENGLISH, bare=True) == "ti"
    assert language("Tigrinya", ENGLISH, bare=False) is None
    assert language("language tigrinya", ENGLISH, bare=False) == "ti"


@pytest.mark.parametrize(
    ("asked", "value", "good"),
    [
        ("safe", "yes", True),
        ("safe", "partly", False),
        ("safe", ("yes",), False),
        ("people", ("mum",), True),
        ("people", "mum", False),
        ("people", ("aunt",), False),
        ("other", "words", True),
        ("other", " ", False),
        ("safe", None, True),
        ("helper", None, False),
        ("nothing", "yes", False),
    ],
)
def test_ready_made_values_are_checked(asked, value, good):
    assert fits(FORM, asked, value) is good


@given(st.text(max_size=80), st.sampled_from(FORM.questions))
def test_any_text_is_understood_or_not_and_nothing_else(text, question):
    read = understand(question, text, TIGRINYA)
    assert isinstance(read, Missed) or fits(FORM, question.id, read.value)
