"""Take a file in: say what it would change, or change it, in the caller's one transaction."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.importing.children import take_header, take_unaccompanied
from consult_app.actions.importing.desk import Desk
from consult_app.actions.importing.forms import take_form
from consult_app.actions.importing.known import (
    Known,
    KnownChild,
    KnownConsultation,
    KnownInvolvement,
    KnownPerson,
    KnownReview,
    KnownRow,
)
from consult_app.actions.importing.ledger import Ledger
from consult_app.actions.importing.numbers import follow
from consult_app.actions.importing.people import take_person
from consult_app.actions.importing.reviews import take_past_review, take_review
from consult_app.models.import_run import ImportRun
from consult_app.records.files import RecordFile
from consult_app.records.finding import Finding, Severity
from consult_app.records.forms_log import FormRow
from consult_app.records.kinds import FileKind, Row
from consult_app.records.line import Line
from consult_app.records.people import PersonRow
from consult_app.records.reviews import ReviewRow
from consult_app.records.ssda903 import HeaderRow, PastReviewRow, UnaccompaniedRow

Read = tuple[Line, Row | None]
Watch = Callable[[Iterator[Read]], Iterator[Read]]


class Fate(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"


@dataclass
class Plan:
    """What a file changes, or changed; `warned` counts rows that were kept with a warning."""

    file: str
    kind: FileKind
    findings: list[Finding]
    fates: Counter[Fate] = field(default_factory=Counter)
    warned: int = 0

    @property
    def rows(self) -> int:
        """Rows read: each is new, changed, unchanged or left out."""
        return self.fates.total()

    @property
    def changes(self) -> int:
        """Rows that bring anything."""
        return self.fates[Fate.NEW] + self.fates[Fate.CHANGED]

    @property
    def has_faults(self) -> bool:
        """True when a strict import refuses the file."""
        return any(finding.is_fault for finding in self.findings)


class FileRefused(Exception):
    """A strict import met a fault: the caller's transaction must not be committed."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"{plan.file} has faults")
        self.plan = plan


# A row is new when it adds one of these.
SUBJECTS: dict[FileKind, tuple[type[KnownRow], ...]] = {
    FileKind.HEADER: (KnownChild,),
    FileKind.UNACCOMPANIED: (KnownChild,),
    FileKind.REVIEWS: (KnownReview,),
    FileKind.SAFEGUARDING: (KnownReview,),
    FileKind.PAST_REVIEWS: (KnownReview,),
    FileKind.PEOPLE: (KnownPerson, KnownInvolvement),
    FileKind.FORMS_LOG: (KnownConsultation,),
}


def _unwatched(reads: Iterator[Read]) -> Iterator[Read]:
    return reads


def preview(
    session: Session, file: RecordFile, *, known: Known | None = None, watch: Watch = _unwatched
) -> Plan:
    """What `apply` would do; nothing is written.

    Files previewed with one `known` see each other as if each had been applied.
    """
    return _take(Desk(known or Known(session), Ledger(None)), file, watch)


def apply(
    session: Session, file: RecordFile, *, strict: bool = False, watch: Watch = _unwatched
) -> Plan:
    """Write a file's rows in the caller's transaction and record the run.

    FileRefused when `strict` and any row has a fault. The same file again changes nothing.
    """
    _one_at_a_time(session)
    desk = Desk(Known(session, lock=True), Ledger(session))
    plan = _take(desk, file, watch)
    follow(session, desk)
    if strict and plan.has_faults:
        raise FileRefused(plan)
    _record(session, file, plan)
    return plan


def _one_at_a_time(session: Session) -> None:
    """Two imports never interleave: SQLite has one writer, PostgreSQL is told."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE import_run IN EXCLUSIVE MODE"))


def _take(desk: Desk, file: RecordFile, watch: Watch) -> Plan:
    plan = Plan(file.name, file.kind, list(file.notes))
    for line, row in watch(file.rows()):
        fate = _fate(desk, file.kind, line, row)
        plan.fates[fate] += 1
        plan.findings += line.findings
        warned = any(found.severity is Severity.WARNING for found in line.findings)
        plan.warned += warned and fate is not Fate.LEFT_OUT
    desk.ledger.flush()
    return plan


def _fate(desk: Desk, kind: FileKind, line: Line, row: Row | None) -> Fate:
    """Take a row in and see from the ledger what it changed."""
    if row is None:
        return Fate.LEFT_OUT
    ledger = desk.ledger
    subjects = sum(ledger.inserted[subject] for subject in SUBJECTS[kind])
    everything = ledger.inserted.total() + ledger.updated
    _take_row(desk, line, row)
    if line.left_out:
        return Fate.LEFT_OUT
    if sum(ledger.inserted[subject] for subject in SUBJECTS[kind]) > subjects:
        return Fate.NEW
    changed = ledger.inserted.total() + ledger.updated > everything
    return Fate.CHANGED if changed else Fate.UNCHANGED


def _take_row(desk: Desk, line: Line, row: Row) -> None:
    """To each kind of row its own way in."""
    match row:
        case HeaderRow():
            take_header(desk, line, row)
        case UnaccompaniedRow():
            take_unaccompanied(desk, line, row)
        case PastReviewRow():
            take_past_review(desk, line, row)
        case ReviewRow():
            take_review(desk, line, row)
        case PersonRow():
            take_person(desk, line, row)
        case FormRow():
            take_form(desk, line, row)


def _record(session: Session, file: RecordFile, plan: Plan) -> None:
    """One run a file; the same file again, changing nothing, is not recorded twice."""
    known = select(ImportRun.id).where(ImportRun.digest == file.source.digest).limit(1)
    if not plan.changes and session.scalar(known) is not None:
        return
    session.add(
        ImportRun(
            file_name=file.name[:200],
            kind=file.kind.value,
            digest=file.source.digest,
            applied_at=clock.now(),
            rows=plan.rows,
            new=plan.fates[Fate.NEW],
            changed=plan.fates[Fate.CHANGED],
            unchanged=plan.fates[Fate.UNCHANGED],
            warned=plan.warned,
            left_out=plan.fates[Fate.LEFT_OUT],
        )
    )
    session.flush()
