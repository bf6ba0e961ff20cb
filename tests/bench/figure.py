"""One measured figure, as a line of JSON."""

import json


def figure(name: str, value: float, unit: str, baseline: float) -> None:
    """One line: what was measured, and how it stands to its baseline."""
    line = {"name": name, "value": round(value, 1), "unit": unit, "baseline": round(baseline, 1)}
    print(json.dumps(line | {"ratio": round(value / baseline, 3)}), flush=True)
