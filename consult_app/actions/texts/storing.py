"""Store a text that came in: one statement, nothing looked up and nothing heard yet."""

from functools import cache

from sqlalchemy import Connection, Table, inspect
from sqlalchemy.dialects import postgresql, sqlite

from consult_app import sealing
from consult_app.actions.texts.text_turn import InboundText
from consult_app.db import new_id
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState

Values = dict[str, object]


def store(connection: Connection, text: InboundText) -> bool:
    """Write `text` down, to be heard. False when its provider id came before."""
    written = connection.execute(_insert(connection.dialect.name), values(text))
    return written.rowcount > 0


def values(text: InboundText) -> Values:
    """The columns of a text that waits to be heard, its words sealed for its own row."""
    id_ = new_id()
    return {
        "id": id_,
        "provider_id": text.provider_id,
        "from_hash": sealing.ring().hash(text.sender),
        "sender_sealed": _seal("sender", id_, text.sender),
        "body_sealed": _seal("body", id_, text.body),
        "raw_sealed": _seal("raw", id_, text.raw),
        "media_sealed": _seal("media", id_, "\n".join(text.media) or None),
        "media_count": text.media_count,
        "received_at": text.received_at,
        "state": InboundState.RECEIVED,
        "channel": text.channel,
        "tries": 0,
    }


def read(row: Inbound) -> InboundText:
    """The text that a row keeps."""
    return InboundText(
        provider_id=row.provider_id,
        sender=row.sender or "",
        body=row.body or "",
        received_at=row.received_at,
        channel=row.channel,
        raw=row.raw,
        media=tuple((row.media or "").split()),
        media_count=row.media_count,
    )


def _seal(name: str, id_: int, words: str | None) -> bytes | None:
    return None if words is None else sealing.ring().seal(words, f"inbound.{name}:{id_}")


@cache
def _insert(dialect: str) -> postgresql.Insert | sqlite.Insert:
    """The one statement, built once."""
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    table = inspect(Inbound).local_table
    assert isinstance(table, Table)  # noqa: S101 - a mapped class has one
    once = make(table).on_conflict_do_nothing(index_elements=["provider_id"])
    return once.execution_options(preserve_rowcount=True)
