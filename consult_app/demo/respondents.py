"""Invented respondents answer: by text, in the chat or on the form, through the same actions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.answering import talk
from consult_app.actions.answering.remembering import Source
from consult_app.actions.inviting.asking import INVITING
from consult_app.actions.texts.text_turn import InboundText
from consult_app.actions.texts.texting import receive
from consult_app.config import Settings
from consult_app.conversation.path import path
from consult_app.demo.pretend import Hand
from consult_app.demo.voices import Speaker
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, Role
from consult_app.tokens import new_token

LONGEST = 120
"""No conversation has more turns than this."""

STOPS_MIDWAY = 0.22
WAYS: Mapping[Role, tuple[tuple[Channel, int], ...]] = {
    Role.CHILD: ((Channel.SMS, 40), (Channel.WEB_CHAT, 40), (Channel.WEB_FORM, 20)),
    Role.CARER: ((Channel.SMS, 55), (Channel.WEB_CHAT, 15), (Channel.WEB_FORM, 30)),
    Role.PARENT: ((Channel.SMS, 35), (Channel.WEB_CHAT, 30), (Channel.WEB_FORM, 35)),
    Role.CARE_LEAVER: ((Channel.SMS, 40), (Channel.WEB_CHAT, 40), (Channel.WEB_FORM, 20)),
    Role.OBSERVER: ((Channel.WEB_CHAT, 40), (Channel.WEB_FORM, 60)),
    Role.HEALTH: ((Channel.WEB_FORM, 100),),
    Role.EDUCATION: ((Channel.WEB_CHAT, 20), (Channel.WEB_FORM, 80)),
}


@dataclass(frozen=True)
class Stage:
    """What playing needs: the session, the settings, chance, and the clock's hand."""

    session: Session
    settings: Settings
    random: Random
    hand: Hand

    def think(self) -> None:
        """Nobody answers at once."""
        self.hand.move_on(self.random.randint(8, 70))


@dataclass(frozen=True)
class Part:
    """One respondent's part: who speaks, and after how many turns they put the phone away."""

    consultation: Consultation
    speaker: Speaker
    turns: int


def play(stage: Stage, consultation: Consultation, *, may_text: bool) -> None:
    """One respondent answers, all of it or a part."""
    speaker = Speaker(INVITING[consultation.role], consultation.language, stage.random)
    leaves = stage.random.random() < STOPS_MIDWAY
    turns = stage.random.randint(2, 6) if leaves else LONGEST
    ways = [way for way in WAYS[consultation.role] if may_text or way[0] is not Channel.SMS]
    channel = stage.random.choices([way for way, _ in ways], [n for _, n in ways])[0]
    PLAYS[channel](stage, Part(consultation, speaker, turns))


def _by_text(stage: Stage, part: Part) -> None:
    """Each message through the way that inbound texts take; the service sends when all is said."""
    _text(stage, part, "1")
    row = part.consultation
    for _ in range(part.turns):
        question = talk.form_of(row).by_id.get(row.waiting or "")
        if row.finished or question is None:
            return
        _text(stage, part, part.speaker.as_text(question))


def _text(stage: Stage, part: Part, body: str) -> None:
    person = part.consultation.person
    if person is None or person.mobile is None:
        raise ValueError("a respondent without a number cannot text")
    stage.think()
    message = InboundText(f"SM{new_token()}", person.mobile, body, clock.now())
    stage.session.flush()
    # Nothing of ours leaves before all is said, so that no text may count as more of the last.
    receive(stage.session, message, replace(stage.settings, join_seconds=0))


def _in_chat(stage: Stage, part: Part) -> None:
    """One question after another in the browser, then sent."""
    row, session = part.consultation, stage.session
    heard = talk.begin(session, row, _source(Channel.WEB_CHAT))
    for _ in range(part.turns):
        question = heard.form.by_id.get(heard.state.waiting or "")
        if question is None:
            break
        stage.think()
        text = part.speaker.as_text(question)
        heard = talk.hear(session, row, text, _source(Channel.WEB_CHAT))
    if heard.state.finished:
        talk.submit(row, _source(Channel.WEB_CHAT))


def _on_form(stage: Stage, part: Part) -> None:
    """A section a page, then sent."""
    row, session = part.consultation, stage.session
    heard = talk.begin(session, row, _source(Channel.WEB_FORM))
    for section in heard.form.sections[: part.turns]:
        asked = [q for q in path(heard.form, heard.state.answers) if q.section == section]
        stage.think()
        values = {question.id: part.speaker.answer(question) for question in asked}
        heard = talk.answer_page(session, row, values, _source(Channel.WEB_FORM))
    if part.turns == LONGEST:
        talk.submit(row, _source(Channel.WEB_FORM))


def _source(channel: Channel) -> Source:
    return Source(channel, new_token())


PLAYS: Mapping[Channel, Callable[[Stage, Part], None]] = {
    Channel.SMS: _by_text,
    Channel.WEB_CHAT: _in_chat,
    Channel.WEB_FORM: _on_form,
}
