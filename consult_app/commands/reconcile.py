"""`consult reconcile`: ask the provider about unknown texts, and fetch those we missed."""

from dataclasses import asdict

import click

from consult_app import clock
from consult_app.actions.fetching import fetch_missed
from consult_app.channels.sms.records_twilio import make_records
from consult_app.commands import say
from consult_app.outbox.reconcile import settle_unknowns


@click.command("reconcile")
@say.format_option
def reconcile_command(form: str) -> None:
    """Ask the provider what became of unknown texts, and fetch texts that did not reach us."""
    settings, database = say.start()
    records = make_records(settings)
    if records is None:
        raise say.Refused("there is no provider to ask: SMS_SENDER is not twilio")
    settled = settle_unknowns(database, records)
    fetched = fetch_missed(database, records, clock.now())
    database.engine.dispose()
    if fetched is None:
        raise say.Refused("the provider did not answer: try again")
    click.echo(say.table([{**asdict(settled), "fetched": fetched}], form))
