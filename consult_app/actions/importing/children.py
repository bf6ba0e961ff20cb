"""Children from the SSDA903 header and the list of those who came alone."""

from consult_app.actions.importing.desk import Desk, find_child, note_birth
from consult_app.actions.importing.known import KnownChild
from consult_app.records.line import Line
from consult_app.records.ssda903 import HeaderRow, UnaccompaniedRow


def take_header(desk: Desk, line: Line, row: HeaderRow) -> None:
    """The header is the authority on sex and date of birth."""
    child = _child_once(desk, line, row.child)
    if child is None:
        return
    if row.born_on and row.born_on > desk.today:
        line.warn("born_on", "102", "a date of birth in the future: not taken")
    elif row.born_on:
        desk.ledger.change(child, born_on=row.born_on)
    if row.sex:
        desk.ledger.change(child, sex=row.sex)


def take_unaccompanied(desk: Desk, line: Line, row: UnaccompaniedRow) -> None:
    """Any child in the file came alone; the date says when that status ended."""
    child = _child_once(desk, line, row.child)
    if child is None:
        return
    note_birth(desk, line, child, row.born_on, "dob-differs")
    desk.ledger.change(
        child,
        unaccompanied=True,
        unaccompanied_until=row.until or child.unaccompanied_until,
        sex=child.sex or row.sex,
    )


def _child_once(desk: Desk, line: Line, reference: str) -> KnownChild | None:
    """The child of a row, or None for a child whom the file had already."""
    if desk.seen_before(reference):
        line.warn("child", "duplicate", "this child was in the file before: the first row stands")
        return None
    return find_child(desk, reference)[0]
