"""`consult reconcile`: ask the provider about unknown texts, and fetch those we missed."""

from dataclasses import asdict

import click

from consult_app import clock
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.commands import say
from consult_app.commands.ways import make_books


@click.command("reconcile")
@say.format_option
def reconcile_command(form: str) -> None:
    """Ask the provider what became of unknown texts, and fetch and hear texts that did not reach us."""
    settings, database = say.start()
    books = make_books(settings)
    if not books:
        raise say.Refused(
            "there is no provider to ask: nothing leaves through Twilio or GOV.UK Notify"
        )
    settled = [book.ask(database) for book in books]
    fetched = [book.fetch(database) for book in books]
    hear_waiting(database, settings, clock.now())
    database.engine.dispose()
    if None in fetched:
        raise say.Refused("the provider did not answer: try again")
    sums = {name: sum(asdict(each)[name] for each in settled) for name in ("went", "again", "open")}
    click.echo(say.table([{**sums, "fetched": sum(filter(None, fetched))}], form))
