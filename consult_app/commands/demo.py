"""`consult demo`: an invented authority to look at."""

import json
from pathlib import Path

import click

from consult_app import clock, config
from consult_app.commands import say
from consult_app.commands.demo_start import start
from consult_app.db import Database
from consult_app.demo.build import Plan, build, is_empty
from consult_app.demo.doors import Doors, doors

FOLDER = Path("instance/demo-files")


@click.group()
def demo() -> None:
    """An invented authority: nobody in it is real."""


demo.add_command(start)


@demo.command("build")
@click.option("--seed", default=7, show_default=True, help="Another seed, another authority.")
@click.option("--children", default=400, show_default=True, type=click.IntRange(min=20, max=5000))
@click.option("--folder", default=FOLDER, show_default=True, type=click.Path(path_type=Path))
def build_command(seed: int, children: int, folder: Path) -> None:
    """Invent an authority, write its files, import them, and let its people answer."""
    settings, database = _start()
    if not is_empty(database):
        raise say.Refused("the database is not empty: name another with DATABASE_URL")
    build(database, settings, Plan(folder, seed, children), click.echo)


@demo.command("links")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def links_command(form: str) -> None:
    """Print the addresses and sign-ins; each call makes fresh links."""
    settings, database = _start()
    if is_empty(database):
        raise say.Refused("there is nobody yet: run consult demo build first")
    with database.transaction() as session:
        found = doors(session, settings, clock.now())
    click.echo(json.dumps(found, indent=2) if form == "json" else _text(found))


def _start() -> tuple[config.Settings, Database]:
    """Settings and database, never a real authority's."""
    settings, database = say.start()
    if settings.is_production:
        raise say.Refused("this would mix invented people with real ones: set CONSULT_ENV=demo")
    return settings, database


def _text(found: Doors) -> str:
    """As a person reads it: who, where, and how to sign in."""
    lines = []
    for name, door in found.items():
        if isinstance(door, str):
            lines.append(f"{name:<9} {door}")
        elif "user" in door:
            lines.append(f"{name:<9} {door['url']}  {door['user']}  {door['password']}")
        else:
            lines += [f"{f'{name} {tag}':<9} {url or '(none)'}" for tag, url in door.items()]
    return "\n".join(lines)
