"""What a message that asks says on each channel, with its link; a first name and a day are all."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from consult_app import language
from consult_app.actions.inviting import mail_stops
from consult_app.actions.inviting.lean import leanest
from consult_app.config import Settings
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel

SUBJECT = "subject"


@dataclass(frozen=True)
class Saying:
    """What one message says: the text's key, the key where there is room, and its link."""

    text: str
    letter: str
    link: str


@dataclass(frozen=True)
class Worded:
    """The words of one message, and what its channel needs beside them, as JSON."""

    body: str
    details: str | None = None


def worded(channel: Channel, settings: Settings, row: Consultation, saying: Saying) -> Worded:
    """`saying` for the consultation's person, as `channel` has it."""
    return WORDINGS[channel](settings, row, saying)


def _text(settings: Settings, row: Consultation, saying: Saying) -> Worded:
    """As short as it goes: the day in full only where that costs nothing."""
    known = {"iro": officer(row), "link": saying.link, "number": settings.service_number}
    days = (_day(row, short=False), _day(row, short=True))
    key = f"texts.{saying.text}"
    return Worded(leanest(*(language.words(key, row.language, day=d, **known) for d in days)))


def _whatsapp(settings: Settings, row: Consultation, saying: Saying) -> Worded:
    """The words of a text, and what a template that was agreed beforehand is filled with."""
    values = {"1": officer(row), "2": _day(row, short=False), "3": saying.link}
    details = {"template": saying.text, "values": values}
    return Worded(_text(settings, row, saying).body, json.dumps(details, ensure_ascii=False))


def _written(settings: Settings, row: Consultation, saying: Saying, *, stops: bool) -> Worded:
    """An e-mail or a letter: a link only, and how to have no more of them."""
    known = {"iro": officer(row), "day": _day(row, short=False), "link": saying.link}
    parts = [language.words(f"later.email.{saying.letter}", row.language, **known)]
    details = {SUBJECT: language.words("later.email.subject", row.language)}
    if stops and row.person is not None:
        stop = mail_stops.address(settings.public_url, row.person)
        parts.append(language.words("later.email.stop", row.language, stop=stop))
        details["stop"] = stop
    return Worded("\n\n".join(parts), json.dumps(details, ensure_ascii=False))


WORDINGS: Mapping[Channel, Callable[[Settings, Consultation, Saying], Worded]] = {
    Channel.SMS: _text,
    Channel.WHATSAPP: _whatsapp,
    Channel.EMAIL: partial(_written, stops=True),
    Channel.LETTER: partial(_written, stops=False),
}


def _day(row: Consultation, *, short: bool) -> str:
    day = row.review.day
    return language.day_words(day, row.language, short=short) if day else ""


def officer(row: Consultation) -> str:
    """Who reads it: the officer's first name, kept in its own direction inside Arabic."""
    if row.review.iro is None:
        return language.words("texts.officer", row.language)
    name = row.review.iro.first_name
    return language.isolate(name) if language.is_rtl(row.language) else name
