"""The figures page: a period, a table, its chart, and both to take away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Flask, Response, abort, render_template, request

from consult_app import clock, edge
from consult_app.models.kinds import StaffRole
from consult_app.staff import navigation
from consult_app.staff.guard import allow
from consult_app.statistics import charts, printing, wording
from consult_app.statistics.measures import MEASURES, draw_up
from consult_app.statistics.table import Period, Table, year_to

pages = Blueprint("figures", __name__, url_prefix="/staff/figures")
for code in (403, 404):
    pages.register_error_handler(code, navigation.no_entry)
may_see = allow(StaffRole.MANAGER, StaffRole.IRO)

FIRST = "forms"
TAKEN: Mapping[str, tuple[str, Callable[[Table], str]]] = {
    "svg": ("image/svg+xml", charts.svg),
    "csv": ("text/csv; charset=utf-8", printing.as_csv),
    "json": ("application/json", printing.as_json),
}
"""How a table can be taken away: its type and who lays it out."""
KEPT = ("csv", "json")
"""Forms that are saved under a name rather than shown."""


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; `faulty` when its dates made no period."""

    name: str
    period: Period
    by: tuple[str, ...]
    faulty: bool

    @property
    def query(self) -> dict[str, object]:
        """The same wish as an address has it."""
        return {"from": self.period.start, "to": self.period.end, "by": list(self.by)}


@pages.get("")
@may_see
def show_figures() -> str:
    """One table with its chart."""
    wanted = _wanted(request.args.get("table", FIRST))
    return render_template(
        "staff/figures.html",
        wanted=wanted,
        table=_drawn(wanted),
        tables=list(MEASURES),
        dimensions=MEASURES[wanted.name].by,
        wording=wording,
    )


@pages.get("/<name>.<form>")
@may_see
def take_figures(name: str, form: str) -> Response:
    """The chart of a table, or the table as a file."""
    if form not in TAKEN:
        abort(404)
    wanted = _wanted(name)
    kind, lay_out = TAKEN[form]
    response = Response(lay_out(_drawn(wanted)), content_type=kind)
    if form in KEPT:
        days = f"{wanted.period.start}_{wanted.period.end}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}_{days}.{form}"'
    return response


def install(app: Flask) -> None:
    """Add the figures to `app`."""
    app.register_blueprint(pages)


def _drawn(wanted: Wanted) -> Table:
    return draw_up(edge.session(), wanted.name, wanted.period, wanted.by)


def _wanted(name: str) -> Wanted:
    """What is asked for; a table nobody keeps is 404, dates that fail are this year's."""
    if name not in MEASURES:
        abort(404)
    period = _period(request.args)
    by = tuple(one for one in request.args.getlist("by") if one in MEASURES[name].by)
    asked = bool(request.args.get("from") or request.args.get("to"))
    return Wanted(name, period or year_to(clock.today()), by, asked and period is None)


def _period(asked: Mapping[str, str]) -> Period | None:
    try:
        return Period(*(date.fromisoformat(asked.get(end, "")) for end in ("from", "to")))
    except ValueError:
        return None
