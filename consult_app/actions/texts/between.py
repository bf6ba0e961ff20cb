"""Between two meetings: a text at any time is kept, and what the sender wants of us is done."""

from consult_app.actions.answering import talk, telling
from consult_app.actions.answering.telling import SAYS_ENOUGH, Topic
from consult_app.actions.inviting import late
from consult_app.actions.inviting.spoken import Voice, reading_words, voice_for
from consult_app.actions.texts import alarms, dialogues
from consult_app.actions.texts.speaking import REMEMBERED
from consult_app.actions.texts.text_turn import Reply, Turn, once_a_day
from consult_app.conversation import understand
from consult_app.conversation.fold import digits, fold
from consult_app.models.consultation import Consultation
from consult_app.models.dialogue import Dialogue
from consult_app.models.kinds import Asks, InboundState

MENU = (
    Topic.TELL, Topic.PROBLEM, Topic.GOOD, Topic.ADVOCATE, Topic.COMPLAINT, Topic.LANGUAGE,
)  # fmt: skip
"""What can be chosen, in the order of the numbers in texts.menu.ask."""


def hear(turn: Turn, consultation: Consultation) -> Reply:
    """A choice from the menu, a message, or something new: kept, with the menu beneath."""
    dialogue = dialogues.of(turn.session, turn.whose.hashes)
    asks = _asks(turn, dialogue, consultation)
    topic = _chosen(turn) if asks else None
    if topic is not None:
        return _choose(turn, dialogue, consultation, topic)
    if asks is Asks.WORDS:
        return _take(turn, dialogue, consultation)
    return _keep(turn, dialogue, consultation)


def _asks(turn: Turn, dialogue: Dialogue, consultation: Consultation) -> Asks | None:
    """What our last text about this consultation asked, while it may still be answered."""
    asked = dialogue.asked_at
    fresh = asked is not None and turn.text.received_at < asked + REMEMBERED
    ours = dialogue.consultation_id == consultation.id
    return dialogue.asks if fresh and ours and dialogue.asks is not Asks.WHO else None


def _chosen(turn: Turn) -> Topic | None:
    number = digits(fold(turn.text.body))
    return MENU[number - 1] if number is not None and 1 <= number <= len(MENU) else None


def _choose(turn: Turn, dialogue: Dialogue, consultation: Consultation, topic: Topic) -> Reply:
    """Done at once where the wish says enough; else their words are awaited."""
    dialogues.ask(dialogue, Asks.WORDS, consultation.id, turn.text.received_at)
    dialogue.topic = topic.value
    voice = voice_for(consultation)
    if topic not in SAYS_ENOUGH:
        return Reply(voice.say("menu.write"), voice.language)
    telling.tell(turn.session, consultation, topic, "")
    said = (_thanks(turn, voice), voice.say("menu.write"))
    return Reply("\n".join(said), voice.language)


def _take(turn: Turn, dialogue: Dialogue, consultation: Consultation) -> Reply:
    """Their words, for the officer; the name of a language is followed as well."""
    topic = Topic(dialogue.topic or Topic.TELL)
    dialogue.asked_at = turn.text.received_at
    telling.tell(turn.session, consultation, topic, turn.text.body)
    if topic is Topic.LANGUAGE:
        wanted = understand.language(turn.text.body, alarms.labels(consultation), bare=True)
        talk.change_language(consultation, wanted or consultation.language)
    voice = voice_for(consultation)
    return Reply(_thanks(turn, voice), voice.language, once_key=once_a_day(turn, f"told:{topic}"))


def _keep(turn: Turn, dialogue: Dialogue, consultation: Consultation) -> Reply:
    """What nobody asked for is kept for a person; thanks once a day, with what can be chosen."""
    turn.inbound.state = InboundState.STORED
    alarms.leave_to_a_person(turn, consultation, evidence=turn.text.body)
    dialogues.ask(dialogue, Asks.MENU, consultation.id, turn.text.received_at)
    voice = voice_for(consultation)
    said = (voice.say("thanks.after"), *late.truth(consultation), voice.say("menu.ask"))
    return Reply("\n".join(said), voice.language, once_key=once_a_day(turn, "kept"))


def _thanks(turn: Turn, voice: Voice) -> str:
    reads = reading_words(voice, turn.settings, turn.text.received_at)
    return f"{voice.say('menu.kept')} {reads}"
