"""A sealed attribute: plain text in Python, an encrypted column in the table."""

from typing import overload

from consult_app import sealing
from consult_app.db import Base


class Sealed:
    """Reads and writes `<name>_sealed`, bound to table, column and row. None stays None."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name
        self.column = f"{name}_sealed"

    @overload
    def __get__(self, row: None, owner: type) -> "Sealed": ...
    @overload
    def __get__(self, row: Base, owner: type) -> str | None: ...
    def __get__(self, row: Base | None, owner: type) -> "Sealed | str | None":
        if row is None:
            return self
        value: bytes | None = getattr(row, self.column)
        return None if value is None else sealing.ring().open(value, self._place(row))

    def __set__(self, row: Base, text: str | None) -> None:
        value = None if text is None else sealing.ring().seal(text, self._place(row))
        setattr(row, self.column, value)

    def _place(self, row: Base) -> str:
        return f"{row.__tablename__}.{self.name}:{row.id}"
