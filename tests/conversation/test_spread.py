"""The rule for free text over several messages, in the languages of people who write it."""

import pytest

from consult_app import language
from consult_app.conversation.spread import GOES_ON, Meets, Says, goes_on, meets
from consult_app.questionnaires.load import load

FORM = load("carer")
CHOSEN, SCALE = FORM.by_id["settling"], FORM.by_id["scale"]
WORDS = next(q for q in FORM.questions if q.kind == "text")
TAGS = pytest.mark.parametrize("tag", ["en-GB", "ar", "ti"])
MORE = {
    "en-GB": "and then my sister came to visit",
    "ar": "وبعدها جاءت أختي لزيارتي",
    "ti": "ድሕሪኡ ሓፍተይ ክትርእየኒ መጺኣ",
}
NUMBERS = {"en-GB": "2", "ar": "٢", "ti": "፪"}


def labels(tag: str):
    return language.labels(FORM, tag)


@TAGS
@pytest.mark.parametrize("met", Meets)
@pytest.mark.parametrize("following", [CHOSEN, SCALE, WORDS], ids=lambda q: q.kind.value)
def test_more_words_go_on_unless_words_were_asked_for(tag, met, following) -> None:
    asked_for_words = following is WORDS and met is Meets.ASKED
    assert goes_on(following, MORE[tag], labels(tag), met) is not asked_for_words


@TAGS
@pytest.mark.parametrize("following", [CHOSEN, SCALE, WORDS], ids=lambda q: q.kind.value)
def test_a_number_answers_what_was_asked(tag, following) -> None:
    for met in (Meets.UNREAD, Meets.ASKED):
        assert not goes_on(following, NUMBERS[tag], labels(tag), met)
    assert goes_on(following, NUMBERS[tag], labels(tag), Meets.UNASKED)


@TAGS
def test_yes_no_and_an_options_label_answer_too(tag) -> None:
    for kind in ("yes", "no"):
        for word in language.listed(f"replies.{kind}", tag)[:3]:
            assert not goes_on(WORDS, word, labels(tag), Meets.ASKED)
    label = language.option_words(CHOSEN, CHOSEN.options[0], tag)
    assert not goes_on(CHOSEN, label, labels(tag), Meets.UNREAD)


@TAGS
@pytest.mark.parametrize("met", Meets)
@pytest.mark.parametrize("wish", ["skip", "help", "back", "stop"])
def test_a_command_is_never_more_of_an_answer(tag, met, wish) -> None:
    for word in language.listed(f"replies.{wish}", tag):
        assert not goes_on(CHOSEN, word, labels(tag), met)


@pytest.mark.parametrize("name", ["English", "العربية", "ትግርኛ"])
def test_nor_is_another_language(name) -> None:
    assert not goes_on(CHOSEN, name, labels("en-GB"), Meets.UNREAD)


def test_the_table_is_whole() -> None:
    assert {said: set(row) for said, row in GOES_ON.items()} == {said: set(Meets) for said in Says}


@pytest.mark.parametrize(
    ("asked", "sent", "signs", "met"),
    [
        (None, None, 10, Meets.NOTHING),
        (-0.1, None, 10, Meets.UNASKED),
        (0, None, 10, Meets.UNREAD),  # it waits in the outbox
        (60, -3, 10, Meets.UNREAD),  # it left after this was written
        (60, 3.9, 0, Meets.UNREAD),
        (60, 4.1, 0, Meets.ASKED),
        (60, 20, 160, Meets.UNREAD),  # so much cannot be typed in so short a time
        (60, 30, 160, Meets.ASKED),
    ],
)
def test_what_a_text_met(asked, sent, signs, met) -> None:
    assert meets("x" * signs, since_asked=asked, since_sent=sent) is met
