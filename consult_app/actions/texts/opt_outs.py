"""STOP and START: exact whole messages in every language; they belong to the number."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

from sqlalchemy.orm import Session

from consult_app import language, sealing
from consult_app.conversation.fold import fold
from consult_app.outbox import opted_out


class Wish(StrEnum):
    """What a number wants of us."""

    STOP = "stop"
    START = "start"


def wish(text: str, tag: str = language.ENGLISH) -> Wish | None:
    """The wish that the whole of `text` is; "I want them to stop" is none.

    Nor is what means something else in the language `tag` of who writes, unless English has it so.
    """
    folded = fold(text)
    if folded in map(fold, language.traps().get(tag, ())):
        return _words_of([language.ENGLISH]).get(folded)
    return _words().get(folded)


def stop(session: Session, number: str) -> bool:
    """Text `number` no more, and cancel what is queued. False when it had said so before."""
    return opted_out.add(session, sealing.ring().hashes(number))


def start(session: Session, number: str) -> bool:
    """Texts may go to `number` again. False when it had not said STOP."""
    return opted_out.remove(session, sealing.ring().hashes(number))


@cache
def _words() -> Mapping[str, Wish]:
    """Every language's words, offered or not."""
    return _words_of(spoken.tag for spoken in language.every())


def _words_of(tags: Iterable[str]) -> Mapping[str, Wish]:
    """The words of some languages; where two meanings meet, STOP holds."""
    spoken = tuple(tags)
    return {
        fold(word): wish
        for wish in (Wish.START, Wish.STOP)
        for tag in spoken
        for word in language.listed(f"replies.{wish}", tag)
    }
