"""Free text spread over several texts is kept as one answer, in order (conversation.spread)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from consult_app import language
from consult_app.actions.answering import remembering, talk, writing
from consult_app.actions.answering.remembering import Source
from consult_app.actions.answering.talk import Heard
from consult_app.actions.inviting.spoken import phrases
from consult_app.actions.texts.speaking import Step
from consult_app.actions.texts.text_turn import Reply, Turn, spoken_to
from consult_app.conversation import concern
from consult_app.conversation.answers import Asked, Concern
from consult_app.conversation.form import Audience, Kind, Question
from consult_app.conversation.spread import Meets, goes_on, meets
from consult_app.models.answer import Answer
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Typist
from consult_app.models.message import Message

_LAST = (
    select(Answer.question, Answer.typist, Answer.audience, Inbound.received_at)
    .outerjoin(Inbound, Inbound.provider_id == Answer.client_id)
    .where(Answer.consultation_id == bindparam("asked"))
    .order_by(Answer.id.desc())
    .limit(1)
)
"""The last thing that was said, and when by text."""


@dataclass(frozen=True)
class Before:
    """The last thing that was said: by the text before this one, to a question in words."""

    consultation: Consultation
    question: Question
    typist: Typist
    audience: Audience
    asked: tuple[datetime, datetime | None] | None
    """When the next question was put down, and when it left."""


def more(turn: Turn) -> Reply | None:
    """The answer to a text that only goes on; None when it is to be heard by itself."""
    before = _before(turn)
    if before is None:
        return None
    one = before.consultation
    form = talk.form_of(one)
    following = None if one.finished else form.by_id.get(one.waiting or "")
    met = _meets(turn, before, following)
    if not goes_on(following, turn.text.body, language.labels(form, one.language), met):
        return None
    return _reply(turn, before, following, met)


def _before(turn: Turn) -> Before | None:
    """The answer that a text so soon after may belong to."""
    one, within = turn.whose.one, timedelta(seconds=turn.settings.join_seconds)
    chosen = turn.whose.decision.step is Step.TAKE
    if one is None or one.questionnaire is None or one.heard_at is None or chosen:
        return None
    if turn.text.received_at - one.heard_at >= within:  # most texts: nothing need be asked
        return None
    last = turn.session.execute(_LAST, {"asked": one.id}).one_or_none()
    if last is None or last.received_at is None:
        return None
    question = talk.form_of(one).by_id.get(last.question)
    if not timedelta(0) <= turn.text.received_at - last.received_at < within:
        return None
    if question is None or question.kind is not Kind.TEXT:
        return None
    return Before(one, question, last.typist, Audience(last.audience), _asked(turn, one))


def _asked(turn: Turn, one: Consultation) -> tuple[datetime, datetime | None] | None:
    """When the question that waits was put down as a text, and when that left."""
    asking = (
        select(Message.posted_at, Message.sent_at)
        .where(Message.consultation_id == one.id, Message.asks == one.waiting)
        .order_by(Message.id.desc())
        .limit(1)
    )
    found = turn.session.execute(asking).one_or_none()
    return None if found is None else (found.posted_at, found.sent_at)


def _meets(turn: Turn, before: Before, following: Question | None) -> Meets:
    if following is None or before.asked is None:
        return Meets.NOTHING
    posted_at, sent_at = before.asked
    came = turn.text.received_at
    return meets(
        turn.text.body,
        since_asked=(came - posted_at).total_seconds(),
        since_sent=None if sent_at is None else (came - sent_at).total_seconds(),
    )


def _reply(turn: Turn, before: Before, following: Question | None, met: Meets) -> Reply:
    """What a person must know at once; and once, where it stands: the question, or thanks."""
    here = talk.current(turn.session, before.consultation)
    alarms = _join(turn, before, here)
    spoken = spoken_to(turn, before.consultation)
    voice = spoken.voice
    said = list(phrases(alarms, spoken))
    first = sum(row.question == before.question.id for row in here.rows) == 1
    asks = following.id if following and first and met is Meets.ASKED else None
    if asks:
        said += phrases([Asked(asks)], spoken)
    elif first and met is Meets.NOTHING and not said:
        said.append(voice.say("thanks.after"))
    return Reply("\n".join(said), voice.language, asks=asks)


def _join(turn: Turn, before: Before, here: Heard) -> tuple[Concern, ...]:
    """Write both texts down as one answer beside the first; what the later one raises anew."""
    standing, question = here.state.answers.get(before.question.id), before.question
    earlier = standing if isinstance(standing, str) else ""
    whole = remembering.clean(f"{earlier}\n{turn.text.body}").strip()
    source = Source(turn.text.channel, turn.text.provider_id, before.typist)
    written = writing.write(
        turn.session,
        before.consultation,
        [(question, whole)],
        replace(source, audience=before.audience),
        None,
    )
    writing.touch(before.consultation)
    labels = language.labels(here.form, before.consultation.language)
    raised = concern.concerns(question, whole, labels)
    writing.raise_concerns(turn.session, before.consultation, raised, written)
    known = concern.concerns(question, earlier, labels)
    return tuple(one for one in raised if one not in known)
