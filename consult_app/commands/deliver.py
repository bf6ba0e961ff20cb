"""`consult deliver`: send the texts that are due, once."""

from dataclasses import asdict

import click

from consult_app.channels.sms.senders import make_sender
from consult_app.commands import say
from consult_app.outbox.deliver import deliver
from consult_app.outbox.quiet import quiet_hours


@click.command("deliver")
@say.format_option
def deliver_command(form: str) -> None:
    """Send the texts that are due, once. Invitations and reminders wait for decent hours."""
    settings, database = say.start()
    done = deliver(database, make_sender(settings, database), quiet=quiet_hours(settings))
    database.engine.dispose()
    click.echo(say.table([asdict(done)], form))
