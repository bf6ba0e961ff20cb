"""Wrapped bodies are unwrapped when there is no doubt, and what people write is left alone."""

import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult_app import language
from consult_app.channels.sms.unwrap import unwrapped
from tests import transcript

SAID = [
    "I feel safe here",
    "أشعر بالأمان هنا، شكرا",
    "ኣብዚ ደሓን እየ ዘለኹ።",
    "من اینجا احساس امنیت می‌کنم",
    "Tôi cảm thấy an toàn ở đây",
    "Я тут в безпеці, дякую",
    "two lines\nof words",
]


def wrapped(text: str, encoding: str) -> str:
    return base64.b64encode(text.encode(encoding)).decode()


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-8"])
@pytest.mark.parametrize("text", SAID)
def test_what_was_wrapped_is_read(text: str, encoding: str) -> None:
    assert unwrapped(wrapped(text, encoding)) == text


def test_a_mark_before_it_and_lines_within_it_do_no_harm() -> None:
    assert unwrapped(wrapped("\ufeff" + SAID[1], "utf-16-be")) == SAID[1]
    long = wrapped(SAID[1] * 5, "utf-16-be")
    assert unwrapped("\n".join(long[at : at + 76] for at in range(0, len(long), 76))) == SAID[1] * 5


@pytest.mark.parametrize(
    "text",
    [
        "", "1", "yes", "STOP", "Liverpool", "conversation", "Manchester99", "understandably",
        "AAAAAAAAAAAA", "aaaaaaaaaaaaaaaa", "hahahahahahahaha", "0123456789012345",
        "goodgoodgoodgood", "TooManyMeetings", "IWantToGoHomeNow", "NONONONONONONONO",
        "abcdefghijklmnop", "loooooooooooooool", "+447700900123", "W1ckedPassword1234==",
    ],
)  # fmt: skip
def test_what_people_type_is_left_alone(text: str) -> None:
    assert unwrapped(text) is None


def test_nothing_that_is_said_in_our_transcripts_is_taken_for_wrapped() -> None:
    said = [words for played in transcript.ALL for _, words in played.turns]
    assert [words for words in said if unwrapped(words) is not None] == []


def test_words_run_together_are_left_alone() -> None:
    """Every English word of this service, run together in fours, as in a hurry."""
    words = sorted({
        "".join(sign for sign in word if sign.isascii() and sign.isalnum())
        for key in ("texts.start.child", "texts.help.child", "texts.invite.child")
        for word in language.words(key, "en-GB", iro="Jo", day="Monday", skip="skip").split()
    })  # fmt: skip
    chance = random.Random(7)
    runs = ["".join(chance.choices(words, k=4)) for _ in range(4000)]
    taken = [run for run in runs if unwrapped(run) is not None]
    assert taken == []


@given(st.binary(min_size=9, max_size=60))
def test_bytes_that_are_no_writing_never_raise(content: bytes) -> None:
    found = unwrapped(base64.b64encode(content).decode())
    if found is not None:
        marked = "\ufeff" + found
        ways = [
            words.encode(encoding)
            for words in (found, marked)
            for encoding in ("utf-8", "utf-16-be")
        ]
        assert content in ways
