"""The `consult` command: a table of contents of consult_app.commands."""

import sys

import click

from consult_app.commands.deliver import deliver_command
from consult_app.commands.demo import demo
from consult_app.commands.import_files import import_files
from consult_app.commands.invite import invite_command
from consult_app.commands.languages import languages
from consult_app.commands.migrate import migrate
from consult_app.commands.reconcile import reconcile_command
from consult_app.commands.say import Refused
from consult_app.commands.staff import staff
from consult_app.commands.standin import standin_command
from consult_app.commands.statistics import statistics
from consult_app.commands.talk import talk
from consult_app.commands.work import work_command
from consult_app.config import BadSettings


@click.group()
def consult() -> None:
    """Ask the people around a looked-after child what they think before a review."""


consult.add_command(import_files)
consult.add_command(deliver_command)
consult.add_command(demo)
consult.add_command(invite_command)
consult.add_command(languages)
consult.add_command(migrate)
consult.add_command(reconcile_command)
consult.add_command(staff)
consult.add_command(standin_command)
consult.add_command(statistics)
consult.add_command(talk)
consult.add_command(work_command)


def main() -> None:
    """Run a command; what people did wrong is one line on stderr and exit 2."""
    try:
        consult(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (Refused, BadSettings) as error:
        click.echo(f"consult: {error}", err=True)
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
