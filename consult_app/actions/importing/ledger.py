"""Changes gathered and written in batches; a preview gathers the same and writes nothing."""

from collections import Counter, defaultdict
from dataclasses import fields

from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from consult_app import sealing
from consult_app.actions.importing.known import TABLES, KnownRow

BATCH = 5_000

Values = dict[str, object]


class Ledger:
    """What one file changes. With no session it is a preview."""

    def __init__(self, session: Session | None) -> None:
        self._session = session
        self._new: dict[type[KnownRow], list[KnownRow]] = defaultdict(list)
        self._unwritten: set[int] = set()
        self._changed: dict[tuple[type[KnownRow], tuple[str, ...]], list[Values]] = defaultdict(
            list
        )
        self._waiting = 0
        self.inserted: Counter[type[KnownRow]] = Counter()
        self.updated = 0

    def insert(self, known: KnownRow) -> None:
        """A row that is new; changes to it until it is written go in with it."""
        self.inserted[type(known)] += 1
        if self._session is not None:
            self._new[type(known)].append(known)
            self._unwritten.add(known.id)
            self._wait()

    def change(self, known: KnownRow, **wanted: object) -> None:
        """Bring `known` to the values wanted; what is so already costs nothing."""
        changes = {name: value for name, value in wanted.items() if getattr(known, name) != value}
        if not changes:
            return
        for name, value in changes.items():
            setattr(known, name, value)
        self.updated += 1
        if self._session is not None and known.id not in self._unwritten:
            names = tuple(sorted(changes))
            self._changed[type(known), names].append({"row_id": known.id} | changes)
            self._wait()

    def _wait(self) -> None:
        self._waiting += 1
        if self._waiting >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what has gathered: new rows in the order of their tables, then changes."""
        if self._session is None:
            return
        for kind in TABLES:
            if fresh := self._new.pop(kind, None):
                self._session.execute(TABLES[kind].insert(), [_values(row) for row in fresh])
        for (kind, names), rows in self._changed.items():
            table = TABLES[kind]
            change = table.update().where(table.c.id == bindparam("row_id"))
            self._session.execute(change.values({name: bindparam(name) for name in names}), rows)
        self._changed.clear()
        self._unwritten.clear()
        self._waiting = 0


COLUMNS = {kind: tuple(column.name for column in fields(kind)) for kind in TABLES}


def _values(known: KnownRow) -> Values:
    return {name: getattr(known, name) for name in COLUMNS[type(known)]}


def seal(known: KnownRow, column: str, text: str) -> bytes:
    """`text` sealed for a row as `models.sealed` opens it: bound to table, column and row."""
    return sealing.ring().seal(text, _place(known, column))


def opened(known: KnownRow, column: str) -> str | None:
    """The plain text of a known row's sealed column."""
    sealed: bytes | None = getattr(known, f"{column}_sealed")
    return None if sealed is None else sealing.ring().open(sealed, _place(known, column))


def _place(known: KnownRow, column: str) -> str:
    return f"{TABLES[type(known)].name}.{column}:{known.id}"


def resealed(known: KnownRow, column: str, text: str | None) -> Values:
    """The change that makes a sealed column say `text`; none when it says so already."""
    if opened(known, column) == text:
        return {}
    return {f"{column}_sealed": None if text is None else seal(known, column, text)}
