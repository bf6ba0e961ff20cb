"""Whether the lists of replies can be told apart: in one language, and STOP in all of them."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from consult_app.conversation.fold import apart, bare, fold
from consult_app.languages import yml
from consult_app.languages.catalogue import entries_of
from consult_app.languages.provenance import Words
from consult_app.languages.replies import MEANT, TRAPS
from consult_app.languages.store import ENGLISH
from consult_app.translating.files import Fault, File, forms, load, namespaces, stamp

REPLIES = "replies"
LABELLED = ("options", "questions")
"""Where labels of answers stand."""
ANSWERS = ("yes", "no", "unsure", "partly", "skip", "back", "start")
LEAST_DISTRESS = 30
"""Fewer phrases than this and a language has not been thought through."""


def faults(file: File, folder: Path) -> Iterator[Fault]:
    """Words in two lists, STOP among the answers, too few words of distress."""
    if file.namespace in LABELLED:
        yield from _labels_that_stop(file, folder)
    if file.namespace == REPLIES and file.entries:
        yield from _in_lists(file, folder)


def _in_lists(file: File, folder: Path) -> Iterator[Fault]:
    traps = set(map(fold, yml.read(folder / TRAPS).get(file.tag, ())))
    yield from _twice(file, traps)
    yield from _stops_that_answer(file, folder)
    yield from _cries_in_plain_english(file, folder)
    if len(_words(file, "distress")) < min(LEAST_DISTRESS, len(file.english.get("distress", ()))):
        yield file.fault("distress", f"has fewer than {LEAST_DISTRESS} phrases")


def _words(file: File, name: str) -> set[str]:
    return _folded(file.entries.get(name, []))


def _folded(entry: Words) -> set[str]:
    return set(map(fold, map(str, entry))) if isinstance(entry, list) else set()


def _twice(file: File, traps: set[str]) -> Iterator[Fault]:
    """A word that two lists have, or that is another's spelling without marks."""
    for one, other in combinations(MEANT, 2):
        first, second = _words(file, one), _words(file, other)
        typed = {word for word in first & {*map(bare, second)} if word == bare(word)}
        typed |= {word for word in second & {*map(bare, first)} if word == bare(word)}
        for word in sorted(((first & second) | typed) - traps):
            yield file.fault(one, f"{word!r} also means {other}: take it out, or put it in {TRAPS}")


def _stops_that_answer(file: File, folder: Path) -> Iterator[Fault]:
    """STOP holds in every language at once: none of its words may be an answer in this one."""
    stops = _stops(folder, stamp(folder))
    for name in ANSWERS:
        for word in sorted(_words(file, name) & stops.keys()):
            yield file.fault(name, f"{word!r} is STOP in {stops[word]}")


def _labels_that_stop(file: File, folder: Path) -> Iterator[Fault]:
    """Nor may what stands beside a number to choose."""
    stops = _stops(folder, stamp(folder))
    for key, text in _labels(file):
        if fold(text) in stops:
            yield file.fault(key, f"{text!r} is STOP in {stops[fold(text)]}")


@lru_cache(maxsize=2)
def _stops(folder: Path, _stamp: int) -> dict[str, str]:
    """Every word for STOP, with a locale that has it."""
    stops: dict[str, str] = {}
    for other in sorted(folder.glob(f"{REPLIES}.*.yml")):
        locale = other.stem.partition(".")[2]
        stops |= dict.fromkeys(_folded(entries_of(other).get("stop", [])), locale)
    return stops


def _cries_in_plain_english(file: File, folder: Path) -> Iterator[Fault]:
    """A phrase typed without marks must not begin ordinary English words: all are listened for."""
    if file.locale.startswith("en"):
        return
    said = _plain_english(folder, stamp(folder))
    for phrase in sorted(map(apart, _words(file, "distress"))):
        if f" {phrase}" in said:
            yield file.fault(
                "distress", f"{phrase!r} also stands in ordinary English: make it longer"
            )


@lru_cache(maxsize=2)
def _plain_english(folder: Path, _stamp: int) -> str:
    """Everything that respondents read in English, as one text."""
    files = (load(folder, name, ENGLISH) for name in namespaces(folder) if name != REPLIES)
    texts = (text for file in files for _, _, text in file.texts())
    return f" {apart(fold(' '.join(texts)))} "


def _labels(file: File) -> Iterator[tuple[str, str]]:
    """What stands beside numbers to choose from."""
    for key, entry in file.entries.items():
        if file.namespace == "options" or ".options." in key:
            yield from ((key, text) for text in forms(entry).values())
