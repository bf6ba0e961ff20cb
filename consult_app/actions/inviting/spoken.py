"""The words of a reply by text: what was heard, and the next question so that it stands alone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import singledispatch

from consult_app import clock, language, workdays
from consult_app.actions.doors import links
from consult_app.config import Settings
from consult_app.conversation.answers import (
    Asked,
    Concern,
    Finished,
    HelpWanted,
    LanguageChanged,
    Level,
    NotUnderstood,
    Outcome,
    Reason,
    Understood,
)
from consult_app.conversation.form import Form, Kind, Question
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ReviewStatus, Role
from consult_app.outbox.segments import measure
from consult_app.reviewing import office_hours

YOUNG = frozenset({Role.CHILD, Role.CARE_LEAVER})
EMERGENCY = "999"
CHILDLINE = "0800 1111"
NO_BREAK = "\u00a0"
HINTS: Mapping[Kind, str] = {
    Kind.MANY: "hint.many",
    Kind.TEXT: "hint.text",
    Kind.DATE: "hint.date",
}
"""How to answer what has no numbered options; a scale's own words name its ends."""

MOST_PARTS = 2
"""A question that takes more is asked with a link, where that takes fewer."""


@dataclass(frozen=True)
class Voice:
    """Whom we speak to, in which language, and about whose meeting when."""

    language: str
    young: bool = False
    iro: str | None = None
    day: date | None = None

    @property
    def age(self) -> str:
        """The last part of a key that has words for the young and for adults."""
        return "child" if self.young else "adult"

    def say(self, key: str, **values: object) -> str:
        """The words of `key` among the texts."""
        iro = self.iro or language.words("texts.officer", self.language)
        skip = (language.listed("replies.skip", self.language) or ("skip",))[0]
        return language.words(f"texts.{key}", self.language, iro=iro, skip=skip, **values)

    def number(self, digits: str) -> str:
        """A phone number that keeps its order in a text read from right to left."""
        return digits.replace(" ", NO_BREAK) if language.is_rtl(self.language) else digits


def voice_for(consultation: Consultation, tag: str | None = None) -> Voice:
    """How the respondent of a consultation is spoken to; a day only while it is still to come."""
    iro, review = consultation.review.iro, consultation.review
    return Voice(
        language=tag or consultation.language,
        young=consultation.role in YOUNG,
        iro=iro.first_name if iro else None,
        day=review.day if review.status is ReviewStatus.SCHEDULED else None,
    )


def question(asked: Question, voice: Voice) -> str:
    """A question with its numbered options or how to answer it."""
    lines = [language.question_words(asked, voice.language, text=True)]
    if asked.is_chosen and asked.kind is not Kind.SCALE:
        lines += [_option(asked, number, voice) for number in range(1, len(asked.options) + 1)]
    if asked.kind in HINTS:
        lines.append(voice.say(HINTS[asked.kind]))
    return "\n".join(lines)


def _option(asked: Question, number: int, voice: Voice) -> str:
    label = language.option_words(asked, asked.options[number - 1], voice.language)
    return voice.say("option", number=number, label=label)


def help_words(voice: Voice, settings: Settings, now: datetime) -> str:
    """Who helps at once, and the true time at which a person here reads next."""
    known = {"emergency": EMERGENCY, "childline": voice.number(CHILDLINE)}
    return _by_hours(f"help.{voice.age}", voice, settings, now, **known)


def reading_words(voice: Voice, settings: Settings, now: datetime) -> str:
    """The true time at which a person here reads messages."""
    return _by_hours("reads", voice, settings, now)


def _by_hours(key: str, voice: Voice, settings: Settings, now: datetime, **known: str) -> str:
    """The words of `key` while the office is open, until when; else the day and time it opens."""
    closed = workdays.holidays_with(settings.bank_holidays)
    if office_hours.is_open(now, closed):
        time = language.time_words(office_hours.CLOSES, voice.language)
        return voice.say(f"{key}.open", time=time, **known)
    opening = clock.in_london(office_hours.next_opening(now, closed))
    day = language.day_words(opening.date(), voice.language)
    time = language.time_words(opening.time(), voice.language)
    return voice.say(key, day=day, time=time, **known)


def finished_words(voice: Voice) -> str:
    """Thanks, and when it will be read: before the meeting, while that is still true."""
    if voice.day is None or voice.day < clock.today():
        return voice.say("thanks.finished.late")
    return voice.say("thanks.finished", day=language.day_words(voice.day, voice.language))


@dataclass(frozen=True)
class Spoken:
    """What all the phrases of one reply need; `missed` counts replies not understood in a row.

    `link` makes the address at which the question can be answered; None asks it in full.
    """

    form: Form
    voice: Voice
    settings: Settings
    now: datetime
    missed: int = 0
    link: Callable[[], str] | None = None


def phrases(outcomes: Iterable[Outcome], spoken: Spoken) -> tuple[str, ...]:
    """What the outcomes of one turn lead us to say, each phrase once."""
    said = (phrase(outcome, spoken) for outcome in outcomes)
    return tuple(dict.fromkeys(words for words in said if words))


@singledispatch
def phrase(_outcome: Outcome, _spoken: Spoken) -> str:
    """What is said for one outcome: nothing, unless its kind stands below."""
    return ""


@phrase.register
def _understood(outcome: Understood, spoken: Spoken) -> str:
    return spoken.voice.say("skipped") if outcome.value is None else ""


@phrase.register
def _not_understood(outcome: NotUnderstood, spoken: Spoken) -> str:
    if spoken.missed > 1:
        return spoken.voice.say("missed.again")
    return spoken.voice.say(
        f"missed.{outcome.reason}", lowest=outcome.lowest, highest=outcome.highest
    )


@phrase.register
def _concern(outcome: Concern, spoken: Spoken) -> str:
    if outcome.reason is Reason.HELP:
        return ""
    if outcome.level is Level.REQUEST:
        return spoken.voice.say("thanks.request")
    return spoken.voice.say(f"thanks.safety.{spoken.voice.age}", emergency=EMERGENCY)


@phrase.register
def _asked(outcome: Asked, spoken: Spoken) -> str:
    asked, voice = spoken.form.by_id[outcome.question], spoken.voice
    if spoken.link is None or not by_link(asked, voice, spoken.settings):
        return question(asked, voice)
    return _with_link(asked, voice, spoken.link())


def by_link(asked: Question, voice: Voice, settings: Settings) -> bool:
    """True for a question whose choices are too many or too long for a text."""
    whole = measure(question(asked, voice)).segments
    linked = _with_link(asked, voice, links.address(settings.public_url, links.SAMPLE))
    return asked.is_chosen and whole > MOST_PARTS and measure(linked).segments < whole


def _with_link(asked: Question, voice: Voice, link: str) -> str:
    words = language.question_words(asked, voice.language, text=True)
    return f"{words}\n{voice.say(f'choose.{voice.age}', link=link)}"


@phrase.register
def _help_wanted(_outcome: HelpWanted, spoken: Spoken) -> str:
    return help_words(spoken.voice, spoken.settings, spoken.now)


@phrase.register
def _language_changed(_outcome: LanguageChanged, spoken: Spoken) -> str:
    return spoken.voice.say("language")


@phrase.register
def _finished(_outcome: Finished, spoken: Spoken) -> str:
    return finished_words(spoken.voice)
