"""When doubt ends: a choice was made, or a number was confirmed; what was held is heard then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from consult_app import clock, language
from consult_app.actions.inviting import numbers, releasing
from consult_app.actions.inviting.asking import Desk
from consult_app.actions.inviting.spoken import Voice
from consult_app.actions.texts import alarms, dialogues, opt_outs, storing, unsure
from consult_app.actions.texts.opt_outs import Wish
from consult_app.actions.texts.text_turn import SILENCE, Reply, Turn
from consult_app.actions.texts.whose import SURE, Whose, Words, as_placed, whose
from consult_app.conversation.answers import Outcome
from consult_app.conversation.fold import digits, fold
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState

RIGHT, WRONG = 1, 2


class Hear(Protocol):
    """How a text is heard once it is known whose it is."""

    def __call__(self, turn: Turn, *, begins: bool) -> Reply:
        """The answer to it."""
        ...


def take(turn: Turn, hear: Hear) -> Reply:
    """A choice was made: what was held is heard under it, in the order in which it came.

    The first may answer what was asked; what was written after it answered no question that its
    writer had read, so a person reads that.
    """
    chosen = turn.whose.consultations[0]
    dialogue = dialogues.of(turn.session, turn.whose.hashes)
    dialogues.choose(dialogue, chosen.id, turn.text.received_at)
    held = unsure.held(turn)
    if not held:
        again = as_placed(turn.session, turn.text.sender, chosen, turn.text.received_at)
        return hear(replace(turn, whose=again), begins=True)
    first, *others = held
    found = as_placed(turn.session, turn.text.sender, chosen, first.received_at)
    reply = hear(_again(turn, first, found), begins=_begins(first))
    for row in others:
        later = _again(turn, row, found)
        row.state = InboundState.STORED
        alarms.leave_to_a_person(later, chosen, evidence=row.body)
    return reply


def hear(turn: Turn, answer: Hear) -> Reply:
    """A number that may have a new owner: 1 confirms it, 2 ends it, anything else is held."""
    people, body = turn.whose.people, turn.text.body
    unsure.name_person(turn)
    found = alarms.sound_everywhere(turn)
    if alarms.is_help(body):
        return unsure.help_reply(turn, unsure.voice_of(turn))
    if not any(one.number_asked_at for one in people):
        return _ask(turn, found)
    meant = _meant(body, unsure.voice_of(turn).language)
    if meant == RIGHT:
        return _confirm(turn, answer)
    if meant == WRONG:
        return _end(turn)
    if found:
        return unsure.help_reply(turn, unsure.voice_of(turn))
    _set_aside(unsure.held(turn))
    return SILENCE


def _meant(body: str, asked_in: str) -> int | None:
    """1 that it is right, 2 that it is not, as a number in any script or as yes or no.

    A word that means two things in the language we asked in means neither.
    """
    folded = fold(body)
    if (number := digits(folded)) is not None:
        return number
    if folded in language.unclear(asked_in):
        return None
    words = {"yes": RIGHT, "no": WRONG}
    said = {
        meant
        for spoken in language.languages()
        for kind, meant in words.items()
        if folded in map(fold, language.listed(f"replies.{kind}", spoken.tag))
    }
    return said.pop() if len(said) == 1 else None


def _ask(turn: Turn, found: Sequence[Outcome]) -> Reply:
    """Whose number it is now; before that the honest answer to a cry for help."""
    turn.inbound.state = InboundState.HELD
    for one in turn.whose.people:
        one.number_asked_at = turn.text.received_at
    words, tag = numbers.check_words(turn.whose.people[0])
    lead = [unsure.safety_words(Voice(tag))] if found else []
    return Reply("\n".join((*lead, words)), tag)


def _confirm(turn: Turn, answer: Hear) -> Reply:
    """It is theirs: what waited goes out, what was held is heard."""
    session, now = turn.session, clock.now()
    turn.inbound.state = InboundState.HEARD
    numbers.confirm(turn.whose.people, now)
    session.flush()
    released = releasing.release(Desk(session, turn.settings, now), turn.whose.people)
    replies = [_hear_held(turn, row, answer) for row in unsure.held(turn)]
    said = [reply for reply in replies if reply.body]
    if said:
        return said[-1]
    voice = unsure.voice_of(turn)
    return SILENCE if released else Reply(voice.say("number.right"), voice.language)


def _hear_held(turn: Turn, row: Inbound, answer: Hear) -> Reply:
    """Hear one held text as if it came now, from a number that is theirs."""
    since = row.received_at - timedelta(days=turn.settings.link_days)
    words = Words(row.body or "", row.received_at)
    found = whose(turn.session, turn.text.sender, since, words)
    reply = answer(_again(turn, row, found), begins=_begins(row))
    return replace(reply, consultation_id=row.consultation_id)


def _end(turn: Turn) -> Reply:
    """Somebody else has it: nothing goes there again, and staff see that."""
    numbers.mark_wrong(turn.whose.people, turn.text.received_at)
    _set_aside(unsure.held(turn))
    voice = unsure.voice_of(turn)
    return Reply(voice.say("number.wrong"), voice.language)


def _set_aside(rows: Sequence[Inbound]) -> None:
    """Nobody knows whose these are: staff find out."""
    for row in rows:
        row.state = InboundState.QUARANTINED


def _again(turn: Turn, row: Inbound, found: Whose) -> Turn:
    """The turn of a text that was held, as it stands now."""
    row.consultation_id = found.one.id if found.one else None
    row.state = InboundState.HEARD if found.found in SURE else InboundState.QUARANTINED
    return replace(turn, text=storing.read(row), inbound=row, whose=found)


def _begins(row: Inbound) -> bool:
    return opt_outs.wish(row.body or "") is Wish.START
