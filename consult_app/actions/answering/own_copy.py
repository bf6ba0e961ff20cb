"""A respondent's own copy: what stands of what they said, in the form's order. It writes nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from consult_app.actions.answering import remembering, talk
from consult_app.actions.answering.remembering import MEDIA
from consult_app.actions.answering.telling import ADDED_MARK
from consult_app.conversation.form import Depth, Form, Question, Value
from consult_app.models.answer import Said
from consult_app.models.consultation import Asked


@dataclass(frozen=True)
class Piece:
    """One thing that was said. `media` names a drawing, a photo or a voice note sent with it."""

    question: Question
    value: Value
    media: str | None
    said_at: datetime
    added: bool


@dataclass(frozen=True)
class OwnCopy:
    """What may be shown now; `covered` when something said before may not."""

    pieces: tuple[Piece, ...]
    covered: bool


def read(asked: Asked, rows: Sequence[Said], is_covered: Callable[[Said], bool]) -> OwnCopy:
    """The copy of `rows` (oldest first) without those that are covered."""
    form = talk.form_of(asked, Depth.FULL)
    said = [row for row in _standing(rows) if row.question in form.by_id and _says(row)]
    order: Mapping[str, int] = {q.id: place for place, q in enumerate(form.questions)}
    shown = sorted(
        (row for row in said if not is_covered(row)), key=lambda row: (order[row.question], row.id)
    )
    return OwnCopy(tuple(_piece(form, row) for row in shown), len(shown) < len(said))


def is_added(row: Said) -> bool:
    """True for what was added after sending: it stands beside what it was added to."""
    return row.client_id.startswith(ADDED_MARK)


def _standing(rows: Sequence[Said]) -> list[Said]:
    """The last answer to each question, with those that it was added to."""
    kept: dict[str, list[Said]] = {}
    for row in rows:
        before = kept.get(row.question, []) if is_added(row) else []
        kept[row.question] = [*before, row]
    return [row for standing in kept.values() for row in standing]


def _says(row: Said) -> bool:
    return row.code is not None or row.text_sealed is not None


def _piece(form: Form, row: Said) -> Piece:
    return Piece(
        question=form.by_id[row.question],
        value=remembering.value(form, row),
        media=row.code if row.code in MEDIA else None,
        said_at=row.said_at,
        added=is_added(row),
    )
