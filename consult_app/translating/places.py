"""Where words stand: in which questionnaire, page or text message. For translators."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from consult_app import language
from consult_app.languages import yml
from consult_app.questionnaires import load

PLACES = "places.yml"
PICTURES = language.FOLDER.parent / "docs" / "pictures"
QUESTIONS, QUESTION = "questions.", "question"
PARTS = {
    "ask": "the question on a page",
    "hint": "the line under the question",
    "text": "the question in a text message, shorter",
    "low": "the low end of a scale",
    "high": "the high end of a scale",
}
OPTION = "an answer to choose"


@cache
def where(key: str) -> str:
    """Where the words of a key with its namespace stand."""
    asked = _asked(key) if key.startswith(QUESTIONS) else ""
    return asked or _place(key).where


@cache
def picture(key: str) -> Path | None:
    """A picture of such a page, in English; None for what stands on no page."""
    name = QUESTION if _asked(key) else _place(key).picture
    return PICTURES / f"{name}.png" if name else None


@dataclass(frozen=True)
class Place:
    """Where the words of some keys stand, and which picture shows it."""

    keys: str
    where: str
    picture: str = ""


def _place(key: str) -> Place:
    return next(place for place in on_file() if fnmatchcase(key, place.keys))


@cache
def on_file() -> tuple[Place, ...]:
    """Every place that the file names, in its order."""
    return tuple(Place(**place) for place in yml.read(language.FOLDER / PLACES))


def _asked(key: str) -> str:
    """The questionnaires that ask it, and which part of the question it is."""
    question, _, last = key.rpartition(".")
    stem, _, option = key.partition(".options.")
    words, part = (stem, OPTION) if option else (question, PARTS.get(last, ""))
    forms = _forms().get(words)
    return f"{part}; asked in {', '.join(forms)}" if part and forms else ""


@cache
def _forms() -> Mapping[str, tuple[str, ...]]:
    """The wording key of each question, and of its options, with the questionnaires that ask it."""
    found: dict[str, list[str]] = {}
    for name in load.names():
        for question in load.load(name).questions:
            for words in {question.words, question.option_words.removesuffix(".options")}:
                found.setdefault(words, []).append(name)
    return {words: tuple(names) for words, names in found.items()}


def page(tag: str, key: str) -> str:
    """The staff page where a string stands as its reader sees it, beside the English."""
    return f"/staff/languages/{tag}?q={key}"
