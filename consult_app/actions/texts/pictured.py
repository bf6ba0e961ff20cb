"""A text with pictures or sounds: they answer what was asked where that is allowed, else it is said
that they were not taken, and a person is told."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import undefer

from consult_app import language
from consult_app.actions.answering import talk
from consult_app.actions.answering.attachments import Media
from consult_app.actions.answering.remembering import Source
from consult_app.actions.inviting.spoken import phrases, voice_for
from consult_app.actions.texts import alarms
from consult_app.actions.texts.text_turn import Reply, Turn, spoken_to
from consult_app.actions.texts.whose import Found
from consult_app.conversation.answers import Outcome
from consult_app.conversation.form import Kind, Question
from consult_app.models.consultation import Consultation
from consult_app.models.inbound_media import InboundMedia
from consult_app.models.kinds import MediaKind

Words = Callable[[Turn], Reply]
WAYS: Mapping[MediaKind, tuple[tuple[str, MediaKind], ...]] = {
    MediaKind.PHOTO: (("photo", MediaKind.PHOTO), ("draw", MediaKind.DRAWING)),
    MediaKind.VOICE: (("voice", MediaKind.VOICE),),
}
"""What came may be taken as, by the name that settings and questions have for it: a photo, or the
picture of a drawing."""


def hear(turn: Turn, hear_words: Words) -> Reply:
    """Hear the words of a text by `hear_words`, and what came with them."""
    one = turn.whose.one
    if not turn.text.media_count or one is None:
        return hear_words(turn)
    question = _question(turn, one)
    fitting = _fitting(turn, question)
    if question is None or not fitting:
        return _not_taken(turn, one, hear_words)
    said = hear_words(turn) if turn.text.body.strip() else None
    source = Source(turn.text.channel, turn.text.provider_id, question=question.id)
    outcomes: tuple[Outcome, ...] = ()
    for media in fitting:
        outcomes = talk.attach(turn.session, one, media, source).outcomes
    spoken = spoken_to(turn, one)
    lead = spoken.voice.say("thanks.media")
    if said is not None:
        return replace(said, body=f"{lead}\n{said.body}")
    body = "\n".join([lead, *phrases(outcomes, spoken)])
    return Reply(body, spoken.voice.language, asks=one.waiting)


def _question(turn: Turn, one: Consultation) -> Question | None:
    """What they were looking at, when it may be answered by more than words."""
    if turn.whose.found is not Found.GOING_ON:
        return None
    question = talk.form_of(one).by_id.get(turn.whose.facing or "")
    return question if question is not None and question.kind is Kind.TEXT else None


def _fitting(turn: Turn, question: Question | None) -> list[Media]:
    """What came and was fetched, of the kinds that question and authority allow."""
    if question is None:
        return []
    rows = (
        select(InboundMedia)
        .where(InboundMedia.inbound_id == turn.inbound.id)
        .options(undefer(InboundMedia.content_sealed))
        .order_by(InboundMedia.id)
    )
    allowed = set(question.extras) & set(turn.settings.media)
    return [
        Media(kind, row.media_type, row.content)
        for row in turn.session.scalars(rows)
        if (kind := next((kind for way, kind in WAYS[row.kind] if way in allowed), None))
    ]


def _not_taken(turn: Turn, one: Consultation, hear_words: Words) -> Reply:
    """A person learns that something came; the sender, that nobody has seen it."""
    count = turn.text.media_count
    came = language.words("staff.concern.media", language.ENGLISH, count=count)
    evidence = f"{turn.text.body}\n({came})".strip()
    alarms.leave_to_a_person(turn, one, evidence, question=turn.whose.facing)
    voice = voice_for(one)
    reply = Reply(voice.say("thanks.no_media"), voice.language)
    if not turn.text.body.strip() and turn.whose.found is Found.GOING_ON:
        return reply
    said = hear_words(turn)
    body = "\n".join([reply.body, said.body]).strip()
    # Thanks may be said once a day; that nobody has seen it is said each time.
    return replace(said, body=body, language=voice.language, once_key=None)
