"""`consult languages`: what concerns the files of words."""

import click

from consult_app import language
from consult_app.commands.say import Refused
from consult_app.translating import check as checking
from consult_app.translating.files import has_files


@click.group()
def languages() -> None:
    """Look after the words in every language."""


@languages.command()
@click.option("--all", "every", is_flag=True, help="Also languages that are begun and not offered.")
@click.option("--language", "tag", help="One language, offered or not.")
def check(every: bool, tag: str | None) -> None:
    """Name what is missing, misspelt, too long or mistakable in the words of each language."""
    language.load()
    tags = _chosen(every, tag)
    faults = checking.check(tags=tags)
    for fault in sorted(map(str, faults)):
        click.echo(fault)
    if faults:
        raise Refused(f"{len(faults)} faults in the files of words")
    click.echo(f"{len(tags)} languages are whole")


def _chosen(every: bool, tag: str | None) -> list[str]:
    """The languages to look at; Refused for one that has no entry."""
    if tag is not None:
        return [known(tag)]
    if every:
        return [one.tag for one in language.every() if has_files(language.FOLDER, one.tag)]
    return checking.marked_offered()


def known(tag: str) -> str:
    """The tag of a language that languages.yml names. Refused otherwise."""
    if tag not in {one.tag for one in language.every()}:
        tags = " ".join(one.tag for one in language.every())
        raise Refused(f"no language {tag!r}: use one of {tags}")
    return tag
