"""Hearing one answer while nobody else waits: worked out at a glance, written if it still holds.

What `talk.hear` does while the consultation is held is done here before anything is. Where
somebody was heard since the glance, nothing is written, and the caller hears it again, holding.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.sql.dml import Update

from consult_app import clock
from consult_app.actions.answering import talk, writing
from consult_app.actions.answering.remembering import Source
from consult_app.actions.answering.talk import Heard, Turn
from consult_app.conversation.answers import Concern, LanguageChanged, Outcome
from consult_app.db import Database
from consult_app.models.answer import Kept, Said
from consult_app.models.consultation import Standing
from consult_app.models.kinds import ConsultationStatus
from consult_app.models.registry import metadata

_ANSWERS, _CONSULTATIONS = metadata.tables["answer"], metadata.tables["consultation"]
_STATE = ("waiting", "finished", "heard_at")
_SAID = (*Kept._fields, "consultation_id", "language", "channel", "typist")


def _going_on() -> Update:
    """The next state, where nobody was heard since and nothing was sent meanwhile."""
    table = _CONSULTATIONS.c
    return (
        update(_CONSULTATIONS)
        .where(
            table.id == bindparam("whose", type_=table.id.type),
            table.status == ConsultationStatus.STARTED,
            table.heard_at.is_not_distinct_from(bindparam("seen", type_=table.heard_at.type)),
        )
        .values({name: bindparam(f"now_{name}", type_=table[name].type) for name in _STATE})
    )


_SAYING = {name: bindparam(f"said_{name}", type_=_ANSWERS.c[name].type) for name in _SAID}
_GO_ON, _SAY = _going_on(), insert(_ANSWERS).values(_SAYING)
_HELD = _going_on().returning(_CONSULTATIONS.c.id).cte("held")
_BOTH = (
    insert(_ANSWERS)
    .from_select(_SAID, select(*_SAYING.values()).select_from(_HELD))
    .returning(_ANSWERS.c.id)
)
"""State and answer in one statement, as PostgreSQL can: one round trip."""


@dataclass(frozen=True)
class _Change:
    """What is written of one turn: the state, at most one answer, and what it raises."""

    state: Mapping[str, object]
    answer: Mapping[str, object]
    rows: tuple[Kept, ...]
    outcomes: tuple[Outcome, ...]


def hear(
    database: Database, seen: tuple[Standing, tuple[Said, ...]], text: str, source: Source
) -> Heard | None:
    """Hear one message at a consultation as it was seen with its answers.

    None, and nothing written, when it must be held: somebody was heard since, or the message
    changes more than one answer and what is asked next.
    """
    asked, rows = seen
    turn = talk.listen(talk.standing(asked, rows), text, source)
    if turn.is_repeated:
        return Heard(turn.here.form, turn.after, turn.outcomes, rows)
    if not _is_light(asked, turn):
        return None
    change = _change(asked, turn, source)
    if not _is_made(database, asked, change):
        return None
    return Heard(turn.here.form, turn.after, turn.outcomes, (*rows, *change.rows))


def _is_light(asked: Standing, turn: Turn) -> bool:
    """True when it begins nothing, changes no language and answers one question at most."""
    in_words = any(isinstance(outcome, LanguageChanged) for outcome in turn.outcomes)
    return asked.status is ConsultationStatus.STARTED and len(turn.new) <= 1 and not in_words


def _change(asked: Standing, turn: Turn, source: Source) -> _Change:
    source, form = talk.by_whom(source, turn.after), turn.here.form
    rows = tuple(writing.made(form.by_id[s.question], s.value, source) for s in turn.new)
    columns = {k: v for row in rows for k, v in writing.columns(row, asked, source).items()}
    answer = {f"said_{name}": value for name, value in columns.items()}
    state = {
        "whose": asked.id,
        "seen": asked.heard_at,
        "now_waiting": turn.after.waiting,
        "now_finished": turn.after.finished,
        "now_heard_at": clock.now(),
    }
    return _Change(state, answer, rows, turn.outcomes)


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
        both = {**change.state, **change.answer}
        return connection.execute(_BOTH, both).one_or_none() is not None
    goes_on = connection.execute(_GO_ON, change.state).rowcount == 1
    if goes_on and change.answer:
        connection.execute(_SAY, change.answer)
    return goes_on
