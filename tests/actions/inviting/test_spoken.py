"""The words of texts: nothing that should not lie open on a table, and not too many parts."""

import re

import pytest
import yaml

from consult_app import clock, language
from consult_app.actions.inviting import spoken
from consult_app.actions.inviting.spoken import Voice
from consult_app.conversation.form import Depth
from consult_app.language import FOLDER
from consult_app.outbox.segments import Encoding, measure
from consult_app.questionnaires.load import load, names

NEVER_SAID = re.compile(r"\b(child|children|care|carer|review|reviewing|social|council)\b", re.I)
TEXTS = yaml.safe_load((FOLDER / "texts.en_GB.yml").read_text(encoding="utf-8"))
TAGS = ("en-GB", "en-GB-x-easy", "ar", "ti")
MOST_PARTS = {"en-GB": 2, "en-GB-x-easy": 2, "ar": 4, "ti": 4}
VALUES = {
    "day": "Wednesday 23 September",
    "link": "https://yoursay.westmere.gov.uk/r/abcdefghijklmnopqrstuv",
    "number": 1,
    "letter": "A",
    "label": "Yes",
    "lowest": 1,
    "highest": 10,
    "emergency": "999",
    "childline": "0800 1111",
    "time": "09:00",
}
ASKED = [question for name in names() for question in load(name).at(Depth.SHORT).questions]


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_says_nothing_to_others_and_stays_short(key: str) -> None:
    assert not NEVER_SAID.search(TEXTS[key])
    body = Voice("en-GB", iro="Jo").say(key, **VALUES)
    size = measure(body)
    assert size.encoding is Encoding.GSM7
    assert size.segments <= 2, (size, body)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("key", TEXTS)
def test_every_language_has_every_text(key: str, tag: str) -> None:
    body = Voice(tag, iro="Jo").say(key, **VALUES)
    assert language.has(f"texts.{key}", tag)
    assert "%{" not in body
    assert measure(body).segments <= 7


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.id)
def test_a_question_by_text(asked, tag: str) -> None:
    body = spoken.question(asked, Voice(tag))
    assert measure(body).segments <= MOST_PARTS[tag], body
    if tag == language.ENGLISH:
        assert not NEVER_SAID.search(body), body


@pytest.mark.parametrize("role", ["child", "carer", "parent"])
@pytest.mark.parametrize("tag", TAGS)
def test_an_invitation_says_who_reads_and_how_to_stop(role: str, tag: str) -> None:
    body = Voice(tag, iro="Jo").say(f"invite.{role}", **VALUES)
    assert "Jo" in body
    assert "STOP" in body
    assert VALUES["link"] in body.split("\n")


def test_an_arabic_number_keeps_its_order() -> None:
    assert Voice("ar").number("0800 1111") == "0800\u00a01111"
    assert Voice("ti").number("0800 1111") == "0800 1111"


def test_without_an_officer_no_authority_is_named(settings) -> None:
    body = spoken.help_words(Voice("en-GB"), settings, clock.now())
    assert settings.authority not in body
    assert "the person who runs the meeting" in Voice("en-GB").say("start.adult")
