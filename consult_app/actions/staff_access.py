"""Who of the staff may sign in."""

import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from argon2 import PasswordHasher
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app.models.iro import Iro
from consult_app.models.kinds import StaffRole
from consult_app.models.staff import Staff, StaffRoleRow

MIN_PASSWORD = 12
DESCRIPTIONS = {
    StaffRole.IRO: "reads the answers of the reviews they run",
    StaffRole.MANAGER: "sees every review's status and the figures",
    StaffRole.SUPPORT: "chases what has not come back",
}


@dataclass(frozen=True)
class NewAccount:
    """What is known of an account to be added; `iro_reference` names the officer it belongs to."""

    email: str
    name: str
    password: str
    roles: Collection[StaffRole]
    iro_reference: str | None = None


@dataclass(frozen=True)
class NotAdded:
    """An account that cannot be added; `reason` is for a person."""

    reason: str


def add_staff(session: Session, new: NewAccount) -> Staff | NotAdded:
    """Add an account, or say why not. The password is kept as an argon2 hash only."""
    iro = session.scalar(select(Iro).where(Iro.reference == new.iro_reference))
    fault = _fault(session, new, iro)
    if fault:
        return NotAdded(fault)
    staff = Staff(
        email=new.email.strip().lower(),
        name=new.name.strip(),
        password=hashed(new.password),
        fs_uniquifier=secrets.token_urlsafe(32),
        iro_id=iro.id if iro else None,
    )
    staff.roles.extend(_role(session, role) for role in sorted(set(new.roles)))
    session.add(staff)
    session.flush()
    return staff


def hashed(password: str) -> str:
    """The argon2 hash of `password`, normalised as the sign-in page normalises it."""
    return PasswordHasher().hash(unicodedata.normalize("NFKD", password))


def _fault(session: Session, new: NewAccount, iro: Iro | None) -> str | None:
    email = new.email.strip().lower()
    taken = session.scalar(select(Staff.id).where(func.lower(Staff.email) == email))
    checks = (
        ("@" not in email, f"{new.email!r} is not an e-mail address"),
        (taken is not None, f"{email} has an account already"),
        (not new.roles, "give at least one role: iro, manager or support"),
        (
            len(new.password) < MIN_PASSWORD,
            f"the password has fewer than {MIN_PASSWORD} characters",
        ),
        (
            StaffRole.IRO in new.roles and iro is None,
            f"no officer has the reference {new.iro_reference!r}",
        ),
    )
    return next((words for wrong, words in checks if wrong), None)


def _role(session: Session, role: StaffRole) -> StaffRoleRow:
    row = session.scalar(select(StaffRoleRow).where(StaffRoleRow.name == role.value))
    if row is None:
        row = StaffRoleRow(name=role.value, description=DESCRIPTIONS[role])
        session.add(row)
        session.flush()
    return row
