"""Cries for help in a text, found before anything else is done with it."""

from functools import cache

from sqlalchemy import select

from consult_app import clock, language
from consult_app.actions.answering import talk, writing
from consult_app.actions.texts.text_turn import Turn
from consult_app.conversation import concern, understand
from consult_app.conversation.answers import Concern, HelpWanted, Level, Outcome, Reason
from consult_app.conversation.fold import fold
from consult_app.conversation.understand import Command, Labels
from consult_app.models.concern import Concern as ConcernRow
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConcernLevel

UNCLEAR = "unclear"


def labels(consultation: Consultation) -> Labels:
    """What understanding needs of the consultation's language."""
    return language.labels(talk.form_of(consultation), consultation.language)


def alarms(turn: Turn, consultation: Consultation) -> tuple[Outcome, ...]:
    """What a text raises that answers no question: a cry for help, or words of distress."""
    text, known = turn.text.body, labels(consultation)
    if understand.command(text, known) is Command.HELP or is_help(text):
        return Concern(None, Level.SAFETY, Reason.HELP, text.strip()[:100]), HelpWanted()
    return tuple(concern.in_words(None, text, known))


def sound(turn: Turn, consultation: Consultation) -> tuple[Outcome, ...]:
    """The alarms of a text, each opened as a concern.

    Words of distress are handed on whole, each time they are others: no question keeps them.
    """
    found = alarms(turn, consultation)
    if not found or helps(found):
        writing.raise_concerns(turn.session, consultation, found, ())
    elif not _is_open(turn, consultation):
        turn.session.add(_distressed(turn, consultation))
    return found


def _is_open(turn: Turn, consultation: Consultation) -> bool:
    """True when these very words are open already."""
    query = select(ConcernRow).where(
        ConcernRow.consultation_id == consultation.id,
        ConcernRow.reason == Reason.WORD.value,
        ConcernRow.closed_at.is_(None),
    )
    return any(one.evidence == turn.text.body for one in turn.session.scalars(query))


def _distressed(turn: Turn, consultation: Consultation) -> ConcernRow:
    return ConcernRow(
        consultation_id=consultation.id,
        level=ConcernLevel.SAFETY,
        reason=Reason.WORD.value,
        question=None,
        evidence=turn.text.body,
        opened_at=clock.now(),
    )


def sound_everywhere(turn: Turn) -> tuple[Outcome, ...]:
    """Nobody knows yet whom a text is about: a cry for help calls every officer it may concern.

    They are told the words that raised it and no more: the text may be about another's child.
    """
    heard = [alarms(turn, one) for one in turn.whose.consultations]
    for one, found in zip(turn.whose.consultations, heard, strict=True):
        writing.raise_concerns(turn.session, one, found, ())
    turn.inbound.alarm = any(heard) or is_alarming(turn.text.body)
    return next((found for found in heard if found), ())


def helps(outcomes: tuple[Outcome, ...]) -> bool:
    """True when the whole text was a cry for help."""
    return HelpWanted() in outcomes


def leave_to_a_person(
    turn: Turn, consultation: Consultation, evidence: str | None, *, question: str | None = None
) -> None:
    """A person must read a text that no question was waiting for."""
    turn.session.add(
        ConcernRow(
            consultation_id=consultation.id,
            level=ConcernLevel.REQUEST,
            reason=UNCLEAR,
            question=question or consultation.waiting,
            evidence=evidence,
            opened_at=clock.now(),
        )
    )


def is_help(text: str) -> bool:
    """True for a word for HELP in any language, as the whole of a text."""
    return fold(text) in _help_words()


def is_alarming(text: str) -> bool:
    """True for a cry for help or words of distress in any language, from whomever it comes."""
    return is_help(text) or concern.is_cry(text, language.cries())


@cache
def _help_words() -> frozenset[str]:
    """Every language's, also of one that is not offered: a cry for help needs no standard."""
    return frozenset(
        fold(word)
        for spoken in language.every()
        for word in language.listed("replies.help", spoken.tag)
    )
