"""Build the invented authority: invent it, take its files in, live through its last weeks."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.importing import imports
from consult_app.actions.staff_access import NewAccount, NotAdded, add_staff
from consult_app.config import Settings
from consult_app.db import Database
from consult_app.demo import files, weeks
from consult_app.demo.invent import invent
from consult_app.demo.meetings import ATTENDED
from consult_app.demo.world import World
from consult_app.models.child import Child
from consult_app.models.kinds import StaffRole
from consult_app.models.review import Review
from consult_app.records.files import open_file

PASSWORD = "an-invented-authority"  # noqa: S105 - of invented accounts, printed to whoever asks
MANAGER, SUPPORT = "manager@westmere.example", "support@westmere.example"
OTHERS = (
    (MANAGER, "Nell Osiergarth", StaffRole.MANAGER),
    (SUPPORT, "Bo Pebblelowe", StaffRole.SUPPORT),
)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What to invent, and where its files go."""

    folder: Path
    seed: int = 7
    children: int = 400


def is_empty(database: Database) -> bool:
    """True while nobody is in the database."""
    with database.reading() as session:
        return not session.scalar(select(exists().where(Child.id.is_not(None))))


def build(database: Database, settings: Settings, plan: Plan, say: Say) -> World:
    """Fill an empty, migrated database; `say` is told of each step."""
    world = invent(plan.seed, plan.children, clock.today())
    say(f"invented {len(world.kids)} children, {len(world.sittings)} reviews")
    for path in files.write(world, plan.folder):
        with database.transaction() as session:
            taken = imports.apply(session, open_file(path))
        say(f"took in {path.name}: {taken.rows} rows, {taken.warned} with a warning")
    with database.transaction() as session:
        _add_accounts(session, world)
        _note_chairing(session, world)
    for day in weeks.live_through(database, settings, Random(plan.seed)):  # noqa: S311 - inventing, not protecting
        say(f"asked and answered on {day:%A %d %B}")
    return world


def _add_accounts(session: Session, world: World) -> None:
    """An account for each officer with children, a manager and business support."""
    known = {kid.officer for kid in world.kids}
    accounts = [
        NewAccount(officer.email, officer.name, PASSWORD, [StaffRole.IRO], officer.reference)
        for officer in world.officers
        if officer in known
    ]
    accounts += [NewAccount(email, name, PASSWORD, [role]) for email, name, role in OTHERS]
    for account in accounts:
        added = add_staff(session, account)
        if isinstance(added, NotAdded):
            raise ValueError(added.reason)


def _note_chairing(session: Session, world: World) -> None:
    """Who attended and chaired, which no file carries."""
    rows = [
        {
            "of": sitting.reference,
            "child_attended": sitting.code in ATTENDED,
            "chairing": sitting.chairing,
        }
        for sitting in world.sittings
        if sitting.held and sitting.chairing is not None
    ]
    if rows:
        session.connection().execute(
            update(Review.__table__)  # type: ignore[arg-type]  # a table is one
            .where(Review.reference == bindparam("of"))
            .values(child_attended=bindparam("child_attended"), chairing=bindparam("chairing")),
            rows,
        )
