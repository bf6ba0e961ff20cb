"""Asking who a text is about: by a first letter and a day, never a name."""

from collections.abc import Sequence

from consult_app import language
from consult_app.actions.inviting.spoken import YOUNG, Voice, voice_for
from consult_app.actions.texts.whose import letter
from consult_app.models.consultation import Consultation


def question(offered: Sequence[Consultation]) -> tuple[str, Voice]:
    """The words that ask, in the language of the first, and how it is spoken."""
    voice = voice_for(offered[0])
    young = any(one.role in YOUNG for one in offered)
    lines = [_line(number, one, voice, young=young) for number, one in enumerate(offered, 1)]
    return "\n".join((voice.say("who.ask"), *lines)), voice


def _line(number: int, one: Consultation, voice: Voice, *, young: bool) -> str:
    """One choice: whom it is about; where the young share the number, who is writing."""
    kind = "about" if not young else "self" if one.role in YOUNG else "other"
    day = language.day_words(one.review.day, voice.language) if one.review.day else ""
    return voice.say(f"who.{kind}", number=number, letter=letter(one), day=day)
