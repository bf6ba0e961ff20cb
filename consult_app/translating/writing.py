"""Writing words and their provenance into their files; what does not change stays as it was."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from consult_app import clock, language
from consult_app.languages import provenance
from consult_app.languages.provenance import Records, Words, mark
from consult_app.translating.files import of_language
from consult_app.translating.taking import Change, Proposal

KEY = re.compile(r'(?:"([^"]+)"|([^\s#:"-][^:]*)):(?=\s|$)')
MEANT_OTHERWISE = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null"})
"""Keys that YAML takes for something else unless they stand in quotes."""
LONG_LIST = 12
Exceptions = dict[str, Mapping[str, str]]
"""By key: the English it was made from; who checked it, when, and which words."""


def write(proposal: Proposal, by: str, folder: Path = language.FOLDER) -> None:
    """Put the changes into the language's files, with who checked them today."""
    locale = language.get(proposal.tag).locale
    changed = {change.key: change.words for change in proposal.changes if change.is_new_wording}
    for file in of_language(folder, proposal.tag):
        if own := file.own(changed):
            _replace(folder / file.name, own)
    _record(folder, locale, proposal.changes, by)


def _replace(file: Path, changed: Mapping[str, Words]) -> None:
    """The file with some entries written anew in their place, new ones at its end."""
    waiting = dict(changed)
    written: list[str] = []
    for key, block in _blocks(file.read_text(encoding="utf-8") if file.exists() else ""):
        written.append(entry(key, waiting.pop(key)) if key in waiting else block)
    written += [entry(key, words) for key, words in waiting.items()]
    _put(file, "".join(written))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """A file cut before each key; comments and empty lines are blocks without one."""
    key, block = "", ""
    for line in text.splitlines(keepends=True):
        found = KEY.match(line)
        if found or line[0] in "#\n":
            yield key, block
            key, block = (found[1] or found[2]) if found else "", ""
        block += line
    yield key, block if block.endswith("\n") or not block else block + "\n"


def entry(key: str, words: Words) -> str:
    """One entry as YAML; every text stands in quotes."""
    named = json.dumps(key) if key in MEANT_OTHERWISE else key
    if isinstance(words, dict):
        return f"{named}:\n" + "".join(f"  {form}: {_quoted(t)}\n" for form, t in words.items())
    if isinstance(words, list) and len(words) > LONG_LIST:
        return f"{named}:\n" + "".join(f"  - {_quoted(word)}\n" for word in words)
    if isinstance(words, list):
        return f"{named}: [{', '.join(map(_quoted, words))}]\n"
    return f"{named}: {_quoted(words)}\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _record(folder: Path, locale: str, changes: Iterable[Change], by: str) -> None:
    """Who checked what against which English; a draft anew only that it fits this English."""
    english = _english(folder)
    exceptions: Exceptions = dict(provenance.read(folder).exceptions.get(locale, {}))
    for change in changes:
        source = mark(english[change.key])
        said = {"by": by, "on": clock.today().isoformat(), "is": mark(change.words)}
        exceptions[change.key] = {"of": source, **(said if change.checked else {})}
    _keep(folder, locale, exceptions)


def _english(folder: Path) -> dict[str, Words]:
    """Every string that respondents read, in English."""
    return {
        f"{file.namespace}.{name}": words
        for file in of_language(folder, language.ENGLISH)
        for name, words in file.english.items()
    }


def drafted(folder: Path, tags: Sequence[str]) -> int:
    """Say that drafts were made from the English as it stands; how many keys that changes.

    Without `tags` it holds for every language; what a speaker checked stays changed since.
    """
    english = {key: mark(words) for key, words in _english(folder).items()}
    known = provenance.read(folder)
    stands = {**english, **known.english} if tags else english
    for tag in tags or [one.tag for one in language.every()]:
        locale = language.get(tag).locale
        _keep(folder, locale, _exceptions(known, locale, english, stands))
    changed = {key for key, source in english.items() if known.english.get(key) != source}
    if changed and not tags:
        lines = "".join(f"{key}: {_quoted(source)}\n" for key, source in english.items())
        _put(folder / "provenance" / "english.yml", HEAD_ENGLISH + lines)
    return len(changed)


def _exceptions(
    known: Records, locale: str, english: Mapping[str, str], stands: Mapping[str, str]
) -> Exceptions:
    """What differs in one language, its drafts made from `english`, once `stands` is on file."""
    kept: Exceptions = dict(known.exceptions.get(locale, {}))
    for key, source in english.items():
        exception = kept.pop(key, {})
        by, on = known.checker(key, locale, exception)
        made_from = exception.get("of") or known.english.get(key, source)
        if by and (exception or made_from != stands[key]):
            kept[key] = {**exception, "of": made_from, "by": by, "on": on}
        elif not by and (source != stands[key] or known.checker(key, locale, {})[0]):
            kept[key] = {"of": source}
    return kept


HEAD = "# Strings that differ from what provenance.yml says; written by consult languages import.\n"
HEAD_ENGLISH = (
    "# Marks of the English that the drafts were made from; written by consult languages drafted.\n"
)


def _keep(folder: Path, locale: str, exceptions: Exceptions) -> None:
    """Write a language's exceptions; without any it has no file."""
    file = folder / "provenance" / f"{locale}.yml"
    if not exceptions:
        file.unlink(missing_ok=True)
        return
    lines = (
        f"{key}: {{{', '.join(f'{name}: {_quoted(said)}' for name, said in entry.items())}}}\n"
        for key, entry in sorted(exceptions.items())
    )
    _put(file, HEAD + "".join(lines))


def _put(file: Path, text: str) -> None:
    """Write a file in one step."""
    file.parent.mkdir(exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, file)
