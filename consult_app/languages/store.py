"""Words by key: python-i18n keeps them, Babel knows the plurals; English stands behind, marked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import i18n
import yaml
from babel import Locale

from consult_app.languages import catalogue, numerals
from consult_app.languages.provenance import Standard

FOLDER = Path(__file__).resolve().parent.parent.parent / "translations"
ENGLISH = "en-GB"
ENGLISH_LOCALE = "en_GB"


@dataclass(frozen=True)
class Language:
    """A language that can be offered: its tag for pages, its locale, direction and own name.

    `day` and `date` are CLDR patterns where its readers expect another than ours; `calendar` the one
    that stands beside the Gregorian; `prefixes` are written together with the word they precede;
    `called` are further names that people type; `english` is its name for staff, where CLDR's is odd;
    `abbreviates` is false where short names of days and months would not be understood.
    """

    tag: str
    locale: str
    own_name: str
    dir: str
    script: str
    offered: bool = True
    day: str = "EEEE d MMMM"
    date: str = "d MMMM y"
    calendar: str = ""
    prefixes: str = ""
    called: tuple[str, ...] = ()
    english: str = ""
    abbreviates: bool = True

    @property
    def rules(self) -> str:
        """The locale whose dates and plurals it follows, as Babel knows it."""
        return "_".join(self.locale.split("_")[:2])


@dataclass(frozen=True)
class _Store:
    """What `load` read: languages by tag, words and lists by locale, how far each has come."""

    languages: Mapping[str, Language] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    standings: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None


_store = _Store()
_standard = Standard.DRAFT


def load(folder: Path = FOLDER) -> bool:
    """Read every word once, at start; again only from another folder. True when it was read."""
    global _store
    if _store.folder == folder:
        return False
    read = catalogue.read(folder)
    known = {entry["tag"]: _language(entry) for entry in _yaml(folder / "languages.yml")}
    for language in known.values():
        i18n.translations.container[language.locale] = read.texts.get(language.locale, {})
    _store = _Store(known, read.texts, read.lists, read.standings, folder)
    for cached in (_found, _plain, _formatter, get, _plural_rule, languages):
        cached.cache_clear()
    return True


def _language(entry: Mapping[str, Any]) -> Language:
    return Language(**{**entry, "called": tuple(entry.get("called", ()))})


def _yaml(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def hold_to(standard: str) -> bool:
    """Offer no language that has not come as far as `standard`. True when that is new."""
    global _standard
    if Standard(standard) is _standard:
        return False
    _standard = Standard(standard)
    languages.cache_clear()
    return True


def every() -> tuple[Language, ...]:
    """Every language that has an entry, offered or not."""
    return tuple(_store.languages.values())


@cache
def languages() -> tuple[Language, ...]:
    """The languages offered, in the order of their file."""
    return tuple(language for language in every() if _is_fit(language))


def _is_fit(language: Language) -> bool:
    return language.offered and _standard.is_met_by(standing(language.tag))


def standing(tag: str) -> Standard:
    """How far a language has come: draft, safety-checked or checked."""
    return Standard(_store.standings.get(get(tag).locale, Standard.DRAFT.value))


@cache
def get(tag: str) -> Language:
    """A language by its tag; English for one that is not known."""
    return _store.languages.get(tag) or _store.languages[ENGLISH]


def is_offered(tag: str) -> bool:
    """True for the tag of a language that respondents can choose."""
    return tag in _store.languages and _is_fit(_store.languages[tag])


def is_rtl(tag: str) -> bool:
    """True for a language read from right to left."""
    return get(tag).dir == "rtl"


def pick(accepted: str) -> str:
    """The first offered language in an Accept-Language header, else English."""
    for part in accepted.split(","):
        wanted = part.split(";")[0].strip().lower()
        found = _exact(wanted) or _near(wanted)
        if found:
            return found
    return ENGLISH


def _exact(wanted: str) -> str | None:
    return next((one.tag for one in languages() if one.tag.lower() == wanted), None)


def _near(wanted: str) -> str | None:
    """The language itself, else the first offered of the same name, whatever the region."""
    alone = wanted.partition("-")[0]
    name = KNOWN_AS.get(alone, alone)
    same = (one.tag for one in languages() if one.tag.split("-")[0] == name)
    return _exact(name.lower()) or next(same, None)


KNOWN_AS = {"ku": "kmr", "prs": "fa-AF"}
"""What browsers call a language that we know under another tag."""


@cache
def _plural_rule(locale: str) -> Any:
    return Locale.parse(locale).plural_form


def _candidates(tag: str) -> Iterator[str]:
    """The language's own locale, the one it follows, the language without its region, English."""
    language = get(tag)
    yield from (language.locale, language.rules, language.locale.split("_")[0], ENGLISH_LOCALE)


@lru_cache(maxsize=100_000)
def _found(key: str, tag: str) -> tuple[str, str]:
    """The locale that has `key`, and the mark to set before it. KeyError when none has it.

    Words of any other language are marked, also those of a near one: nothing falls back unseen.
    """
    for locale in _candidates(tag):
        if key in _store.texts.get(locale, ()):
            own = locale == get(tag).locale
            return locale, "" if own else f"⟦{locale.split('_')[0]}⟧ "
    raise KeyError(f"no words for {key}")


def words(key: str, language: str, **values: object) -> str:
    """The words of `key` in `language`; `count` picks the plural form. KeyError for no such key.

    A text missing in the language comes in another, visibly marked. Whole numbers are written in
    the language's digits.
    """
    if not values:
        return _plain(key, language)
    if "count" in values:
        key = _plural_key(key, language, values["count"])
    own = numerals.table(get(language).rules)
    said = {name: _value(value, own) for name, value in values.items()} if own else values
    return str(_formatter(key, language).format(**said))


@lru_cache(maxsize=100_000)
def _formatter(key: str, language: str) -> Any:
    """What fills the values of a key: made once."""
    locale, mark = _found(key, language)
    return i18n.translator.TranslationFormatter(mark + i18n.translations.get(key, locale))


def rendered(text: str, values: Mapping[str, object]) -> str:
    """A text that stands in no catalogue, filled with values as any other."""
    return str(i18n.translator.TranslationFormatter(text).format(**values))


def _value(value: object, digits: Mapping[int, int] | None) -> object:
    return str(value).translate(digits or {}) if isinstance(value, int) else value


@lru_cache(maxsize=100_000)
def _plain(key: str, language: str) -> str:
    """Words that take no values: looked up once."""
    locale, mark = _found(key, language)
    return mark + str(i18n.t(key, locale=locale))


def _plural_key(key: str, language: str, count: object) -> str:
    """The key of the plural form for `count`; the key itself where a text has but one form."""
    category = _plural_rule(get(language).rules)(count)
    forms = (f"{key}.{category}", f"{key}.other")
    known = (form for tag in (language, ENGLISH) for form in forms if has(form, tag))
    return next(known, key)


def plural_categories(tag: str) -> frozenset[str]:
    """The plural forms a language has, as CLDR names them."""
    return frozenset(_plural_rule(get(tag).rules).tags) | {"other"}


def has(key: str, language: str) -> bool:
    """True when the language itself has words for `key`."""
    return key in _store.texts.get(get(language).locale, ())


def keys(language: str) -> tuple[str, ...]:
    """Every key a language has words for, plural forms under their own."""
    return tuple(_store.texts.get(get(language).locale, ()))


def listed(key: str, language: str) -> tuple[str, ...]:
    """A list of words, such as replies.stop; empty when the language has none."""
    return _store.lists.get(get(language).locale, {}).get(key, ())
