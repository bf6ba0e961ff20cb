"""Taking small files in, for the tests of imports."""

from pathlib import Path

from sqlalchemy.orm import Session

from consult_app.actions.importing import imports
from consult_app.actions.importing.imports import Fate, Plan
from tests.records.files import opened

PAST = "CHILD,DOB,REVIEW,REVIEW_CODE\n"
HEADER = "CHILD,SEX,DOB\n"
UASC = "CHILD,SEX,DOB,DUC\n"
REVIEWS = "child_id,review_id,review_type,due_date,planned_date,status,iro_ref,venue,uasc\n"
PEOPLE = "child_id,person_ref,role,name,mobile,language_read,interpreter,contact_ok,pr\n"
FORMS = "child_id,review_date,review_kind,role,sent,received,channel\n"


class Taken:
    """What a file brought: its counts, and its rules by line."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.counts = {fate.value: number for fate, number in plan.fates.items() if number}
        self.rules = [(found.line, found.rule) for found in plan.findings if found.is_fault]

    @property
    def changes(self) -> int:
        """Rows that brought anything."""
        return self.plan.fates[Fate.NEW] + self.plan.fates[Fate.CHANGED]


def take(session: Session, folder: Path, text: str) -> Taken:
    """Preview a file, apply it, see that both say the same, and that again changes nothing."""
    file = opened(folder, text + "\n")
    preview = Taken(imports.preview(session, file))
    applied = Taken(imports.apply(session, file))
    assert (preview.counts, preview.rules) == (applied.counts, applied.rules)
    assert Taken(imports.apply(session, file)).changes == 0
    session.expire_all()
    return applied
