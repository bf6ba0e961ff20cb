"""`consult deliver`: send the texts that are due, once, or say what waits and what it costs."""

from dataclasses import asdict

import click

from consult_app import clock
from consult_app.commands import cost, say
from consult_app.commands.ways import make_ways
from consult_app.config import Settings
from consult_app.db import Database
from consult_app.outbox.deliver import deliver
from consult_app.outbox.forecast import forecast
from consult_app.outbox.prices import prices
from consult_app.outbox.quiet import quiet_hours


@click.command("deliver")
@click.option("--dry-run", is_flag=True, help="Send nothing: count what waits, and its cost.")
@say.format_option
def deliver_command(dry_run: bool, form: str) -> None:
    """Send the texts that are due, once. Invitations and reminders wait for decent hours."""
    settings, database = say.start()
    rows = _waiting(settings, database) if dry_run else [_sent(settings, database)]
    database.engine.dispose()
    click.echo(say.table(rows, form))


def _sent(settings: Settings, database: Database) -> dict[str, object]:
    done = deliver(
        database,
        make_ways(settings, database),
        quiet=quiet_hours(settings),
        rate=settings.sends_per_second,
    )
    return asdict(done)


def _waiting(settings: Settings, database: Database) -> list[dict[str, object]]:
    """What waits and what it costs, by kind, channel and language."""
    with database.reading() as session:
        return cost.rows(forecast(session, prices(settings), clock.now()))
