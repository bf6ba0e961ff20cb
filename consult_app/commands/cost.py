"""What a batch of messages costs before it goes, as rows to print."""

from collections.abc import Sequence
from dataclasses import asdict

from consult_app.outbox.forecast import Batch

SUMMED = ("texts", "due", "segments", "pence")


def rows(batches: Sequence[Batch]) -> list[dict[str, object]]:
    """A line for each kind, channel and language, and one for all."""
    lines = [asdict(batch) for batch in batches]
    sums = {name: round(sum(line[name] for line in lines), 2) for name in SUMMED}
    return [*lines, {"kind": "all", "channel": None, "language": None, **sums}]
