"""Promise S8: an import that is killed halfway leaves nothing; the next one brings all."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from consult_app.actions.importing import imports
from consult_app.db import Database
from consult_app.models.registry import metadata
from consult_app.records.files import open_file
from tests.conftest import environment
from tests.records import untidy

ROWS, HALFWAY = 9_000, 8_000

# Runs a real import that stops halfway, after several batches were sent, and waits to be killed.
IMPORT = """
import sys, time
from itertools import count
from pathlib import Path
from sqlalchemy import event
from consult_app.actions.importing import imports
from consult_app.commands import say
from consult_app.records.files import open_file

_, database = say.start()
written = count()
event.listen(database.engine, "after_cursor_execute",
             lambda *call: next(written) if call[2].startswith("INSERT") else None)

def watch(reads):
    for number, read in enumerate(reads):
        if number == int(sys.argv[2]):
            print("halfway", next(written), flush=True)
            time.sleep(600)
        yield read

with database.transaction() as session:
    imports.apply(session, open_file(Path(sys.argv[1])), watch=watch)
"""


def rows_of(database: Database) -> dict[str, int]:
    """How many rows each table has, empty ones left out."""
    with database.reading() as session:
        counts = {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }
    return {name: number for name, number in counts.items() if number}


@pytest.mark.parametrize("kind", ["ssda903_reviews", "people"])
def test_killed_halfway_leaves_nothing(
    database: Database, database_url: str, tmp_path: Path, kind: str
) -> None:
    path = untidy.write(tmp_path / "long.csv", kind, ROWS)
    running = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(path), str(HALFWAY)],
        env=os.environ | environment(database_url),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    with running, running.stdout as said:
        word, written = said.readline().split()
        running.send_signal(signal.SIGKILL)
    assert (word, running.returncode) == ("halfway", -signal.SIGKILL)
    assert int(written) > 1  # batches had reached the database
    assert rows_of(database) == {}

    with database.transaction() as session:
        plan = imports.apply(session, open_file(path))
    assert plan.rows == ROWS
    before = rows_of(database)
    assert before["child"] > 1_000
    with database.transaction() as session:
        assert imports.apply(session, open_file(path)).changes == 0
    assert rows_of(database) == before
