"""`consult import` as people run it: what it prints, what it writes, how it ends."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from consult_app import cli
from consult_app.db import Database
from consult_app.models.child import Child
from consult_app.models.review import Review
from tests.actions.importing.files import HEADER, PAST
from tests.conftest import environment
from tests.records.files import text_file

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    database: Database,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Run `consult import …`: the exit code, what was printed, and the errors."""
    for name, value in environment(database_url).items():
        monkeypatch.setenv(name, value)

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["consult", "import", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        return code, *capsys.readouterr()

    return run


def count(database: Database, model: type) -> int:
    """How many rows a table has."""
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_preview_then_the_real_thing(run: Run, database: Database, tmp_path: Path) -> None:
    past = text_file(tmp_path, PAST + "007,15/03/2010,31/02/2024,PN1\n007,,01/02/2024,PN1\n")
    code, out, _ = run(past)
    assert code == 0
    assert "list.csv: ssda903_reviews, preview: 2 rows: 1 new, 0 changed, 0 unchanged" in out
    assert "list.csv:2 REVIEW 166 left out: “31/02/2024” is not a date" in out
    assert "list.csv:3 CHILD INT08 warning: this child was not known: added" in out
    assert count(database, Review) == 0
    code, out, _ = run(past, "--apply")
    assert (code, count(database, Review)) == (0, 1)
    assert "applied: 2 rows" in out


def test_files_are_taken_in_the_order_of_their_kinds(
    run: Run, database: Database, tmp_path: Path
) -> None:
    past = text_file(tmp_path, PAST + "007,15/03/2010,01/02/2024,PN1\n", name="a.csv")
    header = text_file(tmp_path, HEADER + "007,1,15/03/2010\n", name="b.csv")
    for words in ((), ("--apply",)):
        code, out, _ = run(past, header, "--format", "json", *words)
        plans = json.loads(out)
        assert code == 0
        assert [(plan["file"], plan["new"], plan["findings"]) for plan in plans] == [
            ("b.csv", 1, []),
            ("a.csv", 1, []),
        ]
        assert all(plan["applied"] is bool(words) for plan in plans)
    assert (count(database, Child), count(database, Review)) == (1, 1)


def test_all_findings_in_json_and_csv_and_the_first_in_text(run: Run, tmp_path: Path) -> None:
    past = text_file(tmp_path, PAST + ",,,PN1\n" * 150)
    _, out, _ = run(past)
    assert "… and 100 more" in out
    _, out, _ = run(past, "--format", "json")
    assert len(json.loads(out)[0]["findings"]) == 300
    _, out, _ = run(past, "--format", "csv")
    lines = out.splitlines()
    assert lines[0] == "file,line,column,rule,severity,message"
    assert lines[1] == "list.csv,2,CHILD,child-id,left_out,is blank"
    assert len(lines) == 301


def test_strict_writes_nothing_of_a_faulty_file(
    run: Run, database: Database, tmp_path: Path
) -> None:
    past = text_file(tmp_path, PAST + "007,,01/02/2024,PN1\n", name="past.csv")
    header = text_file(tmp_path, HEADER + "008,1,15/03/2010\n", name="header.csv")
    code, out, err = run(past, header, "--apply", "--strict")
    assert code == 2
    assert err == "consult: past.csv: refused for the faults above\n"
    assert "past.csv: ssda903_reviews, refused" in out
    assert "header.csv: ssda903_header, applied" in out
    assert (count(database, Child), count(database, Review)) == (1, 0)
    assert run(past, "--strict")[0] == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read: no such file"),
        ("", "is empty"),
        ("a,b,c\n1,2,3\n", "is of no kind known by its columns (a, b, c)"),
        ("child\x00", "is not text"),
    ],
)
def test_what_cannot_be_taken_is_one_line_and_exit_2(
    run: Run, database: Database, tmp_path: Path, content: str | None, words: str
) -> None:
    good = text_file(tmp_path, HEADER + "008,1,15/03/2010\n", name="header.csv")
    bad = tmp_path / "bad.csv"
    if content is not None:
        bad.write_text(content)
    code, out, err = run(good, bad, "--apply")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"bad.csv {words}" in err
    assert count(database, Child) == 0


def test_a_file_that_breaks_halfway_leaves_nothing(
    run: Run, database: Database, tmp_path: Path
) -> None:
    rows = "".join(f"{n:05d},1,15/03/2010\n" for n in range(7_000))
    broken = text_file(tmp_path, HEADER + rows + "x," + "y" * 200_000 + "\n")
    code, _, err = run(broken, "--apply")
    assert (code, count(database, Child)) == (2, 0)
    assert "list.csv cannot be read after line 7001" in err
    assert "nothing of it was taken" in err


def test_no_file_at_all_is_refused(run: Run) -> None:
    code, _, err = run()
    assert code == 2
    assert "Missing argument" in err
