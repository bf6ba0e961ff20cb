"""What every page of a respondent begins with: visit, consultation and answers in one SELECT.

It goes past the object mapper, since every page waits for it.
"""

import json
from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, Executable, ScalarSelect, Text, bindparam, cast, func, select

from consult_app.models.answer import Kept
from consult_app.models.consultation import Standing
from consult_app.models.kinds import OPEN_STATUSES
from consult_app.models.registry import metadata
from consult_app.models.visit import Entered
from consult_app.tokens import token_hash

_VISITS, _CONSULTATIONS = metadata.tables["visit"], metadata.tables["consultation"]
_ANSWERS = metadata.tables["answer"]
_VISIT = len(Entered._fields)
GOING_ON = (
    _VISITS.c.secret_hash == bindparam("secret"),
    _VISITS.c.ended_at.is_(None),
    _VISITS.c.expires_at > bindparam("now"),
)
"""The visit of a secret, while it is neither ended nor over."""


class Glance(NamedTuple):
    """A visit that is still going on, as it was at one moment; the answers are oldest first."""

    visit: Entered
    consultation: Standing
    rows: tuple[Kept, ...]


def glance(connection: Connection, secret: str, now: datetime) -> Glance | None:
    """What the holder of `secret` may see; None when the visit or its consultation is over."""
    query = _query(connection.dialect.name)
    found = connection.execute(query, {"secret": token_hash(secret), "now": now}).one_or_none()
    if found is None:
        return None
    *plain, answers = found
    standing = Standing._make(plain[_VISIT:])
    if standing.status not in OPEN_STATUSES:
        return None
    return Glance(Entered._make(plain[:_VISIT]), standing, _read(answers))


@cache
def _query(dialect: str) -> Executable:
    """The SELECT for a kind of database; the answers come as one column of JSON."""
    columns = (
        *(_VISITS.c[name] for name in Entered._fields),
        *(_CONSULTATIONS.c[name] for name in Standing._fields),
        _answers(dialect),
    )
    return (
        select(*columns)
        .join_from(_VISITS, _CONSULTATIONS, _VISITS.c.consultation_id == _CONSULTATIONS.c.id)
        .where(*GOING_ON)
    )


def _answers(dialect: str) -> ScalarSelect[str]:
    """All answers of the consultation as a JSON array of arrays, or NULL."""
    is_sqlite = dialect == "sqlite"
    sealed = _ANSWERS.c.text_sealed
    words = func.hex(sealed) if is_sqlite else func.encode(sealed, "hex")
    fields = [words if name == sealed.name else _ANSWERS.c[name] for name in Kept._fields]
    row = (func.json_array if is_sqlite else func.json_build_array)(*fields)
    rows = func.json_group_array(row) if is_sqlite else cast(func.json_agg(row), Text)
    theirs = _ANSWERS.c.consultation_id == _CONSULTATIONS.c.id
    return select(rows).where(theirs).scalar_subquery()


def _read(answers: str | None) -> tuple[Kept, ...]:
    """The answers from their column, in the order of their ids."""
    rows = sorted(json.loads(answers or "[]"))
    return tuple(_kept(Kept._make(row)) for row in rows)


def _kept(row: Kept) -> Kept:
    """A row as it came in JSON, with its moment and its sealed words as they are elsewhere."""
    at = datetime.fromisoformat(str(row.said_at))
    return row._replace(
        said_at=at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC),
        text_sealed=bytes.fromhex(str(row.text_sealed)) if row.text_sealed else None,
    )
