"""`consult import`: take files in, previewed unless told to apply."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from tqdm import tqdm

from consult_app.actions.importing import imports
from consult_app.actions.importing.imports import FileRefused, Plan, Read
from consult_app.actions.importing.known import Known
from consult_app.commands import say
from consult_app.db import Database
from consult_app.records.files import RecordFile, open_file
from consult_app.records.finding import Finding
from consult_app.records.kinds import FileKind
from consult_app.records.reading import Unreadable

SHOWN = 200
ORDER = list(FileKind)
COUNTS = ("new", "changed", "unchanged", "left_out")


@dataclass(frozen=True)
class Order:
    """What the caller asked for."""

    apply: bool
    strict: bool
    form: str


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--apply", "apply_", is_flag=True, help="Write; without it only a preview is shown.")
@click.option("--strict", is_flag=True, help="Refuse a file that has any fault.")
@say.format_option
def import_files(paths: tuple[Path, ...], apply_: bool, strict: bool, form: str) -> None:
    """Take in files of reviews, people and forms; their kind is known by their columns.

    Each file is written whole or not at all. Files are taken in the order that suits their
    kinds, whatever the order of PATHS.
    """
    _, database = say.start()
    files = sorted((_opened(path) for path in paths), key=lambda file: ORDER.index(file.kind))
    try:
        _take_in(database, files, Order(apply_, strict, form))
    finally:
        database.engine.dispose()


def _take_in(database: Database, files: list[RecordFile], order: Order) -> None:
    """Preview or apply, print, and refuse what was to be refused."""
    plans: list[Plan] = []
    try:
        _apply(database, files, order, plans) if order.apply else _preview(database, files, plans)
    except FileRefused as refused:
        plans.append(refused.plan)
    except Unreadable as problem:
        _print(plans, order)
        raise say.Refused(f"{files[len(plans)].name} {problem}: nothing of it was taken") from None
    _print(plans, order)
    faulty = [plan.file for plan in plans if plan.has_faults]
    if order.strict and faulty:
        raise say.Refused(f"{', '.join(faulty)}: refused for the faults above")


def _opened(path: Path) -> RecordFile:
    try:
        return open_file(path)
    except Unreadable as problem:
        raise say.Refused(f"{path} {problem}") from None


def _apply(database: Database, files: list[RecordFile], order: Order, plans: list[Plan]) -> None:
    """Each file in a transaction of its own."""
    for file in files:
        with database.transaction() as session:
            plans.append(imports.apply(session, file, strict=order.strict, watch=_bar(file)))


def _preview(database: Database, files: list[RecordFile], plans: list[Plan]) -> None:
    """Each file as it would be after those before it."""
    with database.reading() as session:
        known = Known(session)
        plans += [imports.preview(session, f, known=known, watch=_bar(f)) for f in files]


def _bar(file: RecordFile) -> imports.Watch:
    """A progress bar on stderr, where someone is watching and the file is long."""

    def watch(reads: Iterator[Read]) -> Iterator[Read]:
        lines = file.source.lines if not file.source.is_workbook else None
        quiet = not sys.stderr.isatty()
        return iter(tqdm(reads, desc=file.name, total=lines, unit=" rows", delay=1, disable=quiet))

    return watch


def _print(plans: list[Plan], order: Order) -> None:
    """What each file brought, and every finding; text shows the first of them."""
    if order.form == "json":
        sys.stdout.writelines(_as_json(plans, order))
    elif order.form == "csv":
        rows = [_row(plan, finding) for plan in plans for finding in plan.findings]
        click.echo(say.table(rows, "csv"))
    else:
        for plan in plans:
            _print_text(plan, order)


def _applied(plan: Plan, order: Order) -> bool:
    return order.apply and not (order.strict and plan.has_faults)


def _counts(plan: Plan) -> dict[str, int]:
    return {name: plan.fates[imports.Fate(name)] for name in COUNTS} | {"warned": plan.warned}


def _row(plan: Plan, finding: Finding) -> dict[str, object]:
    return {
        "file": plan.file,
        "line": finding.line,
        "column": finding.column,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
    }


def _as_json(plans: list[Plan], order: Order) -> Iterator[str]:
    """One JSON list, finding by finding: there may be hundreds of thousands."""
    yield "["
    for place, plan in enumerate(plans):
        head = {
            "file": plan.file,
            "kind": plan.kind.value,
            "applied": _applied(plan, order),
            "rows": plan.rows,
            **_counts(plan),
        }
        yield ",\n" * bool(place) + json.dumps(head, ensure_ascii=False)[:-1] + ', "findings": ['
        for number, finding in enumerate(plan.findings):
            yield ",\n" * bool(number) + json.dumps(_row(plan, finding), ensure_ascii=False)
        yield "]}"
    yield "]\n"


def _print_text(plan: Plan, order: Order) -> None:
    counts = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in
                       _counts(plan).items())  # fmt: skip
    verb = "applied" if _applied(plan, order) else "refused" if order.apply else "preview"
    click.echo(f"{plan.file}: {plan.kind.value}, {verb}: {plan.rows:,} rows: {counts}")
    for finding in plan.findings[:SHOWN]:
        where = f"{plan.file}:{finding.line} {finding.column or '-'} {finding.rule}"
        click.echo(f"  {where} {finding.severity.value.replace('_', ' ')}: {finding.message}")
    if len(plan.findings) > SHOWN:
        click.echo(f"  … and {len(plan.findings) - SHOWN:,} more: --format json or csv has all")
