"""One small, quiet chart beside each table: horizontal bars, drawn here, no script in the page."""

from typing import Any

from consult_app.statistics import wording
from consult_app.statistics.table import Cell, Table

MOST_BARS = 40
WIDTH = 320
STEP = 24
INK = "#1d2b36"
BAR = "#2f6f7e"
LINE = "#c9ced2"
FONT = "system-ui, sans-serif"


def svg(table: Table) -> str:
    """The chart of `table` as SVG; bars are dark enough for a black and white printer."""
    import vl_convert  # 60 MB in memory and 0.9 s at the first chart: only who asks pays

    return str(vl_convert.vegalite_to_svg(specification(table)))


def specification(table: Table) -> dict[str, Any]:
    """The chart as Vega-Lite has it: per cent where the table has them, else counts."""
    bars = _bars(table)
    per_cent = not table.found.rows or "percent" in table.found.rows[0] or _uses_rates(table)
    label: dict[str, Any] = {
        "title": None,
        "sort": None,
        "axis": {"labelLimit": 360, "ticks": False},
    }
    value: dict[str, Any] = {"title": wording.say("axis.percent" if per_cent else "axis.count")}
    if per_cent:
        value |= {"scale": {"domain": [0, 100]}}
    place = {
        "y": {"field": "label", "type": "nominal"} | label,
        "x": {"field": "value", "type": "quantitative", "axis": {"tickCount": 5, "grid": False}}
        | value,
    }
    text: dict[str, Any] = {"type": "text", "align": "left", "dx": 4, "color": INK}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": bars},
        "width": WIDTH,
        "height": {"step": STEP},
        "encoding": place,
        "layer": [
            {"mark": {"type": "bar", "color": BAR, "height": {"band": 0.6}}},
            {"mark": text, "encoding": {"text": {"field": "shown"}}},
        ],
        "config": _quiet(),
    }


def _uses_rates(table: Table) -> bool:
    """Rows that count unlike things make no chart: the rates do."""
    return table.name == "quality"


def _bars(table: Table) -> list[dict[str, Cell]]:
    if _uses_rates(table):
        rates = table.found.rates
        return [_bar(wording.rule(table, rate.name), "percent", rate.percent) for rate in rates]
    shown = list(table.found.rows)[:MOST_BARS]
    column = "percent" if shown and "percent" in shown[0] else "count"
    return [_bar(wording.title_of(row), column, row[column]) for row in shown]


def _bar(label: str, column: str, value: Cell) -> dict[str, Cell]:
    return {"label": label, "value": value or 0, "shown": wording.cell(column, value)}


def _quiet() -> dict[str, Any]:
    axis = {
        "labelColor": INK,
        "titleColor": INK,
        "titleFontWeight": "normal",
        "domainColor": LINE,
        "tickColor": LINE,
        "labelFontSize": 12,
        "titleFontSize": 12,
    }
    return {"font": FONT, "axis": axis, "view": {"stroke": None}, "text": {"fontSize": 12}}
