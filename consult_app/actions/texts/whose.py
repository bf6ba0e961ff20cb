"""Whose text is it: what is known of a number, and what the rules of actions/speaking make of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from sqlalchemy.orm import Session

from consult_app import language, sealing
from consult_app.actions.inviting.spoken import YOUNG
from consult_app.actions.texts import opt_outs, traces
from consult_app.actions.texts.opt_outs import Wish
from consult_app.actions.texts.speaking import (
    REMEMBERED,
    Candidate,
    Chosen,
    Decision,
    Number,
    Pending,
    Scene,
    Standing,
    Step,
    decide,
)
from consult_app.conversation.fold import digits, fold
from consult_app.models.consultation import Consultation
from consult_app.models.dialogue import Dialogue
from consult_app.models.kinds import BY_NUMBER, Asks, ConsultationStatus, Purpose, Role
from consult_app.models.person import Person

UNFINISHED = (ConsultationStatus.SENT, ConsultationStatus.STARTED)


QUIET = Decision(Step.QUIET)


class Found(StrEnum):
    """How sure we are about a sender."""

    NOBODY = "nobody"
    DOUBTED = "doubted"
    KNOWN = "known"
    FIRST = "first"
    GOING_ON = "going_on"
    OVER = "over"
    SEVERAL = "several"


SURE = frozenset({Found.FIRST, Found.GOING_ON, Found.OVER})


class Words(NamedTuple):
    """What was written, and when it came in."""

    body: str
    at: datetime


@dataclass(frozen=True)
class Whose:
    """The consultations a text may belong to; `facing` is what our last text to it asked.

    It is None when they have gone on elsewhere since: that text is out of date. `people` are
    those whose number it is or was, `hashes` the number under every key held.
    """

    found: Found
    consultations: tuple[Consultation, ...] = ()
    facing: str | None = None
    opted_out: bool = False
    decision: Decision = QUIET
    number: Number = Number.UNKNOWN
    dialogue: Dialogue | None = None
    people: tuple[Person, ...] = ()
    hashes: tuple[str, ...] = ()

    @property
    def one(self) -> Consultation | None:
        """The consultation, when there is no doubt."""
        return self.consultations[0] if self.found in SURE else None


def whose(session: Session, number: str, since: datetime, words: Words) -> Whose:
    """Find whom `number` may be writing as, among what was sent after `since`; rows are locked."""
    hashes = tuple(sealing.ring().hashes(number))
    rows = _standing(traces.open_rows(session, hashes, since))
    if not rows:
        return _without(session, hashes, words)
    scene = _scene(session, hashes, rows, words)
    return _found(decide(scene), scene.number, rows, hashes)


def as_placed(session: Session, number: str, consultation: Consultation, at: datetime) -> Whose:
    """A text of which a choice or a member of staff said that it belongs to `consultation`."""
    facing = traces.facing(session, consultation.id, at)
    row = traces.Row(consultation, facing, False, None, None)
    hashes = tuple(sealing.ring().hashes(number))
    return _found(Decision(Step.HEAR, consultation.id), Number.KNOWN, [row], hashes)


def standing(consultation: Consultation) -> Standing:
    """How far a consultation is."""
    if consultation.status is ConsultationStatus.STARTED:
        return Standing.GOING_ON
    return Standing.ASKED if consultation.status in UNFINISHED else Standing.OVER


FOUND = {Standing.ASKED: Found.FIRST, Standing.GOING_ON: Found.GOING_ON, Standing.OVER: Found.OVER}


def _found(
    decision: Decision, number: Number, rows: Sequence[traces.Row], hashes: tuple[str, ...]
) -> Whose:
    """What was decided, with the rows it is about first."""
    sure = [row for row in rows if row.consultation.id == decision.consultation]
    offered = [row for row in rows if row.consultation.id in decision.offered]
    about = sure or offered or list(rows)
    found = Found.SEVERAL if not sure else FOUND[standing(sure[0].consultation)]
    if number is not Number.KNOWN:
        found = Found.DOUBTED if number is Number.DOUBTFUL else Found.NOBODY
    return Whose(
        found=Found.NOBODY if decision.step is Step.QUIET else found,
        consultations=tuple(row.consultation for row in about),
        facing=sure[0].facing if sure else None,
        opted_out=rows[0].opted_out,
        decision=decision,
        number=number,
        dialogue=rows[0].dialogue,
        people=_people(rows),
        hashes=hashes,
    )


def _without(session: Session, hashes: tuple[str, ...], words: Words) -> Whose:
    """Nothing was asked lately: somebody between two reviews, a number of old, or a stranger."""
    people = traces.people(session, hashes)
    if not people:
        former = traces.former(session, hashes)
        number = Number.OLD if former else Number.UNKNOWN
        return Whose(Found.NOBODY, number=number, people=former, hashes=hashes)
    rows = _standing(traces.earlier_rows(session, hashes))
    if rows:
        scene = _scene(session, hashes, rows, words)
        return _found(decide(scene), scene.number, rows, hashes)
    number = number_of(people)
    found = {Number.KNOWN: Found.KNOWN, Number.DOUBTFUL: Found.DOUBTED}.get(number, Found.NOBODY)
    return Whose(found, number=number, people=people, hashes=hashes)


def _standing(rows: Sequence[traces.Row]) -> list[traces.Row]:
    """Without what is past: a review that they are now asked about as over, an earlier one.

    The newest comes first.
    """
    asked = [row.consultation for row in rows]
    over = {(one.review_id, one.role) for one in asked if one.purpose is Purpose.AFTER}
    kept: dict[tuple[int, int | None, Role], traces.Row] = {}
    more: list[traces.Row] = []
    for row in rows:
        one = row.consultation
        if one.purpose is not Purpose.AFTER and (one.review_id, one.role) in over:
            continue
        key = (one.review.child_id, one.person_id, one.role)
        if key not in kept:
            kept[key] = row
        elif standing(one) is not Standing.OVER:
            more.append(row)
    return [*kept.values(), *more]


def _people(rows: Iterable[traces.Row]) -> tuple[Person, ...]:
    people = (row.consultation.person for row in rows)
    return tuple({one.id: one for one in people if one is not None}.values())


def number_of(people: Iterable[Person]) -> Number:
    """What a number is that these people share."""
    everyone = tuple(people)
    if any(one.number_unsafe_at for one in everyone):
        return Number.UNSAFE
    if any(one.number_wrong_at for one in everyone):
        return Number.OLD
    doubtful = any(one.number_checked_at is None or one.number_asked_at for one in everyone)
    return Number.DOUBTFUL if doubtful else Number.KNOWN


def _scene(
    session: Session, hashes: tuple[str, ...], rows: Sequence[traces.Row], words: Words
) -> Scene:
    """What the rules look at; labels only where there is a choice."""
    ids = {row.consultation.id for row in rows}
    last, strange = rows[0].last, False
    if last is not None and last not in ids:
        strange = not traces.is_of(session, last, hashes)
        last = None
    several = len(rows) > 1
    dialogue = rows[0].dialogue
    return Scene(
        at=words.at,
        number=number_of(_people(rows)),
        candidates=tuple(_candidate(row.consultation, label=several) for row in rows),
        last=last,
        strange=strange,
        crossed=several and traces.crossed(session, hashes, words.at),
        pending=_pending(session, hashes, dialogue),
        chosen=_chosen(session, hashes, dialogue),
        said=digits(fold(words.body)),
        plain=is_plain(words.body),
        beside=_beside(dialogue, words.at),
    )


def _candidate(one: Consultation, *, label: bool) -> Candidate:
    by_text = one.channel_begun in BY_NUMBER
    return Candidate(one.id, standing(one), by_text, label_of(one) if label else "")


def label_of(one: Consultation) -> str:
    """By what a choice is told from the others: whose voice, first letter and day."""
    return f"{one.role in YOUNG} {letter(one)} {one.review.day}"


def letter(one: Consultation) -> str:
    """The first letter of the name that a consultation is about: all a text tells of it."""
    name = (one.review.child.first_name or "").strip()
    return name[:1].upper() or "?"


def _pending(
    session: Session, hashes: tuple[str, ...], dialogue: Dialogue | None
) -> Pending | None:
    if dialogue is None or dialogue.asked_at is None or not dialogue.options:
        return None
    asked_at, is_open = dialogue.asked_at, dialogue.asks is Asks.WHO
    interrupted = is_open and traces.wrote_since(session, hashes, asked_at)
    return Pending(dialogue.offered, asked_at, is_open, interrupted)


def _beside(dialogue: Dialogue | None, at: datetime) -> int | None:
    """Whose menu is open on the number."""
    if dialogue is None or dialogue.asked_at is None or dialogue.asks in (None, Asks.WHO):
        return None
    return dialogue.consultation_id if at < dialogue.asked_at + REMEMBERED else None


def _chosen(session: Session, hashes: tuple[str, ...], dialogue: Dialogue | None) -> Chosen | None:
    if dialogue is None or dialogue.consultation_id is None or dialogue.chosen_at is None:
        return None
    one, at = dialogue.consultation_id, dialogue.chosen_at
    return Chosen(one, at, traces.wrote_since(session, hashes, at, but=one))


def is_plain(text: str) -> bool:
    """True for a text that can only be the answer to an invitation: a number, yes, no, START."""
    folded = fold(text)
    return digits(folded) is not None or opt_outs.wish(text) is Wish.START or folded in _plain()


@cache
def _plain() -> frozenset[str]:
    return frozenset(
        fold(word)
        for spoken in language.languages()
        for meaning in ("yes", "no")
        for word in language.listed(f"replies.{meaning}", spoken.tag)
    )
