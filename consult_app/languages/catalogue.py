"""Every word of every language, read at start: from one compiled file while nothing has changed.

Twenty-two languages as YAML take half a second to read; compiled they take a tenth of that. The
compiled file is JSON, known by a hash of everything it was made from, and made again when that
changes; where the folder cannot be written, YAML is read each time.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from consult_app.languages import numerals, provenance, yml
from consult_app.languages.provenance import Words

COMPILED = ".compiled.json"
FORM = b"1"
"""Written anew whenever the compiled file is laid out otherwise."""
STAFF = "staff"


@dataclass(frozen=True)
class Catalogue:
    """Texts by locale and key (plural forms by key and category), lists of words, standings."""

    texts: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, Mapping[str, tuple[str, ...]]]
    standings: Mapping[str, str]


def read(folder: Path) -> Catalogue:
    """Every word in `folder`, compiled when that is not done yet."""
    made_from = _hash(folder)
    kept = _kept(folder / COMPILED, made_from)
    if kept is not None:
        return _thawed(kept)
    made = compiled(folder)
    _keep(folder / COMPILED, {"made_from": made_from, **asdict(made)})
    return made


def _hash(folder: Path) -> str:
    files = sorted((*folder.glob("*.yml"), *folder.glob("provenance/*.yml")))
    seen = hashlib.blake2b(FORM, digest_size=16)
    for file in files:
        content = file.read_bytes()
        seen.update(f"{file.name} {len(content)}\n".encode())
        seen.update(content)
    return seen.hexdigest()


def _kept(file: Path, made_from: str) -> dict[str, Any] | None:
    """The compiled file, when it is whole and made from what is there now."""
    try:
        kept = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    return kept if isinstance(kept, dict) and kept.get("made_from") == made_from else None


def _thawed(kept: Mapping[str, Any]) -> Catalogue:
    lists = {
        locale: {key: tuple(words) for key, words in found.items()}
        for locale, found in kept["lists"].items()
    }
    return Catalogue(kept["texts"], lists, kept["standings"])


def _keep(file: Path, content: Mapping[str, Any]) -> None:
    """Put the compiled file in its place in one step; a folder that cannot be written keeps none."""
    with suppress(OSError), tempfile.TemporaryDirectory(dir=file.parent, prefix=COMPILED) as beside:
        made = Path(beside) / COMPILED
        made.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        os.replace(made, file)


def compiled(folder: Path) -> Catalogue:
    """Every word in `folder`, from its YAML."""
    entries = by_locale(folder)
    records = provenance.read(folder)
    english = respondents(entries.get("en_GB", {}))
    return Catalogue(
        {locale: _shown(texts(found), locale) for locale, found in entries.items()},
        {locale: lists(found) for locale, found in entries.items()},
        {
            locale: records.standing(locale, english, found).value
            for locale, found in entries.items()
        },
    )


def _shown(found: Mapping[str, str], locale: str) -> dict[str, str]:
    """Texts as readers see them: digits as their language writes them."""
    rules = "_".join(locale.split("_")[:2])
    return {key: numerals.in_text(text, rules) for key, text in found.items()}


def by_locale(folder: Path) -> dict[str, dict[str, Words]]:
    """Locale → key with its namespace → the entry as its file has it."""
    found: dict[str, dict[str, Words]] = {}
    for file in sorted(folder.glob("*.*.yml")):
        namespace, locale = file.stem.split(".")
        own = found.setdefault(locale, {})
        for key, entry in entries_of(file).items():
            own[f"{namespace}.{key}"] = entry
    return found


def entries_of(file: Path) -> dict[str, Words]:
    """The entries of one file of words; none where there is no file."""
    found: dict[str, Words] = yml.read(file)
    return found


def respondents(entries: Mapping[str, Words]) -> dict[str, Words]:
    """What respondents read of it; staff's pages are in English only."""
    return {key: entry for key, entry in entries.items() if not key.startswith(STAFF)}


def texts(entries: Mapping[str, Words]) -> dict[str, str]:
    """The texts, each plural form under its category."""
    flat: dict[str, str] = {}
    for key, entry in entries.items():
        if isinstance(entry, dict):
            flat |= {f"{key}.{category}": text for category, text in entry.items()}
        elif not isinstance(entry, list):
            flat[key] = entry
    return flat


def lists(entries: Mapping[str, Words]) -> dict[str, tuple[str, ...]]:
    """The lists of words."""
    return {key: tuple(entry) for key, entry in entries.items() if isinstance(entry, list)}
