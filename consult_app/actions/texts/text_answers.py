"""What each text leads to: begin, go on, keep what comes late, ask whose it is, or leave it."""

from collections.abc import Callable, Mapping
from itertools import takewhile

from sqlalchemy import select

from consult_app import language
from consult_app.actions.answering import talk
from consult_app.actions.answering.remembering import Source
from consult_app.actions.inviting import late, numbers
from consult_app.actions.inviting.lean import leanest
from consult_app.actions.inviting.spoken import phrases, voice_for
from consult_app.actions.texts import alarms, between, doubt, pictured, unsure
from consult_app.actions.texts.alarms import helps, labels, sound
from consult_app.actions.texts.continuing import more
from consult_app.actions.texts.speaking import Step
from consult_app.actions.texts.text_turn import SILENCE, Reply, Turn, spoken_to
from consult_app.actions.texts.whose import SURE, Found
from consult_app.conversation import understand
from consult_app.conversation.answers import Asked, Finished, NotUnderstood, Outcome
from consult_app.conversation.fold import digits, fold
from consult_app.conversation.form import Depth
from consult_app.conversation.understand import Labels
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState

BEGIN, ANOTHER_DAY = 1, 2
MEANINGS: Mapping[str, int] = {"yes": BEGIN, "no": ANOTHER_DAY}
TO_A_PERSON = 2
MOST_MISSES = 4
"""After so many texts in a row that we did not get, we are silent: it may be a machine."""


def answer(turn: Turn, *, begins: bool) -> Reply:
    """Hear a text that is not about stopping. `begins` when its word was START."""
    if turn.whose.found in SURE:
        return hear_sure(turn, begins=begins)
    return ANSWERS[turn.whose.found](turn, begins)


def resume(turn: Turn) -> Reply | None:
    """Welcome somebody back who had said STOP in the middle; None when nothing was begun."""
    if turn.whose.found is not Found.GOING_ON or turn.whose.decision.step is Step.TAKE:
        return None
    return _begin(turn, (), "restarted")


def hear_sure(turn: Turn, *, begins: bool) -> Reply:
    """It is certain, chosen or said by staff which consultation a text is about."""
    numbers.note_answer(
        turn.whose.consultations[0].person, turn.whose.hashes, turn.text.received_at
    )
    if turn.whose.decision.step is Step.TAKE:
        return doubt.take(turn, hear_sure)
    if not turn.text.media_count:
        return HEARD[turn.whose.found](turn, begins)
    return pictured.hear(turn, lambda one: more(one) or HEARD[one.whose.found](one, begins))


def _unsure(turn: Turn, _begins: bool) -> Reply:
    """It is asked about once, or held while that is open; else a person finds out."""
    return UNSURE.get(turn.whose.decision.step, unsure.to_staff)(turn)


def _over(turn: Turn, _begins: bool) -> Reply:
    """Nothing is open: a cry for help, or what somebody wants of us between two meetings."""
    consultation = turn.whose.consultations[0]
    if found := sound(turn, consultation):
        turn.inbound.state = InboundState.STORED
        said = [*late.truth(consultation), *([] if helps(found) else ["thanks.after"])]
        return _reply(turn, consultation, found, *said)
    return between.hear(turn, consultation)


def _first(turn: Turn, begins: bool) -> Reply:
    """The first text about a consultation: begin, another day, or help."""
    consultation = turn.whose.consultations[0]
    known, found = labels(consultation), sound(turn, consultation)
    meant = BEGIN if begins else _meaning(turn.text.body, known)
    if helps(found):  # what has changed is told with the next answer
        return _reply(turn, consultation, found)
    if meant == ANOTHER_DAY:
        return _reply(turn, consultation, (), *late.truth(consultation), "postponed")
    asked = understand.language(turn.text.body, known, bare=True)
    talk.change_language(consultation, asked or consultation.language)
    consultation.depth = Depth.SHORT
    lead = [*late.truth(consultation), f"start.{voice_for(consultation).age}"]
    if meant == BEGIN or asked or found:
        return _begin(turn, found, *lead)
    alarms.leave_to_a_person(turn, consultation, evidence=turn.text.body)
    return _begin(turn, found, "start.kind", *lead)


def _going_on(turn: Turn, begins: bool) -> Reply:
    """An answer to what our last text asked; or, begun elsewhere, the question that waits."""
    consultation = turn.whose.consultations[0]
    if turn.whose.facing is None or (begins and not _chooses(turn, consultation)):
        return _take_up(turn, consultation)
    truth = late.truth(consultation)
    heard = talk.hear(turn.session, consultation, turn.text.body, _source(turn))
    missed = _note_missed(turn, consultation, heard.outcomes)
    if missed > MOST_MISSES:
        return SILENCE
    if Finished() in heard.outcomes:
        talk.submit(consultation, _source(turn))
        truth = []
    return _reply(turn, consultation, heard.outcomes, *truth, missed=missed)


def _chooses(turn: Turn, consultation: Consultation) -> bool:
    """True for one of the choices that our last text offered: Arabic never is written like begin."""
    question = talk.form_of(consultation).by_id.get(turn.whose.facing or "")
    if question is None or not question.is_chosen:
        return False
    known = labels(consultation)
    return isinstance(understand.understand(question, turn.text.body, known), understand.Read)


def _take_up(turn: Turn, consultation: Consultation) -> Reply:
    """Go on by text with the question that waits; what they wrote answered none that we asked."""
    found = sound(turn, consultation)
    if helps(found):
        return _reply(turn, consultation, found)
    wanted = understand.language(turn.text.body, labels(consultation), bare=True)
    talk.change_language(consultation, wanted or consultation.language)
    return _begin(turn, found, *late.truth(consultation), "start.again")


def _doubted(turn: Turn, _begins: bool) -> Reply:
    return doubt.hear(turn, answer)


HEARD: Mapping[Found, Callable[[Turn, bool], Reply]] = {
    Found.OVER: _over,
    Found.FIRST: _first,
    Found.GOING_ON: _going_on,
}
ANSWERS: Mapping[Found, Callable[[Turn, bool], Reply]] = {
    Found.NOBODY: lambda turn, _begins: unsure.quiet(turn),
    Found.KNOWN: lambda turn, _begins: unsure.known(turn),
    Found.DOUBTED: _doubted,
    Found.SEVERAL: _unsure,
}
UNSURE: Mapping[Step, Callable[[Turn], Reply]] = {
    Step.ASK: unsure.ask,
    Step.HOLD: unsure.hold,
    Step.STAFF: unsure.to_staff,
}


def _begin(turn: Turn, found: tuple[Outcome, ...], *lead: str) -> Reply:
    consultation = turn.whose.consultations[0]
    heard = talk.begin(turn.session, consultation, _source(turn))
    if Finished() in heard.outcomes:
        talk.submit(consultation, _source(turn))
        lead = ()
    return _reply(turn, consultation, (*found, *heard.outcomes), *lead)


def _reply(
    turn: Turn,
    consultation: Consultation,
    outcomes: tuple[Outcome, ...],
    *lead: str,
    missed: int = 0,
) -> Reply:
    """One text: what was heard, what `lead` says, the next question unless help is wanted.

    Of `lead` what is the name of a phrase is said in its words, and what is said already stays.
    """
    spoken = spoken_to(turn, consultation, missed)
    voice = spoken.voice
    heard = [outcome for outcome in outcomes if not isinstance(outcome, Asked)]
    asked = [] if helps(outcomes) else [o for o in outcomes if isinstance(o, Asked)]
    led = [voice.say(each) if language.has(f"texts.{each}", language.ENGLISH) else each
           for each in lead]  # fmt: skip
    said = [*phrases(heard, spoken), *led, *phrases(asked, spoken)]
    body = "\n".join(said)
    body = leanest(body, body.removesuffix("\n" + voice.say("hint.text")))
    return Reply(body, voice.language, asks=asked[-1].question if asked else None)


def _source(turn: Turn) -> Source:
    return Source(turn.text.channel, turn.text.provider_id, question=turn.whose.facing)


def _meaning(text: str, known: Labels) -> int | None:
    """1 to begin, 2 for another day, as a number in any script or as a yes or no that is clear."""
    folded = fold(text)
    if folded in known.unclear:
        return None
    meant = (MEANINGS.get(layer.replies.get(folded, "")) for layer in known.layers())
    return digits(folded) or next((number for number in meant if number), None)


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
        alarms.leave_to_a_person(turn, consultation, evidence=turn.text.body)
    return missed
