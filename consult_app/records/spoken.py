"""Languages as people write them in lists: a tag, an English name, or the language's own."""

import re
from functools import lru_cache

from consult_app import language

SPELLINGS = {
    "tigrigna": "ti",
    "tigrinia": "ti",
    "tigray": "ti",
    "arab": "ar",
    "eng": "en-GB",
    "easy read": "en-GB-x-easy",
    "easyread": "en-GB-x-easy",
}


@lru_cache(maxsize=1_000)
def tag(text: str) -> str | None:
    """The tag of a language we can write in, or None. `Arabic (Sudan)` and `ar-SD` are `ar`."""
    plain = re.sub(r"\(.*?\)", "", text).strip().casefold()
    names = _names()
    return names.get(plain) or names.get(re.split(r"[-_]", plain)[0])


def _names() -> dict[str, str]:
    """Every way to write a language; what two share is the one offered first."""
    called = {
        spelling: known for spelling, known in SPELLINGS.items() if language.is_offered(known)
    }
    for offered in language.languages():
        english = language.names(offered.tag, language.ENGLISH)
        for name in (offered.tag, offered.own_name, english, *offered.called):
            called.setdefault(name.casefold(), offered.tag)
    for offered in language.languages():
        english = language.names(offered.tag, language.ENGLISH)
        for name in (offered.tag.split("-")[0], english.split(" (")[0]):
            called.setdefault(name.casefold(), offered.tag)
    return called
