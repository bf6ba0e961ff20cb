"""All of language in one place: words by key, plurals, dates, direction, language names.

python-i18n is the store, Babel knows the rules; nobody else imports either.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import i18n
import yaml
from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from consult_app.conversation.fold import fold
from consult_app.conversation.form import Form, Question
from consult_app.conversation.understand import Command, Labels

T = TypeVar("T")

FOLDER = Path(__file__).resolve().parent.parent / "translations"
ENGLISH = "en-GB"
UNTRANSLATED = "⟦en⟧ "
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
REPLIES = ("yes", "no", "unsure", "partly")


@dataclass(frozen=True)
class Language:
    """A language that can be offered: its tag for pages, its locale, direction and own name."""

    tag: str
    locale: str
    own_name: str
    dir: str
    script: str
    offered: bool = True

    @property
    def rules(self) -> str:
        """The locale whose dates and plurals it follows, as Babel knows it."""
        return "_".join(self.locale.split("_")[:2])


@dataclass(frozen=True)
class _Store:
    """What `load` read: languages by tag, which keys each locale has, the reply lists."""

    languages: Mapping[str, Language]
    keys: Mapping[str, frozenset[str]]
    lists: Mapping[str, Mapping[str, tuple[str, ...]]]
    folder: Path | None = None


_store = _Store({}, {}, {})


def load(folder: Path = FOLDER) -> None:
    """Read every word once, at start; again only from another folder."""
    global _store
    if _store.folder == folder:
        return
    languages = {entry["tag"]: Language(**entry) for entry in _read(folder / "languages.yml")}
    keys: dict[str, set[str]] = {language.locale: set() for language in languages.values()}
    lists: dict[str, dict[str, tuple[str, ...]]] = {locale: {} for locale in keys}
    for file in sorted(folder.glob("*.*.yml")):
        namespace, locale = file.stem.split(".")
        if locale in keys:
            for key, value in (_read(file) or {}).items():
                _add(f"{namespace}.{key}", value, locale, (keys[locale], lists[locale]))
    frozen = {locale: frozenset(names) for locale, names in keys.items()}
    _store = _Store(languages, frozen, lists, folder)
    for cached in (_found, _plain, labels, get, _plural_rule):
        cached.cache_clear()


def _read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _add(
    key: str,
    value: str | list[str] | dict[str, str],
    locale: str,
    into: tuple[set[str], dict[str, tuple[str, ...]]],
) -> None:
    """Store a text, each plural form under its category, or a list of words."""
    keys, lists = into
    if isinstance(value, list):
        lists[key] = tuple(value)
        return
    forms = value if isinstance(value, dict) else {"": value}
    for category, text in forms.items():
        full = f"{key}.{category}" if category else key
        i18n.translations.add(full, text, locale)
        keys.add(full)


def languages() -> tuple[Language, ...]:
    """The languages offered, in the order of their file."""
    return tuple(language for language in _store.languages.values() if language.offered)


@cache
def get(tag: str) -> Language:
    """A language by its tag; English for one that is not known."""
    return _store.languages.get(tag) or _store.languages[ENGLISH]


def is_offered(tag: str) -> bool:
    """True for the tag of a language that respondents can choose."""
    return tag in _store.languages and _store.languages[tag].offered


def is_rtl(tag: str) -> bool:
    """True for a language read from right to left."""
    return get(tag).dir == "rtl"


def pick(accepted: str) -> str:
    """The first offered language in an Accept-Language header, else English."""
    for part in accepted.split(","):
        tag = part.split(";")[0].strip()
        for language in languages():
            if tag and language.tag.split("-")[0] == tag.split("-")[0].lower():
                return language.tag
    return ENGLISH


@cache
def _plural_rule(locale: str) -> Any:
    return Locale.parse(locale).plural_form


@lru_cache(maxsize=100_000)
def _found(key: str, tag: str) -> tuple[str, str]:
    """The locale that has `key`, and the mark to set before it. KeyError when none has it."""
    locale, rules = get(tag).locale, get(tag).rules
    for candidate in (locale, rules, locale.split("_")[0]):
        if key in _store.keys.get(candidate, ()):
            return candidate, ""
    if key in _store.keys["en_GB"]:
        return "en_GB", "" if tag == ENGLISH else UNTRANSLATED
    raise KeyError(f"no words for {key}")


def words(key: str, language: str, **values: object) -> str:
    """The words of `key` in `language`; `count` picks the plural form. KeyError for no such key.

    A text missing in the language comes in English, visibly marked.
    """
    if not values:
        return _plain(key, language)
    if "count" in values:
        key = _plural_key(key, language, values["count"])
    locale, mark = _found(key, language)
    return mark + str(i18n.t(key, locale=locale, **values))


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
    return key in _store.keys.get(get(language).locale, ())


def listed(key: str, language: str) -> tuple[str, ...]:
    """A list of words, such as replies.stop; empty when the language has none."""
    return _store.lists.get(get(language).locale, {}).get(key, ())


def isolate(text: str) -> str:
    """`text` kept in its own direction inside plain text of another."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def question_words(question: Question, language: str, *, text: bool = False) -> str:
    """What is asked; `text=True` takes the shorter wording for messages where there is one."""
    short = f"{question.words}.text"
    return words(short if text and has(short, ENGLISH) else f"{question.words}.ask", language)


def hint_words(question: Question, language: str) -> str | None:
    """The line under a question, where it has one."""
    key = f"{question.words}.hint"
    return words(key, language) if has(key, ENGLISH) else None


def option_words(question: Question, option: str, language: str) -> str:
    """The label of one option; a scale's steps are their own numbers."""
    key = f"{question.option_words}.{option}"
    return option if not has(key, ENGLISH) and option.isdecimal() else words(key, language)


def section_words(section: str, language: str) -> str:
    """The title of a section."""
    return words(f"questions.sections.{section}.title", language)


def day_words(day: date, language: str, *, short: bool = False) -> str:
    """A day as a reader says it: Thursday 12 March, in short Thu 12 Mar. Latin digits."""
    return format_date(day, "EEE d MMM" if short else "EEEE d MMMM", locale=get(language).rules)


def date_words(day: date, language: str) -> str:
    """A day with its year: 12 March 2026. Gregorian, Latin digits."""
    return format_date(day, "d MMMM y", locale=get(language).rules)


def time_words(moment: Any, language: str) -> str:
    """A wall-clock time, 24 hours: 14:30."""
    return format_time(moment, "HH:mm", locale=get(language).rules)


def number_words(number: int, language: str) -> str:
    """A number as the language groups it."""
    return format_decimal(number, locale=get(language).rules)


def names(tag: str, language: str) -> str:
    """What `language` calls the language `tag`."""
    called = get(tag)
    if called.rules != called.locale:
        return called.own_name
    return Locale.parse(called.rules).get_display_name(get(language).rules) or tag


@lru_cache(maxsize=256)
def labels(form: Form, language: str) -> Labels:
    """What understanding needs of a language for one form, English standing behind it."""
    return Labels(
        language=language,
        commands=_meaning({command.value: command for command in Command}, language),
        replies=_meaning({reply: reply for reply in REPLIES}, language),
        options={q.id: _option_labels(q, language) for q in form.questions if q.is_chosen},
        languages=_language_names(language),
        language_words=frozenset(map(fold, listed("replies.language", language))),
        distress=tuple(_distress(language)),
        english=labels(form, ENGLISH) if language != ENGLISH else None,
    )


def _meaning(kinds: Mapping[str, T], language: str) -> dict[str, T]:
    """Word → what it means; a word that stands in two lists means nothing."""
    meant: dict[str, T] = {}
    doubtful: set[str] = set()
    for name, kind in kinds.items():
        for word in map(fold, listed(f"replies.{name}", language)):
            doubtful |= {word} if meant.get(word, kind) != kind else set()
            meant[word] = kind
    return {word: kind for word, kind in meant.items() if word not in doubtful}


def _option_labels(question: Question, language: str) -> dict[str, str]:
    return {fold(option_words(question, o, language)): o for o in question.options}


def _language_names(language: str) -> dict[str, str]:
    """Own names, English names and this language's names of all languages offered."""
    called: dict[str, str] = {}
    for other in languages():
        display = Locale.parse(other.rules)
        for name in (other.own_name, display.get_language_name("en"),
                     display.get_language_name(get(language).rules)):  # fmt: skip
            called.setdefault(fold(name or other.tag), other.tag)
    return called


def _distress(language: str) -> Iterable[str]:
    """Phrases that call a person; in Latin script they must begin a word."""
    start = " " if get(language).script == "Latn" else ""
    return (start + fold(phrase) for phrase in listed("replies.distress", language))


def placeholders(text: str) -> frozenset[str]:
    """The names of the values a text takes."""
    return frozenset(re.findall(r"%\{(\w+)\}", text))
