"""What has been said so far, and what hearing it led to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from consult_app.conversation.form import Value


@dataclass(frozen=True)
class State:
    """All a conversation remembers. Nothing in it names a channel; the path is derived."""

    form: str
    version: int
    answers: Mapping[str, Value] = field(default_factory=dict)
    waiting: str | None = None
    finished: bool = False
    language: str = "en-GB"

    def with_answer(self, question: str, value: Value) -> "State":
        """The state after `value` was said to `question`."""
        return replace(self, answers={**self.answers, question: value})


class Level(StrEnum):
    """How soon a person must look."""

    SAFETY = "safety"
    REQUEST = "request"


class Reason(StrEnum):
    """What called a person."""

    ANSWER = "answer"
    WORD = "word"
    HELP = "help"


class Missed(StrEnum):
    """Why a reply was not understood; the words for it are made elsewhere."""

    NUMBER = "number"
    SCALE = "scale"
    ONE_ONLY = "one_only"
    UNCLEAR = "unclear"
    DATE = "date"
    EMPTY = "empty"
    REQUIRED = "required"


@dataclass(frozen=True)
class Asked:
    """The next thing to say is this question."""

    question: str


@dataclass(frozen=True)
class Understood:
    """An answer was understood; None is a skip."""

    question: str
    value: Value


@dataclass(frozen=True)
class NotUnderstood:
    """A reply did not fit; a number from `lowest` to `highest` would."""

    question: str
    reason: Missed
    lowest: int = 0
    highest: int = 0


@dataclass(frozen=True)
class Concern:
    """A person must look: at an answer, at words, or because help was asked for."""

    question: str | None
    level: Level
    reason: Reason
    evidence: str


@dataclass(frozen=True)
class Finished:
    """Nothing is left to ask."""


@dataclass(frozen=True)
class Stopped:
    """The person wants no more questions."""


@dataclass(frozen=True)
class LanguageChanged:
    """The person goes on in this language."""

    language: str


@dataclass(frozen=True)
class HelpWanted:
    """The person asked for help, which may be a cry for it."""


Outcome = (
    Asked | Understood | NotUnderstood | Concern | Finished | Stopped | LanguageChanged | HelpWanted
)
