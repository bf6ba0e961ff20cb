"""Hearing one answer while nobody else waits: worked out at a glance, written if it still holds.

What `talk.hear` does while the consultation is held is done here before anything is. Where
somebody was heard since the glance, nothing is written, and the caller hears it again, holding.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, exists, select, update
from sqlalchemy.sql.dml import Update

from consult_app import clock
from consult_app.actions.answering import talk, writing
from consult_app.actions.answering.remembering import Source
from consult_app.actions.answering.talk import Heard, Hearing
from consult_app.actions.doors.glance import Glance
from consult_app.conversation.answers import Concern, LanguageChanged, Outcome
from consult_app.db import Database
from consult_app.models.answer import Kept
from consult_app.models.consultation import Standing
from consult_app.models.kinds import ConsultationStatus
from consult_app.models.registry import metadata

_ANSWERS, _CONSULTATIONS = metadata.tables["answer"], metadata.tables["consultation"]
_VISITS = metadata.tables["visit"]
_STATE = ("waiting", "finished", "heard_at")
_SAID = (*Kept._fields, "consultation_id", "language", "channel", "typist")


def _going_on() -> Update:
    """The next state, where nobody was heard since and nothing sent, and the visit goes on."""
    table = _CONSULTATIONS.c
    inside = exists().where(
        _VISITS.c.id == bindparam("visit", type_=_VISITS.c.id.type), _VISITS.c.ended_at.is_(None)
    )
    return (
        update(_CONSULTATIONS)
        .where(
            table.id == bindparam("whose", type_=table.id.type),
            table.status == ConsultationStatus.STARTED,
            table.heard_at.is_not_distinct_from(bindparam("seen", type_=table.heard_at.type)),
            inside,
        )
        .values({name: bindparam(f"now_{name}", type_=table[name].type) for name in _STATE})
    )


_GO_ON = _going_on()
_HELD = _going_on().returning(_CONSULTATIONS.c.id).cte("held")
_SAYING = [bindparam(f"said_{name}", type_=_ANSWERS.c[name].type) for name in _SAID]
_BOTH = writing.INSERT.from_select(_SAID, select(*_SAYING).select_from(_HELD)).returning(
    _ANSWERS.c.id
)
"""State and answer in one statement, as PostgreSQL can: one round trip."""


@dataclass(frozen=True)
class _Change:
    """What is written of one message: the state, at most one answer, and what it raises."""

    state: Mapping[str, object]
    answer: Mapping[str, object]
    rows: tuple[Kept, ...]
    outcomes: tuple[Outcome, ...]


def hear(database: Database, seen: Glance, text: str, source: Source) -> Heard | None:
    """Hear one message where the conversation stood when it was seen.

    None, and nothing written, when it must be heard holding: it is the first, or changes the
    language or more than one answer; or since then somebody was heard, it was sent, or the visit
    ended.
    """
    asked, rows = seen.consultation, seen.rows
    taken = talk.listen(talk.standing(asked, rows), text, source)
    if taken.is_repeated:
        return Heard(taken.here.form, taken.after, taken.outcomes, rows)
    if not _is_light(asked, taken):
        return None
    change = _change(seen, taken, source)
    if not _is_made(database, asked, change):
        return None
    return Heard(taken.here.form, taken.after, taken.outcomes, (*rows, *change.rows))


def _is_light(asked: Standing, taken: Hearing) -> bool:
    """True when it begins nothing, changes no language and answers one question at most."""
    in_words = any(isinstance(outcome, LanguageChanged) for outcome in taken.outcomes)
    return asked.status is ConsultationStatus.STARTED and len(taken.new) <= 1 and not in_words


def _change(seen: Glance, taken: Hearing, source: Source) -> _Change:
    asked, form, source = seen.consultation, taken.here.form, talk.by_whom(source, taken.after)
    rows = tuple(writing.made(form.by_id[said.question], said.value, source) for said in taken.new)
    state = {
        "whose": asked.id,
        "seen": asked.heard_at,
        "visit": seen.visit.id,
        "now_waiting": taken.after.waiting,
        "now_finished": taken.after.finished,
        "now_heard_at": clock.now(),
    }
    answer: Mapping[str, object] = {}
    if rows:
        (row,) = rows
        answer = writing.columns(row, asked, source)
    return _Change(state, answer, rows, taken.outcomes)


def _is_made(database: Database, asked: Standing, change: _Change) -> bool:
    """Write it all; False, and nothing written, when somebody was heard since."""
    if not any(isinstance(outcome, Concern) for outcome in change.outcomes):
        with database.briefly() as connection:
            return _goes_on(connection, change)
    with database.transaction() as session:
        goes_on = _goes_on(session.connection(), change)
        if goes_on:
            writing.raise_concerns(session, asked, change.outcomes, change.rows)
        return goes_on


def _goes_on(connection: Connection, change: _Change) -> bool:
    """Write the answer and the state; False, and nothing written, when the state is another."""
    if change.answer and connection.dialect.name == "postgresql":
        said = {f"said_{name}": value for name, value in change.answer.items()}
        return connection.execute(_BOTH, {**change.state, **said}).one_or_none() is not None
    goes_on = connection.execute(_GO_ON, change.state).rowcount == 1
    if goes_on and change.answer:
        connection.execute(writing.INSERT, change.answer)
    return goes_on
