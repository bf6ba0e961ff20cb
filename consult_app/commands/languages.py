"""`consult languages`: what concerns the files of words."""

import click

from consult_app import language, wording
from consult_app.commands.say import Refused


@click.group()
def languages() -> None:
    """Look after the words in every language."""


@languages.command()
def check() -> None:
    """Name every key, placeholder, plural form or provenance that a language lacks."""
    language.load()
    faults = wording.check()
    for fault in sorted(map(str, faults)):
        click.echo(fault)
    if faults:
        raise Refused(f"{len(faults)} faults in the files of words")
    click.echo(f"{len(language.languages())} languages are whole")
