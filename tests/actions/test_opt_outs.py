"""STOP is the exact whole message, in every language; nothing else stops anything."""

import pytest

from consult_app import language
from consult_app.actions import opt_outs
from consult_app.actions.opt_outs import Wish
from tests.outbox.letters import NUMBER


def test_every_listed_word_means_it_however_it_is_typed() -> None:
    for kind in Wish:
        for spoken in language.languages():
            for word in language.listed(f"replies.{kind}", spoken.tag):
                for typed in (word, word.upper(), f"  {word} \n", f"{word}."):
                    assert opt_outs.wish(typed) is kind, (spoken.tag, typed)


@pytest.mark.parametrize(
    "said",
    ["I want them to stop", "stop it", "please stop texting", "don't stop", "s t o p", "", "1",
     "when does school start", "no", "yes", "help", "أريدهم أن يتوقفوا", "ደው ክብሉ ይደሊ"],
)  # fmt: skip
def test_nothing_else_does(said: str) -> None:
    assert opt_outs.wish(said) is None


def test_stop_and_start_say_whether_they_changed_anything(session) -> None:
    assert opt_outs.start(session, NUMBER) is False
    assert opt_outs.stop(session, NUMBER) is True
    assert opt_outs.stop(session, NUMBER) is False
    assert opt_outs.start(session, NUMBER) is True
