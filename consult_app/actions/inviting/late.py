"""The truth about a meeting that has been, moved, was cancelled, or has another officer."""

from collections.abc import Iterator
from datetime import date

from consult_app import clock, language
from consult_app.actions.inviting.spoken import Voice, voice_for
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Purpose, ReviewStatus
from consult_app.models.review import Review


def truth(consultation: Consultation) -> list[str]:
    """What has changed since our last text said otherwise; said once, or once a day while it holds.

    What it says is remembered as told.
    """
    if consultation.purpose is Purpose.AFTER:
        return []
    voice = voice_for(consultation)
    said = list(_about_the_day(consultation, voice)) + list(_about_the_officer(consultation, voice))
    told(consultation)
    return said


def told(consultation: Consultation) -> None:
    """The day and the officer that the sender now knows of."""
    consultation.told_day = consultation.review.day
    consultation.told_iro_id = consultation.review.iro_id


def is_over(review: Review) -> bool:
    """True when the meeting has been."""
    return review.status is ReviewStatus.HELD or (
        review.day is not None and review.day < clock.today()
    )


def _about_the_day(consultation: Consultation, voice: Voice) -> Iterator[str]:
    review = consultation.review
    if review.day is None:
        return
    if review.status is ReviewStatus.CANCELLED:
        yield from _once_a_day(consultation, voice, "late.cancelled")
    elif is_over(review):
        yield from _once_a_day(consultation, voice, "late.held")
    elif consultation.told_day is not None and consultation.told_day != review.day:
        yield voice.say("late.moved", day=_day(review.day, voice))


def _once_a_day(consultation: Consultation, voice: Voice, key: str) -> Iterator[str]:
    day, heard = consultation.review.day, consultation.heard_at
    if day is not None and (heard is None or clock.in_london(heard).date() < clock.today()):
        yield voice.say(key, day=_day(day, voice))


def _about_the_officer(consultation: Consultation, voice: Voice) -> Iterator[str]:
    before, now = consultation.told_iro_id, consultation.review.iro_id
    if before is not None and now is not None and before != now:
        yield voice.say("late.officer")


def _day(day: date, voice: Voice) -> str:
    return language.day_words(day, voice.language)
