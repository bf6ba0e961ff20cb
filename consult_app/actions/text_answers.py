"""What each text leads to: begin, go on, keep what comes late, or leave it to a person."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import takewhile

from sqlalchemy import select

from consult_app import clock, language
from consult_app.actions import remembering, talk
from consult_app.actions.lean import leanest
from consult_app.actions.remembering import Source
from consult_app.actions.spoken import Spoken, Voice, help_words, phrases, voice_for
from consult_app.actions.text_turn import SILENCE, Reply, Turn
from consult_app.actions.whose import Found
from consult_app.conversation import concern, understand
from consult_app.conversation.answers import (
    Asked,
    Concern,
    Finished,
    HelpWanted,
    Level,
    NotUnderstood,
    Outcome,
    Reason,
)
from consult_app.conversation.fold import digits, fold
from consult_app.conversation.form import Depth
from consult_app.conversation.understand import Command, Labels
from consult_app.models.concern import Concern as ConcernRow
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Channel, ConcernLevel, InboundState

UNCLEAR = "unclear"
BEGIN, ANOTHER_DAY = 1, 2
MEANINGS: Mapping[str, int] = {"yes": BEGIN, "no": ANOTHER_DAY}
TO_A_PERSON = 2
MOST_MISSES = 4
"""After so many texts in a row that we did not get, we are silent: it may be a machine."""


def answer(turn: Turn, *, begins: bool) -> Reply:
    """Hear a text that is not about stopping. `begins` when its word was START."""
    return ANSWERS[turn.whose.found](turn, begins)


def resume(turn: Turn) -> Reply | None:
    """Welcome somebody back who had said STOP in the middle; None when nothing was begun."""
    return _begin(turn, (), "restarted") if turn.whose.found is Found.GOING_ON else None


def _nobody(turn: Turn, _begins: bool) -> Reply:
    """A number we do not know: kept for staff, told nothing, but not left without help."""
    if fold(turn.text.body) not in _words_for_help():
        return SILENCE
    voice = Voice(language.ENGLISH, young=True)
    return Reply(help_words(voice, turn.settings, turn.text.received_at), voice.language)


def _several(turn: Turn, _begins: bool) -> Reply:
    """Never guess: a person reads it. A cry for help calls every officer it may concern."""
    first = turn.whose.consultations[0]
    for consultation in turn.whose.consultations:
        _sound(turn, consultation)
    _open_unclear(turn, first, evidence=None)
    return _kept(turn, first, "thanks.unclear")


def _over(turn: Turn, _begins: bool) -> Reply:
    """It came after the answers were sent: kept, and a person reads it."""
    consultation = turn.whose.consultations[0]
    turn.inbound.state = InboundState.STORED
    if not _sound(turn, consultation):
        _open_unclear(turn, consultation, evidence=turn.text.body)
    return _kept(turn, consultation, "thanks.after")


def _first(turn: Turn, begins: bool) -> Reply:
    """The first text about a consultation: begin, another day, or help."""
    consultation = turn.whose.consultations[0]
    labels, alarms = _labels(consultation), _sound(turn, consultation)
    meant = BEGIN if begins else _meaning(turn.text.body, labels)
    if _helps(alarms):
        return _reply(turn, consultation, alarms)
    if meant == ANOTHER_DAY:
        return _reply(turn, consultation, (), "postponed")
    asked = understand.language(turn.text.body, labels, bare=True)
    talk.change_language(consultation, asked or consultation.language)
    consultation.depth = Depth.SHORT
    lead = f"start.{voice_for(consultation).age}"
    known = meant == BEGIN or asked or alarms
    return _begin(turn, alarms, *([lead] if known else ["start.kind", lead]))


def _going_on(turn: Turn, begins: bool) -> Reply:
    """An answer to what our last text asked; or, begun elsewhere, the question that waits."""
    consultation = turn.whose.consultations[0]
    if begins or turn.whose.facing is None:
        return _take_up(turn, consultation)
    heard = talk.hear(turn.session, consultation, turn.text.body, _source(turn))
    missed = _note_missed(turn, consultation, heard.outcomes)
    if missed > MOST_MISSES:
        return SILENCE
    if Finished() in heard.outcomes:
        talk.submit(consultation, _source(turn))
    return _reply(turn, consultation, heard.outcomes, missed=missed)


def _take_up(turn: Turn, consultation: Consultation) -> Reply:
    """Go on by text with the question that waits; what they wrote answered none that we asked."""
    alarms = _sound(turn, consultation)
    if _helps(alarms):
        return _reply(turn, consultation, alarms)
    wanted = understand.language(turn.text.body, _labels(consultation), bare=True)
    talk.change_language(consultation, wanted or consultation.language)
    return _begin(turn, alarms, "start.again")


ANSWERS: Mapping[Found, Callable[[Turn, bool], Reply]] = {
    Found.NOBODY: _nobody,
    Found.SEVERAL: _several,
    Found.OVER: _over,
    Found.FIRST: _first,
    Found.GOING_ON: _going_on,
}


def _begin(turn: Turn, alarms: tuple[Outcome, ...], *lead: str) -> Reply:
    consultation = turn.whose.consultations[0]
    heard = talk.begin(turn.session, consultation, _source(turn))
    if Finished() in heard.outcomes:
        talk.submit(consultation, _source(turn))
        lead = ()
    return _reply(turn, consultation, (*alarms, *heard.outcomes), *lead)


def _reply(
    turn: Turn,
    consultation: Consultation,
    outcomes: tuple[Outcome, ...],
    *lead: str,
    missed: int = 0,
) -> Reply:
    """One text: what was heard, the phrases in `lead`, the next question unless help is wanted."""
    voice = voice_for(consultation)
    heard = [outcome for outcome in outcomes if not isinstance(outcome, Asked)]
    asked = [] if _helps(outcomes) else [o for o in outcomes if isinstance(o, Asked)]
    spoken = Spoken(talk.form_of(consultation), voice, turn.settings, turn.text.received_at, missed)
    said = [*phrases(heard, spoken), *(voice.say(key) for key in lead), *phrases(asked, spoken)]
    body = "\n".join(said)
    body = leanest(body, body.removesuffix("\n" + voice.say("hint.text")))
    return Reply(body, voice.language, asks=asked[-1].question if asked else None)


def _kept(turn: Turn, consultation: Consultation, key: str) -> Reply:
    """Thanks for what a person will read, once a day; help at once when it is wanted."""
    alarms = _alarms(turn, consultation)
    if alarms:
        return _reply(turn, consultation, alarms, *([] if _helps(alarms) else [key]))
    voice = voice_for(consultation)
    once = f"kept:{turn.inbound.from_hash[:32]}:{clock.in_london(turn.text.received_at).date()}"
    return Reply(voice.say(key), voice.language, once_key=once)


def _source(turn: Turn) -> Source:
    return Source(Channel.SMS, turn.text.provider_id, question=turn.whose.facing)


def _labels(consultation: Consultation) -> Labels:
    return language.labels(talk.form_of(consultation), consultation.language)


def _meaning(text: str, labels: Labels) -> int | None:
    """1 to begin, 2 for another day, as a number in any script or as yes or no."""
    folded = fold(text)
    meant = (MEANINGS.get(layer.replies.get(folded, "")) for layer in labels.layers())
    return digits(folded) or next((number for number in meant if number), None)


def _alarms(turn: Turn, consultation: Consultation) -> tuple[Outcome, ...]:
    """What a text raises that answers no question: a cry for help, or words of distress."""
    text, labels = turn.text.body, _labels(consultation)
    if understand.command(text, labels) is Command.HELP:
        return Concern(None, Level.SAFETY, Reason.HELP, text.strip()[:100]), HelpWanted()
    return tuple(concern.in_words(None, text, labels))


def _sound(turn: Turn, consultation: Consultation) -> tuple[Outcome, ...]:
    """The alarms of a text, each opened as a concern."""
    alarms = _alarms(turn, consultation)
    remembering.raise_concerns(turn.session, consultation, alarms, ())
    return alarms


def _helps(outcomes: tuple[Outcome, ...]) -> bool:
    return HelpWanted() in outcomes


def _open_unclear(turn: Turn, consultation: Consultation, evidence: str | None) -> None:
    """A person must read a text that no question was waiting for."""
    turn.session.add(
        ConcernRow(
            consultation_id=consultation.id,
            level=ConcernLevel.REQUEST,
            reason=UNCLEAR,
            question=consultation.waiting,
            evidence=evidence,
            opened_at=clock.now(),
        )
    )


def _note_missed(turn: Turn, consultation: Consultation, outcomes: tuple[Outcome, ...]) -> int:
    """How many texts in a row we did not get; the second calls a person."""
    if not any(isinstance(outcome, NotUnderstood) for outcome in outcomes):
        return 0
    turn.inbound.state = InboundState.STORED
    before = (
        select(Inbound.state)
        .where(Inbound.consultation_id == consultation.id, Inbound.id != turn.inbound.id)
        .order_by(Inbound.id.desc())
        .limit(MOST_MISSES)
    )
    states = turn.session.scalars(before)
    missed = 1 + sum(1 for _ in takewhile(lambda state: state is InboundState.STORED, states))
    if missed == TO_A_PERSON:
        _open_unclear(turn, consultation, evidence=turn.text.body)
    return missed


@cache
def _words_for_help() -> frozenset[str]:
    """Every language's words for HELP."""
    return frozenset(
        fold(word)
        for spoken in language.languages()
        for word in language.listed("replies.help", spoken.tag)
    )
