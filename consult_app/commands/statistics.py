"""`consult statistics`: the figures of a period, in the terminal, a file or a program."""

from contextlib import suppress
from datetime import date, datetime

import click

from consult_app.commands.say import Refused, format_option, start
from consult_app.statistics import printing
from consult_app.statistics.dimensions import DIMENSIONS
from consult_app.statistics.disclosure import small_numbers
from consult_app.statistics.measures import MEASURES, CannotBreakDown, draw_up
from consult_app.statistics.table import Period, Table

SHOWN = 8


class _Day(click.ParamType[date]):
    """A day, as 2026-03-12 or 12/03/2026."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day; a usage error when it is none."""
        day = value if isinstance(value, date) else _read(value)
        if day is None:
            self.fail(f"{value!r} is no date: write it as 2026-03-12 or 12/03/2026", param, ctx)
        return day


def _read(text: str) -> date | None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError):
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
    return None


@click.command("statistics")
@click.argument("table", metavar="TABLE", type=click.Choice(list(MEASURES)))
@click.option("--from", "first", type=_Day(), required=True, help="The first day that counts.")
@click.option("--to", "last", type=_Day(), required=True, help="The last day that counts.")
@click.option("--by", multiple=True, type=click.Choice(list(DIMENSIONS)), help="Break down by.")
@click.option("--publish", is_flag=True, help="Refuse a table that could point at a person.")
@format_option
def statistics(table: str, by: tuple[str, ...], publish: bool, form: str, **days: date) -> None:
    """Print one table for the reviews held in a period."""
    drawn = _drawn(table, _period(days["first"], days["last"]), by)
    if publish:
        _publishable(drawn)
    click.echo(printing.FORMS[form](drawn))


def _period(first: date, last: date) -> Period:
    try:
        return Period(first, last)
    except ValueError:
        raise Refused(f"the period ends ({last}) before it begins ({first})") from None


def _drawn(table: str, period: Period, by: tuple[str, ...]) -> Table:
    _, database = start()
    try:
        with database.reading() as session:
            return draw_up(session, table, period, by)
    except CannotBreakDown as foreign:
        raise Refused(str(foreign)) from None


def _publishable(table: Table) -> None:
    small = small_numbers(table)
    if small:
        more = f" and {len(small) - SHOWN} more" if len(small) > SHOWN else ""
        raise Refused(
            "this table is not fit to publish: it shows 1 to 5 people, or a percentage of fewer "
            f"than 10, in {'; '.join(small[:SHOWN])}{more}. Take a longer period or fewer --by."
        )
