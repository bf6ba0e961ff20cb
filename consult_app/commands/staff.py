"""`consult staff add`: give a member of staff an account."""

import click

from consult_app.actions.staff_access import NewAccount, NotAdded, add_staff
from consult_app.commands import say
from consult_app.models.kinds import StaffRole

ROLES = [role.value for role in StaffRole]


@click.group()
def staff() -> None:
    """Accounts of the people who work with the answers."""


@staff.command("add")
@click.argument("email")
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, required=True)
@click.option("--name", default="", help="The name shown when signed in.")
@click.option("--officer", help="For the role iro: the officer's reference in the files.")
@click.password_option(help="Asked for when not given; at least 12 characters.")
def add(email: str, roles: tuple[str, ...], name: str, officer: str | None, password: str) -> None:
    """Add an account for EMAIL, with one role or several."""
    _settings, database = say.start()
    new = NewAccount(email, name, password, [StaffRole(role) for role in roles], officer)
    try:
        with database.transaction() as session:
            added = add_staff(session, new)
            if isinstance(added, NotAdded):
                raise say.Refused(added.reason)
            click.echo(f"{added.email} can sign in as {', '.join(roles)}")
    finally:
        database.engine.dispose()
