"""`consult languages`: what concerns the files of words."""

from pathlib import Path
from shutil import copyfile

import click

from consult_app import language
from consult_app.commands.say import Refused
from consult_app.translating import check as checking
from consult_app.translating import po, sheet, standing, taking, units, writing
from consult_app.translating.files import begun

DOCUMENT = language.FOLDER.parent / "docs" / "languages.md"
WRITE = {"po": po.written, "xlsx": sheet.written}
READ = {".po": po.read, ".xlsx": sheet.read}


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
        return begun(language.FOLDER)
    return checking.marked_offered()


def known(tag: str) -> str:
    """The tag of a language that languages.yml names. Refused otherwise."""
    if tag not in {one.tag for one in language.every()}:
        tags = " ".join(one.tag for one in language.every())
        raise Refused(f"no language {tag!r}: use one of {tags}")
    return tag


@languages.command("export")
@click.option("--to", "tag", required=True, help="The language, by its tag.")
@click.option("--format", "form", type=click.Choice(list(WRITE)), default="po", show_default=True)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write."
)
def export_command(tag: str, form: str, output: Path | None) -> None:
    """Write every string of a language for translators; `consult languages import` takes it back."""
    language.load()
    found = units.units(known(tag))
    file = output or Path(f"consult.{tag}.{form}")
    file.write_bytes(WRITE[form](tag, found))
    folder = file.parent / units.PICTURES
    folder.mkdir(exist_ok=True)
    drawn = {unit.picture for unit in found if unit.picture}
    for picture in drawn:
        copyfile(picture, folder / picture.name)
    click.echo(f"{len(found)} strings in {file}, {len(drawn)} pictures of their pages in {folder}")


@languages.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--by", required=True, help="Who checked it: a speaker's name, as staff will read it."
)
@click.option("--apply", "apply_it", is_flag=True, help="Write it; without, only show.")
def import_command(file: Path, by: str, apply_it: bool) -> None:
    """Take back what a translator sent: show it, check it, and with --apply write it."""
    language.load()
    try:
        proposal = taking.propose(_read(file))
    except taking.Unreadable as fault:
        raise Refused(f"{file.name}: {fault}") from None
    _show(proposal)
    if proposal.faults:
        raise Refused(f"{len(proposal.faults)} faults: nothing was written")
    if apply_it:
        writing.write(proposal, by.strip())
    click.echo("written" if apply_it else "nothing is written yet: --apply writes it")


def _read(file: Path) -> taking.Incoming:
    read = READ.get(file.suffix.lower())
    if read is None:
        raise taking.Unreadable("use a .po or an .xlsx file")
    return read(file.read_bytes())


def _show(proposal: taking.Proposal) -> None:
    """Each change, then what was left aside, then what is wrong."""
    for change in proposal.changes:
        what = f"{change.before!r} becomes {change.words!r}" if change.is_new_wording else "stays"
        click.echo(f"{change.key}: {what}{', checked' if change.checked else ''}")
    for line in (*proposal.aside, *map(str, proposal.faults)):
        click.echo(line)
    checked = sum(change.checked for change in proposal.changes)
    click.echo(f"{len(proposal.changes)} change in {proposal.tag}, {checked} of them checked")


@languages.command()
@click.option(
    "--to", "tags", multiple=True, help="A language, by its tag; without it, all of them."
)
def drafted(tags: tuple[str, ...]) -> None:
    """Say that drafts fit the English as it stands now: they are not "changed since" any more."""
    language.load()
    changed = writing.drafted(language.FOLDER, [known(tag) for tag in tags])
    click.echo(f"{changed} strings of English were new or changed")


@languages.command("table")
@click.option("--write", is_flag=True, help="Put it into docs/languages.md.")
def table_command(write: bool) -> None:
    """Print how far each language has come."""
    language.load()
    told = standing.markdown(standing.standings())
    if write:
        begin, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(standing.BEGIN)
        _, _, end = rest.partition(standing.END)
        DOCUMENT.write_text(f"{begin}{standing.BEGIN}\n{told}{standing.END}{end}", encoding="utf-8")
    click.echo(told, nl=False)
