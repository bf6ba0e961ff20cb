"""Texts of which it is not certain whose they are: asked about, held, or left to staff."""

from collections.abc import Sequence

from sqlalchemy import select

from consult_app import clock, language
from consult_app.actions.inviting.spoken import EMERGENCY, Voice, help_words, voice_for
from consult_app.actions.texts import alarms, dialogues, offering
from consult_app.actions.texts.speaking import Number
from consult_app.actions.texts.text_turn import SILENCE, Reply, Turn, once_a_day
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState
from consult_app.outbox.barred import HELP_KEY


def quiet(turn: Turn) -> Reply:
    """A number that is unknown, old or unsafe: kept for staff, told nothing; help is not refused.

    Of an unsafe number it is known whose it is: a cry for help calls their officer.
    """
    name_person(turn)
    if turn.whose.number is Number.UNSAFE:
        alarms.sound_everywhere(turn)
    else:
        turn.inbound.alarm = alarms.is_alarming(turn.text.body)
    if not alarms.is_help(turn.text.body):
        return SILENCE
    return help_reply(turn, Voice(language.ENGLISH, young=True))


def known(turn: Turn) -> Reply:
    """Somebody whom nobody has asked anything yet: a person reads it."""
    name_person(turn)
    turn.inbound.alarm = alarms.is_alarming(turn.text.body)
    voice = voice_of(turn)
    if alarms.is_help(turn.text.body):
        return help_reply(turn, voice)
    return Reply(voice.say("thanks.after"), voice.language, once_key=once_a_day(turn, "kept"))


def help_reply(turn: Turn, voice: Voice) -> Reply:
    """The numbers to call: nothing in it is about anybody, so it may go to any number."""
    words = help_words(voice, turn.settings, turn.text.received_at)
    return Reply(words, voice.language, once_key=f"{HELP_KEY}{turn.text.provider_id}")


def ask(turn: Turn) -> Reply:
    """Ask once whom it is about; what was written is held until that is known."""
    found = alarms.sound_everywhere(turn)
    here = {one.id: one for one in turn.whose.consultations}
    words, voice = offering.question([here[each] for each in turn.whose.decision.offered])
    if alarms.helps(found):
        return help_reply(turn, voice)
    for row in held(turn):  # of an earlier doubt that was never cleared up
        row.state = InboundState.QUARANTINED
    turn.inbound.state = InboundState.HELD
    dialogue = dialogues.of(turn.session, turn.whose.hashes)
    dialogues.offer(dialogue, turn.whose.decision.offered, clock.now())
    lead = [safety_words(voice)] if found else []
    return Reply("\n".join((*lead, words)), voice.language)


def hold(turn: Turn) -> Reply:
    """It was written before our question was read: held beside the first."""
    found = alarms.sound_everywhere(turn)
    turn.inbound.state = InboundState.HELD
    return _alarmed(turn, found) or SILENCE


def to_staff(turn: Turn) -> Reply:
    """Never guess: a person finds out. A cry for help calls every officer it may concern."""
    found, first = alarms.sound_everywhere(turn), turn.whose.consultations[0]
    alarms.leave_to_a_person(turn, first, evidence=None)
    for row in held(turn):
        row.state = InboundState.QUARANTINED
    if turn.whose.dialogue is not None:
        dialogues.give_up(turn.whose.dialogue)
    voice = voice_for(first)
    once = once_a_day(turn, "kept")
    return _alarmed(turn, found) or Reply(
        voice.say("thanks.unclear"), voice.language, once_key=once
    )


def _alarmed(turn: Turn, found: Sequence[object]) -> Reply | None:
    """The honest answer to a cry for help, whoever it comes from."""
    if not found:
        return None
    voice = voice_for(turn.whose.consultations[0])
    if alarms.is_help(turn.text.body):
        return help_reply(turn, voice)
    return Reply(safety_words(voice), voice.language)


def safety_words(voice: Voice) -> str:
    """The honest answer to words of distress; nothing in it is about anybody."""
    return voice.say(f"thanks.safety.{voice.age}", emergency=EMERGENCY)


def held(turn: Turn) -> Sequence[Inbound]:
    """What is held for this number, in the order in which it came."""
    query = (
        select(Inbound)
        .where(Inbound.from_hash.in_(turn.whose.hashes), Inbound.state == InboundState.HELD)
        .order_by(Inbound.received_at, Inbound.id)
        .with_for_update()
    )
    return turn.session.scalars(query).all()


def name_person(turn: Turn) -> None:
    """Tell staff whose number it is or was, when it is one person's."""
    if len(turn.whose.people) == 1:
        turn.inbound.person_id = turn.whose.people[0].id


def voice_of(turn: Turn) -> Voice:
    """How somebody is spoken to of whom only their number is known."""
    read = next((one.language_read for one in turn.whose.people), language.ENGLISH)
    return Voice(read if language.is_offered(read) else language.ENGLISH)
