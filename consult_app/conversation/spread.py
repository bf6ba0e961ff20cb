"""Free text spread over several messages: is a later one more of the same answer, or the next?"""

from collections.abc import Mapping
from enum import StrEnum

from consult_app.conversation import understand
from consult_app.conversation.fold import digits, fold
from consult_app.conversation.form import Kind, Question
from consult_app.conversation.understand import Labels, Read

GLANCE_S = 4.0
SIGNS_A_SECOND = 8.0
"""Nobody reads a question faster, nor types its answer faster."""


class Meets(StrEnum):
    """What the later message found on the phone when it was sent."""

    NOTHING = "nothing"
    """No question is left."""

    UNASKED = "unasked"
    """The next question had not been put to them yet."""

    UNREAD = "unread"
    """It was on its way, or too fresh to have been read and answered with so many words."""

    ASKED = "asked"
    """They may have read it."""


class Says(StrEnum):
    """What the later message is by itself."""

    WISH = "wish"
    """A command, or another language."""

    ANSWER = "answer"
    """A number, yes or no, a date or an option's label that answers the next question."""

    WORDS = "words"


GOES_ON: Mapping[Says, Mapping[Meets, bool]] = {
    Says.WISH: {Meets.NOTHING: False, Meets.UNASKED: False, Meets.UNREAD: False, Meets.ASKED: False},
    Says.ANSWER: {Meets.NOTHING: False, Meets.UNASKED: True, Meets.UNREAD: False, Meets.ASKED: False},
    Says.WORDS: {Meets.NOTHING: True, Meets.UNASKED: True, Meets.UNREAD: True, Meets.ASKED: True},
}  # fmt: skip
"""True where it is more of the answer before; but see `_answers_in_words`."""


def goes_on(following: Question | None, text: str, labels: Labels, meets: Meets) -> bool:
    """True when `text` is more of the free text before it, not an answer to `following`."""
    said = says(following, text, labels)
    return GOES_ON[said][meets] and not _answers_in_words(following, said, meets)


def meets(text: str, *, since_asked: float | None, since_sent: float | None) -> Meets:
    """What `text` met, by the seconds since the next question was put down, and since it left.

    None where that has not happened.
    """
    if since_asked is None:
        return Meets.NOTHING
    if since_asked < 0:
        return Meets.UNASKED
    if since_sent is None or since_sent < GLANCE_S + len(text) / SIGNS_A_SECOND:
        return Meets.UNREAD
    return Meets.ASKED


def says(following: Question | None, text: str, labels: Labels) -> Says:
    """What `text` is to somebody who may be waiting for `following`."""
    if understand.command(text, labels) or understand.language(text, labels, bare=True):
        return Says.WISH
    if following is not None and following.kind is not Kind.TEXT:
        read = understand.understand(following, text, labels)
        return Says.ANSWER if isinstance(read, Read) else Says.WORDS
    folded = fold(text)
    is_reply = any(folded in layer.replies for layer in labels.layers())
    return Says.ANSWER if is_reply or digits(folded) is not None else Says.WORDS


def _answers_in_words(following: Question | None, said: Says, met: Meets) -> bool:
    """True for words to a question that is answered in words, which they may have read."""
    in_words = following is not None and following.kind is Kind.TEXT
    return in_words and said is Says.WORDS and met is Meets.ASKED
