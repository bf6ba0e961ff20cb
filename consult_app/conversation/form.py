"""What can be asked: a form of sections of questions, as a questionnaire file defines it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

Value = str | tuple[str, ...] | None
"""What was said to a question: a code, codes or free text; None when it was skipped."""


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    MANY = "many"
    YES_NO = "yn"
    YES_PARTLY_NO = "ynp"
    FACES3 = "faces3"
    FACES5 = "faces5"
    SCALE = "scale"
    TEXT = "text"
    DATE = "date"


class Audience(StrEnum):
    """Who may see an answer, narrowest for a person's name first."""

    IRO = "iro"
    IRO_SW = "iro_sw"
    MEETING = "meeting"
    COUNTED = "counted"


WIDTH = (Audience.IRO, Audience.IRO_SW, Audience.MEETING)
"""From one reader to all who sit at the meeting."""


class Depth(StrEnum):
    """How much is asked: the short text version, or everything."""

    SHORT = "short"
    FULL = "full"


FIXED_OPTIONS: Mapping[Kind, tuple[str, ...]] = {
    Kind.YES_NO: ("yes", "no", "unsure"),
    Kind.YES_PARTLY_NO: ("yes", "partly", "no"),
    Kind.FACES3: ("3", "2", "1"),
    Kind.FACES5: ("5", "4", "3", "2", "1"),
    Kind.SCALE: tuple(str(step) for step in range(11)),
}
"""Best first; a face's code is how good it is, and a scale's is its own number."""

CHOSEN = frozenset({Kind.ONE, Kind.MANY, *FIXED_OPTIONS})
"""The kinds that are answered by choosing."""

ANY = "any"
"""In `concern` or `request` of a text question: whatever is said raises it."""


@dataclass(frozen=True)
class Question:
    """One question. `when` maps an earlier question to the answers after which this is asked.

    `words` is the key its wording stands under, `option_words` the key of its options' labels,
    `extras` the other ways in which it may be answered: draw, photo, voice.
    Answers in `concern` call a person about safety, those in `request` about something asked for.
    `may_widen`: who is asked may let more people see the answer than `audience` says.
    """

    id: str
    kind: Kind
    section: str
    words: str
    option_words: str
    audience: Audience = Audience.IRO
    options: tuple[str, ...] = ()
    short: bool = False
    required: bool = False
    when: Mapping[str, tuple[str, ...]] | None = None
    concern: tuple[str, ...] = ()
    request: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    may_widen: bool = False

    @property
    def is_chosen(self) -> bool:
        """True when it is answered by choosing rather than writing."""
        return self.kind in CHOSEN

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """Who the respondent may let see the answer, narrowest first; one where there is no choice."""
        if self.audience not in WIDTH:
            return (self.audience,)
        widest = Audience.MEETING if self.may_widen else self.audience
        return WIDTH[: WIDTH.index(widest) + 1]


@dataclass(frozen=True)
class Form:
    """A published questionnaire, or several joined into one conversation.

    `screens` names the sections that have a screen of their own: houses, columns.
    """

    name: str
    version: int
    role: str
    questions: tuple[Question, ...]
    depth: Depth = Depth.FULL
    screens: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.name, self.version, self.depth, len(self.questions)))

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Questions by their id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def deciding(self) -> tuple[str, ...]:
        """The questions whose answers decide which others are asked, each once."""
        return tuple(
            dict.fromkeys(one for question in self.questions for one in question.when or ())
        )

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections in order, each once."""
        return tuple(dict.fromkeys(question.section for question in self.questions))

    def in_section(self, section: str) -> Iterator[Question]:
        """The questions of one section, in order."""
        return (question for question in self.questions if question.section == section)

    def at(self, depth: Depth) -> "Form":
        """The same form as the short text version or in full."""
        kept = tuple(q for q in self.questions if q.short or q.required or depth is Depth.FULL)
        return replace(self, questions=kept, depth=depth)

    def joined(self, module: "Form") -> "Form":
        """This form with a module's questions after its own; shared ids are asked once."""
        extra = tuple(q for q in module.questions if q.id not in self.by_id)
        screens = {**module.screens, **self.screens}
        return replace(self, questions=self.questions + extra, screens=screens)
