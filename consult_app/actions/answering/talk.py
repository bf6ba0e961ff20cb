"""Hearing what a respondent says, over any channel, while the consultation is held.

`listen` works out what a message comes to; `lightly` writes the plainest of it without holding.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app import clock, language
from consult_app.actions.answering import remembering, writing
from consult_app.actions.answering.attachments import Media
from consult_app.actions.answering.remembering import Source
from consult_app.conversation import chat, concern
from consult_app.conversation.answers import LanguageChanged, Outcome, State, Understood
from consult_app.conversation.form import Audience, Depth, Form, Value
from consult_app.conversation.path import has_help
from consult_app.models.answer import Said
from consult_app.models.consultation import Asked, Consultation
from consult_app.models.kinds import Channel, ConsultationStatus, Typist
from consult_app.questionnaires.load import compose


@dataclass(frozen=True)
class Hearing:
    """What one message comes to, before anything of it is written.

    `new` are the answers in it that are not known yet; a repeated message changes nothing.
    """

    here: "Heard"
    after: State
    outcomes: tuple[Outcome, ...]
    new: Sequence[Understood]
    is_repeated: bool = False


@dataclass(frozen=True)
class Heard:
    """The form, the state after hearing, and what hearing led to."""

    form: Form
    state: State
    outcomes: tuple[Outcome, ...] = ()
    rows: tuple[Said, ...] = field(default=(), repr=False)


class NotAsked(Exception):
    """The consultation has no questionnaire: there is nothing to answer."""


def lock(session: Session, consultation_id: int) -> Consultation:
    """The consultation, held for writing until the transaction ends."""
    return session.scalars(
        select(Consultation)
        .where(Consultation.id == consultation_id)
        .with_for_update(of=Consultation)
        .execution_options(populate_existing=True)
    ).one()


def form_of(asked: Asked, depth: Depth | None = None) -> Form:
    """The questionnaire this consultation asks, with its modules, at its own depth or another."""
    if asked.questionnaire is None or asked.version is None:
        raise NotAsked(f"consultation {asked.id} has no questionnaire")
    at = depth or Depth(asked.depth)
    return compose(asked.questionnaire, asked.version, asked.modules.split(), at)


def current(session: Session, consultation: Consultation) -> Heard:
    """Where the conversation stands, from one SELECT."""
    return standing(consultation, remembering.rows(session, consultation.id))


def standing(asked: Asked, rows: tuple[Said, ...]) -> Heard:
    """Where the conversation stands when these are its answers, oldest first."""
    form = form_of(asked)
    state = State(
        form=form.name,
        version=form.version,
        answers={row.question: remembering.value(form, row) for row in rows},
        waiting=asked.waiting,
        finished=asked.finished,
        language=asked.language,
    )
    return Heard(form, state, rows=rows)


def begin(session: Session, consultation: Consultation, source: Source) -> Heard:
    """Open the conversation, or take it up where it was left."""
    here = current(session, consultation)
    state, outcomes = chat.begin(here.form, here.state)
    _mark_started(consultation, source.channel)
    writing.remember_state(session, consultation, state)
    return Heard(here.form, state, outcomes, here.rows)


def turn_to(session: Session, consultation: Consultation, question: str) -> Heard:
    """Wait for one question again, to change its answer."""
    here = current(session, consultation)
    state, outcomes = chat.turn_to(here.form, here.state, question)
    writing.remember_state(session, consultation, state)
    return Heard(here.form, state, outcomes, here.rows)


def hear(session: Session, consultation: Consultation, text: str, source: Source) -> Heard:
    """Hear one message. The same client id with the same content changes nothing."""
    taken = listen(current(session, consultation), text, source)
    if taken.is_repeated:
        return Heard(taken.here.form, taken.after, taken.outcomes, taken.here.rows)
    return _keep(session, consultation, taken, source)


def listen(here: Heard, text: str, source: Source) -> Hearing:
    """What one message comes to where the conversation stands; nothing is written."""
    labels = language.labels(here.form, here.state.language)
    facing = _facing(here, source)
    after, outcomes = chat.hear(here.form, facing, remembering.clean(text), labels)
    said = [outcome for outcome in outcomes if isinstance(outcome, Understood)]
    new = [s for s in said if not remembering.is_known(here.rows, s, source.client_id)]
    if said and not new:
        return Hearing(here, *chat.begin(here.form, here.state), (), is_repeated=True)
    kept = [s for s in new if not _passes_media(here, s.question, s.value)]
    return Hearing(here, after, outcomes, kept)


def answer_page(
    session: Session,
    consultation: Consultation,
    values: Mapping[str, Value],
    source: Source,
    audiences: Mapping[str, Audience] | None = None,
) -> Heard:
    """Take a page of answers; those that stand already are not written again."""
    here = current(session, consultation)
    labels = language.labels(here.form, consultation.language)
    cleaned = {key: remembering.cleaned(value) for key, value in values.items()}
    changed = {
        key: value
        for key, value in cleaned.items()
        if key not in here.state.answers or here.state.answers[key] != value
        if not _passes_media(here, key, value)
    }
    narrowed = _narrowed(here, cleaned, audiences or {})
    _narrow_media(session, consultation, here, source, audiences or {})
    after, outcomes = chat.answer_page(here.form, here.state, {**narrowed, **changed}, labels)
    new = [outcome for outcome in outcomes if isinstance(outcome, Understood)]
    return _keep(session, consultation, Hearing(here, after, outcomes, new), source, audiences)


def attach(session: Session, consultation: Consultation, media: Media, source: Source) -> Heard:
    """Take a drawing, a photo or a voice note as the answer to `source.question`, once.

    Words that stand to the question stay beside it, and so does who may see them.
    """
    here = current(session, consultation)
    question = here.form.by_id[source.question or ""]
    print_of = remembering.digest(question.id, media.fingerprint)
    if any((row.client_id, row.digest) == (source.client_id, print_of) for row in here.rows):
        return here
    standing = next((row for row in reversed(here.rows) if row.question == question.id), None)
    wished = source.audience or (Audience(standing.audience) if standing else None)
    words = here.state.answers.get(question.id) or None
    source = by_whom(source, here.state)
    row = writing.write_media(
        session, consultation, (question, words), media, replace(source, audience=wished)
    )
    labels = language.labels(here.form, consultation.language)
    raised = concern.concerns(question, "", labels)
    writing.raise_concerns(session, consultation, raised, (row,))
    _mark_started(consultation, source.channel)
    answered = here.state.with_answer(question.id, words or "")
    after, asked = chat.begin(here.form, replace(answered, waiting=None))
    writing.remember_state(session, consultation, after)
    return Heard(here.form, after, (*raised, *asked), (*here.rows, row))


def take_back(session: Session, consultation: Consultation, source: Source) -> Heard:
    """A drawing, a photo or a voice note shall stand no longer: a skip is written over it."""
    here = current(session, consultation)
    skipped = Understood(source.question or "", None)
    after = here.state.with_answer(skipped.question, None)
    return _keep(session, consultation, Hearing(here, after, (), (skipped,)), source)


def change_language(consultation: Consultation, tag: str) -> None:
    """Go on in another language that is offered; what was said keeps its own."""
    if language.is_offered(tag):
        consultation.language = tag


def change_depth(session: Session, consultation: Consultation, depth: Depth) -> Heard:
    """Ask the short version or everything; answers stay, the path is found anew."""
    consultation.depth = depth.value
    here = current(session, consultation)
    state, outcomes = chat.begin(here.form, here.state)
    writing.remember_state(session, consultation, state)
    return Heard(here.form, state, outcomes, here.rows)


def submit(consultation: Consultation, source: Source) -> None:
    """The respondent has sent what they said. Sending again keeps the first moment.

    Who said that they have no part in this is not involved, and leaves both sides of the rates.
    """
    _mark_started(consultation, source.channel)
    not_involved = remembering.says_not_involved(consultation, form_of(consultation))
    done = ConsultationStatus.NOT_INVOLVED if not_involved else ConsultationStatus.SUBMITTED
    consultation.status = done
    consultation.submitted_at = consultation.submitted_at or clock.now()
    consultation.channel_finished = source.channel


def by_whom(source: Source, state: State) -> Source:
    """Whose hands typed it: a helper's, once they said that someone is helping."""
    helped = source.typist is Typist.SELF and has_help(state.answers)
    return replace(source, typist=Typist.HELPER) if helped else source


def _passes_media(here: Heard, question: str, value: Value) -> bool:
    """True for saying no words where a drawing, a photo or a voice note stands: it stays."""
    return value is None and here.state.answers.get(question) == ""


def _facing(here: Heard, source: Source) -> State:
    """The state with the question in waiting that the sender was looking at.

    Also when it would not be asked any more: an answer may come late, and is never put down as
    one to another question.
    """
    known = remembering.question_of(here.rows, source.client_id)
    facing = known or source.question
    if facing is None or facing == here.state.waiting:
        return here.state
    waiting = facing if facing in here.form.by_id else None
    return replace(here.state, waiting=waiting, finished=False)


def _narrowed(
    here: Heard, values: Mapping[str, Value], audiences: Mapping[str, Audience]
) -> dict[str, Value]:
    """Answers that stand but whose audience the respondent now changes: written beside."""
    standing = {row.question: row for row in here.rows}
    return {
        key: value
        for key, value in values.items()
        if key in audiences and key in standing and standing[key].audience != audiences[key]
        if not _passes_media(here, key, value)
    }


def _narrow_media(
    session: Session,
    consultation: Consultation,
    here: Heard,
    source: Source,
    audiences: Mapping[str, Audience],
) -> None:
    """A drawing, a photo or a voice note that stands alone gets the audience it is now given."""
    standing = {row.question: row for row in here.rows}
    for key, audience in audiences.items():
        if here.state.answers.get(key) == "" and standing[key].audience != audience:
            told = here.form.by_id[key], audience
            writing.narrow_media(session, consultation, standing[key], source, told)


def _keep(
    session: Session,
    consultation: Consultation,
    taken: Hearing,
    source: Source,
    audiences: Mapping[str, Audience] | None = None,
) -> Heard:
    """Write the new answers, the concerns and the state that one message comes to."""
    source = by_whom(source, taken.after)
    told = [(taken.here.form.by_id[said.question], said.value) for said in taken.new]
    written = writing.write(session, consultation, told, source, audiences)
    writing.raise_concerns(session, consultation, taken.outcomes, written)
    if any(isinstance(outcome, LanguageChanged) for outcome in taken.outcomes):
        consultation.language = taken.after.language
    if written:
        _mark_started(consultation, source.channel)
    writing.remember_state(session, consultation, taken.after)
    return Heard(taken.here.form, taken.after, taken.outcomes, taken.here.rows + written)


def _mark_started(consultation: Consultation, channel: Channel) -> None:
    if consultation.status in (ConsultationStatus.SUBMITTED, ConsultationStatus.STARTED):
        return
    if consultation.status is ConsultationStatus.NOT_INVOLVED:
        consultation.submitted_at = None
    consultation.status = ConsultationStatus.STARTED
    consultation.started_at = consultation.started_at or clock.now()
    consultation.channel_begun = consultation.channel_begun or channel
