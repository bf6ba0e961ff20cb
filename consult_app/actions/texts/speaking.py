"""Whom a text is about: docs/who-is-speaking.md as one pure function over what is known.

Nothing here is looked up, written or worded. What is certain goes on, what is not is asked about
once, and what stays unclear goes to a person.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

REMEMBERED = timedelta(days=7)
"""So long a choice holds, and an open question may be answered."""

ASKED_AGAIN = timedelta(days=1)
"""Not asked twice within so long: what is unclear then goes to a person."""

MEANWHILE = timedelta(minutes=1)
"""What comes so soon after our question was written before it was read."""

MOST_OFFERED = 9


class Standing(StrEnum):
    """How far a consultation is."""

    ASKED = "asked"
    GOING_ON = "going_on"
    OVER = "over"


class Number(StrEnum):
    """What the number is to us."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    OLD = "old"  # was somebody's, is nobody's now
    UNSAFE = "unsafe"
    DOUBTFUL = "doubtful"  # may have a new owner


class Step(StrEnum):
    """What happens with a text."""

    HEAR = "hear"  # it is certainly about `consultation`
    TAKE = "take"  # it chose `consultation`: what was held is heard under it
    HOLD = "hold"  # it came while our question was on its way: kept beside what is held
    ASK = "ask"  # who is it about? one of `offered`
    STAFF = "staff"  # a person finds out, and the sender is told that
    QUIET = "quiet"  # a person finds out, and nothing is told
    CHECK = "check"  # is this number right at all?


@dataclass(frozen=True)
class Candidate:
    """One consultation that a number may speak about; `label` is how it would be offered."""

    id: int
    standing: Standing
    by_text: bool = False
    label: str = ""


@dataclass(frozen=True)
class Pending:
    """Our open question who it is about: the ids offered, in the order of their numbers.

    `interrupted` says that another text about somebody went out after it.
    """

    offered: tuple[int, ...]
    asked_at: datetime
    open: bool = True
    interrupted: bool = False


@dataclass(frozen=True)
class Chosen:
    """A choice that was made, and when; `interrupted` by a text about somebody else since."""

    id: int
    at: datetime
    interrupted: bool = False


@dataclass(frozen=True)
class Scene:
    """All that is known when a text comes in at `at`; `said` is the number that all of it is.

    `last` is the consultation that the last text to this number was about, and `strange` that
    this was somebody whose number it is no more. `crossed` says that texts about two
    consultations went out so lately that either may be meant. `plain` says that the text can only
    be an answer to an invitation: a number, yes, no. `beside` is the consultation to which we showed
    what can be chosen between meetings, or asked for a message: that may still be answered.
    """

    at: datetime
    number: Number = Number.KNOWN
    candidates: tuple[Candidate, ...] = ()
    last: int | None = None
    strange: bool = False
    crossed: bool = False
    pending: Pending | None = None
    chosen: Chosen | None = None
    said: int | None = None
    plain: bool = False
    beside: int | None = None


@dataclass(frozen=True)
class Decision:
    """A step, and what it is about."""

    step: Step
    consultation: int | None = None
    offered: tuple[int, ...] = ()


def decide(scene: Scene) -> Decision:
    """The first rule of the table that has something to say."""
    return next(decision for rule in RULES if (decision := rule(scene)))


def _by_number(scene: Scene) -> Decision | None:
    """A number that is unknown, old or unsafe is told nothing; a doubtful one is asked first."""
    if scene.number is Number.DOUBTFUL:
        return Decision(Step.CHECK)
    return None if scene.number is Number.KNOWN else Decision(Step.QUIET)


def _by_our_question(scene: Scene) -> Decision | None:
    """While we ask who it is about, a number chooses; a second unclear text goes to a person."""
    asked = scene.pending
    if asked is None or not asked.open or not _still_offered(scene, asked):
        return None
    if asked.interrupted:  # a number may answer the other text: what was held stays unclear
        return _ask(scene.candidates) or Decision(Step.STAFF)
    if scene.said is not None and 1 <= scene.said <= len(asked.offered):
        return Decision(Step.TAKE, asked.offered[scene.said - 1])
    return Decision(Step.HOLD if scene.at < asked.asked_at + MEANWHILE else Step.STAFF)


def _still_offered(scene: Scene, asked: Pending) -> bool:
    """False when it was long ago, or when the number is not all of theirs any more."""
    here = {one.id for one in scene.candidates}
    return scene.at < asked.asked_at + REMEMBERED and here >= set(asked.offered)


def _by_stranger(scene: Scene) -> Decision | None:
    """The phone shows a text about somebody whose number this is no more: nothing is told."""
    return Decision(Step.QUIET) if scene.strange else None


def _by_choice(scene: Scene) -> Decision | None:
    """A choice holds while it goes on, unless another text came between."""
    chosen = scene.chosen
    if chosen is None or chosen.interrupted or scene.at >= chosen.at + REMEMBERED:
        return None
    held = next((one for one in _unfinished(scene) if one.id == chosen.id), None)
    if held is None or scene.last not in (None, held.id) or scene.crossed:
        return None
    return Decision(Step.HEAR, held.id) if _answers(scene, held) else None


def _by_being_the_only_one(scene: Scene) -> Decision | None:
    """One consultation that can be meant; or the only one that goes on by text."""
    pool = _meant(scene)
    talking = [one for one in pool if one.standing is Standing.GOING_ON and one.by_text]
    sure = pool if len(pool) == 1 else talking
    if len(sure) != 1 or scene.crossed or scene.last not in (None, sure[0].id):
        return None
    return Decision(Step.HEAR, sure[0].id) if _answers(scene, sure[0]) else None


def _answers(scene: Scene, one: Candidate) -> bool:
    """False for free text upon an invitation, where it may be about somebody else as well."""
    alone = len(scene.candidates) == 1
    return alone or scene.plain or one.standing is not Standing.ASKED


def _by_asking(scene: Scene) -> Decision | None:
    """Asked about once."""
    asked = scene.pending
    lately = asked is not None and scene.at < asked.asked_at + ASKED_AGAIN
    return None if lately else _ask(_offered(scene))


def _ask(pool: Sequence[Candidate]) -> Decision | None:
    """The question, when those who can be meant can be told apart without a name."""
    apart = len({one.label for one in pool}) == len(pool)
    if not apart or not 1 < len(pool) <= MOST_OFFERED:
        return None
    return Decision(Step.ASK, offered=tuple(one.id for one in pool))


def _by_person(_scene: Scene) -> Decision:
    """Whatever is left goes to a person."""
    return Decision(Step.STAFF)


def _unfinished(scene: Scene) -> list[Candidate]:
    return [one for one in scene.candidates if one.standing is not Standing.OVER]


def _meant(scene: Scene) -> list[Candidate]:
    """Who can be meant: what is unfinished, and what the last text was about; else what is over."""
    unfinished = _unfinished(scene)
    if not unfinished:
        return list(scene.candidates)
    over = [one for one in scene.candidates if one.standing is Standing.OVER]
    return unfinished + [one for one in over if one.id in (scene.last, scene.beside)]


def _offered(scene: Scene) -> list[Candidate]:
    """Who is offered: those who can be meant; everybody, when that is but one, or for free text."""
    pool = _meant(scene)
    return pool if scene.plain and len(pool) > 1 else list(scene.candidates)


RULES: tuple[Callable[[Scene], Decision | None], ...] = (
    _by_number,
    _by_our_question,
    _by_stranger,
    _by_choice,
    _by_being_the_only_one,
    _by_asking,
    _by_person,
)
