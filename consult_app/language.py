"""All of language in one place: words by key, plurals, dates, direction, language names.

python-i18n is the store, Babel knows the rules; nobody else imports either. The parts stand in
`consult_app.languages`; everybody else imports this.
"""

import re
from pathlib import Path

from consult_app.languages import replies, store
from consult_app.languages.dates import date_words as date_words
from consult_app.languages.dates import day_beside as day_beside
from consult_app.languages.dates import day_words as day_words
from consult_app.languages.dates import names as names
from consult_app.languages.dates import number_words as number_words
from consult_app.languages.dates import numeral as numeral
from consult_app.languages.dates import time_words as time_words
from consult_app.languages.provenance import Standard as Standard
from consult_app.languages.questions import hint_words as hint_words
from consult_app.languages.questions import option_words as option_words
from consult_app.languages.questions import question_words as question_words
from consult_app.languages.questions import section_words as section_words
from consult_app.languages.replies import cries as cries
from consult_app.languages.replies import distress as distress
from consult_app.languages.replies import labels as labels
from consult_app.languages.replies import traps as traps
from consult_app.languages.replies import unclear as unclear
from consult_app.languages.store import ENGLISH as ENGLISH
from consult_app.languages.store import FOLDER as FOLDER
from consult_app.languages.store import Language as Language
from consult_app.languages.store import every as every
from consult_app.languages.store import get as get
from consult_app.languages.store import has as has
from consult_app.languages.store import is_offered as is_offered
from consult_app.languages.store import is_rtl as is_rtl
from consult_app.languages.store import keys as keys
from consult_app.languages.store import languages as languages
from consult_app.languages.store import listed as listed
from consult_app.languages.store import pick as pick
from consult_app.languages.store import plural_categories as plural_categories
from consult_app.languages.store import standing as standing
from consult_app.languages.store import words as words

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def load(folder: Path = FOLDER) -> None:
    """Read every word once, at start; again only from another folder."""
    if store.load(folder):
        replies.forget()


def hold_to(standard: str) -> None:
    """Offer no language that has not come as far as `standard`: draft, safety-checked, checked."""
    if store.hold_to(standard):
        replies.forget()


def isolate(text: str) -> str:
    """`text` kept in its own direction inside plain text of another."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def placeholders(text: str) -> frozenset[str]:
    """The names of the values a text takes."""
    return frozenset(re.findall(r"%\{(\w+)\}", text))
