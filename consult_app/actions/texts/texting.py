"""Hear a text that was stored: find whose it is, hear it, and answer with one text at most."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from consult_app import language
from consult_app.actions.inviting.spoken import Voice, voice_for
from consult_app.actions.texts import opt_outs, storing
from consult_app.actions.texts.continuing import more
from consult_app.actions.texts.opt_outs import Wish
from consult_app.actions.texts.text_answers import answer, resume
from consult_app.actions.texts.text_turn import SILENCE, InboundText, Reply, Turn, letter
from consult_app.actions.texts.whose import Found, Whose, Words, whose
from consult_app.config import Settings
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState
from consult_app.outbox.barred import STOP_KEY
from consult_app.outbox.once import insert_once
from consult_app.outbox.post import post, post_anyway

AWAY = timedelta(days=7)
"""So long a conversation is taken up where it was left, without more words."""


def receive(session: Session, text: InboundText, settings: Settings) -> Inbound | None:
    """Store `text` and hear it in one go. None when its provider id came before."""
    inbound = insert_once(session, Inbound(**storing.values(text)))
    if inbound is not None:
        hear(session, inbound, settings)
    return inbound


def hear(session: Session, inbound: Inbound, settings: Settings) -> None:
    """Hear one stored text and queue the answer to it."""
    text = storing.read(inbound)
    since = text.received_at - timedelta(days=settings.link_days)
    found = whose(session, text.sender, since, Words(text.body, text.received_at))
    inbound.consultation_id = found.one.id if found.one else None
    inbound.state = InboundState.HEARD if found.one else InboundState.QUARANTINED
    turn = Turn(session, settings, text, inbound, found)
    last_heard = found.one.heard_at if found.one else None
    wish = opt_outs.wish(text.body, _voice(found).language)
    reply = WISHES[wish](turn) if wish else _more(turn)
    reply = reply or answer(turn, begins=wish is Wish.START)
    away = text.received_at - (last_heard or text.received_at) > AWAY
    _post(turn, _who_reads(turn, reply) if away else reply)


def _more(turn: Turn) -> Reply | None:
    """More of the last answer; what pictures came with is heard as they are."""
    return None if turn.text.media_count else more(turn)


def _who_reads(turn: Turn, reply: Reply) -> Reply:
    """Before the first question after a long time: who reads, as it was said at the start."""
    if reply.asks is None or turn.whose.found is not Found.GOING_ON:
        return reply
    voice = _voice(turn.whose)
    again = f"{voice.say('start.again')}\n"
    said = f"{voice.say(f'start.{voice.age}')}\n{reply.body.removeprefix(again)}"
    return replace(reply, body=said)


def _post(turn: Turn, reply: Reply) -> None:
    if not reply.body:
        return
    made = letter(turn, reply, f"reply:{turn.text.provider_id}", turn.text.received_at)
    # The stop list was read with the consultation; a stranger's number was not looked up yet.
    allowed = bool(turn.whose.consultations) and not turn.whose.opted_out
    confirms = made.once_key.startswith(STOP_KEY)
    (post_anyway if allowed or confirms else post)(turn.session, made)


def _stop(turn: Turn) -> Reply:
    """One confirmation and then silence: a second STOP gets none."""
    turn.inbound.state = InboundState.OPTED_OUT
    if not opt_outs.stop(turn.session, turn.text.sender):
        return SILENCE
    voice = _voice(turn.whose)
    key = f"{STOP_KEY}{turn.text.provider_id}"
    return Reply(voice.say("stopped"), voice.language, once_key=key)


def _restart(turn: Turn) -> Reply | None:
    """Texts may go again. From a number that never said STOP it is a word to begin with."""
    if not opt_outs.start(turn.session, turn.text.sender):
        return None
    turn.inbound.state = InboundState.OPTED_IN
    voice = _voice(turn.whose)
    return resume(turn) or Reply(voice.say("restarted"), voice.language)


WISHES: Mapping[Wish, Callable[[Turn], Reply | None]] = {Wish.STOP: _stop, Wish.START: _restart}


def _voice(found: Whose) -> Voice:
    return voice_for(found.consultations[0]) if found.consultations else Voice(language.ENGLISH)
