"""`consult statistics`, as it is called: a process of its own, on both databases."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consult_app.db import Database
from tests.statistics import published

RUN = "from consult_app.cli import main; main()"
FORMS_YEAR = ("--from", "2016-04-01", "--to", "31/03/2017")
CODES_YEAR = ("--from", "2015-04-01", "--to", "2016-03-31")

Consult = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def consult(database: Database, database_url: str, tmp_path: Path) -> Consult:
    """The command as a terminal has it, on an empty database."""
    environment = {
        "CONSULT_ENV": "test",
        "DATABASE_URL": database_url,
        "SECRET_KEY": "a secret of the tests, long enough for the rule",
        "CONSULT_KEYS": "dGVzdCBlbmNyeXB0aW9uIGtleSBvZiAzMiBieXRlcyE=",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error", "-c", RUN, *words],
            env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def _sheet(path: Path, columns: str, rows: Iterator[tuple[str, ...]]) -> str:
    with path.open("w", newline="") as sheet:
        writer = csv.writer(sheet)
        writer.writerow(columns.split(","))
        writer.writerows(rows)
    return str(path)


def _forms_log() -> Iterator[tuple[str, ...]]:
    """One row a form; the n-th form of each role is for the n-th child of its kind of review."""
    for kind, role, sent, received in published.forms():
        for number in range(sent):
            child = f"0{kind[0]}{number:04d}"
            day = f"{1 + number % 28:02d}/{4 + number % 9:02d}/2016"
            back = "2016-03-30" if number < received else ""
            yield child, day, kind, role, "2016-03-20", back, "paper"


def _reviews_903() -> Iterator[tuple[str, ...]]:
    """One child a review; the under-fours of PN0 were born three years before."""
    for code, reviews in published.codes().items():
        born = "01/06/2012" if code == "PN0" else "01/06/2004"
        for number in range(reviews):
            day = f"{1 + number % 28:02d}/{4 + number % 9:02d}/2015"
            yield f"{code}{number:05d}", born, day, code


def test_a_forms_log_gives_the_published_table_back(consult: Consult, tmp_path: Path) -> None:
    columns = "child_id,review_date,review_kind,role,sent,received,channel"
    log = _sheet(tmp_path / "forms_log.csv", columns, _forms_log())
    taken = consult("import", log, "--apply")
    assert taken.returncode == 0, taken.stderr
    table = json.loads(consult("statistics", "forms", *FORMS_YEAR, "--format", "json").stdout)
    printed = [
        (row["review_kind"], row["role"], row["sent"], row["received"])
        for row in table["rows"]
        if row["role"] != "all"
    ]
    assert printed == published.forms()
    assert table["period"] == {"from": "2016-04-01", "to": "2017-03-31"}
    assert table["counts"] == "forms"
    assert set(table["rows"][0]) == {"review_kind", "role", "sent", "received", "percent"}


def test_an_ssda903_file_gives_the_published_table_back(consult: Consult, tmp_path: Path) -> None:
    path = _sheet(tmp_path / "reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE", _reviews_903())
    taken = consult("import", path, "--apply")
    assert taken.returncode == 0, taken.stderr
    printed = consult("statistics", "participation", *CODES_YEAR, "--format", "json").stdout
    table = json.loads(printed)
    assert {row["code"]: row["count"] for row in table["rows"]} == published.codes()
    assert {rate["name"]: rate["percent"] for rate in table["rates"]} == {
        "took_part": 95.8,
        "views_conveyed": 95.2,
        "attended": 83.4,
        "spoke_for_self": 79.6,
        "c63_as_printed": 96.4,
        "per_child": 95.2,
    }


def test_text_says_period_rule_and_both_sides(consult: Consult) -> None:
    said = consult("statistics", "forms", *FORMS_YEAR).stdout
    assert "Reviews held from 1 April 2016 to 31 March 2017" in said
    assert "–  0/0  Received ÷ sent" in said


def test_csv_has_the_rows_and_nothing_else(consult: Consult) -> None:
    said = consult("statistics", "forms", *FORMS_YEAR, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(said)))
    assert len(rows) == 9
    assert rows[0] == {
        "review_kind": "cared_for",
        "role": "child",
        "sent": "0",
        "received": "0",
        "percent": "",
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("forms", "--from", "2016-04-01", "--to", "31/02/2017"), "is no date"),
        (("forms", "--from", "2016-04-01", "--to", "2016-03-31"), "ends (2016-03-31) before"),
        (("people", *FORMS_YEAR), "'people' is not one of 'forms'"),
        (("forms", "--from", "2016-04-01"), "Missing option '--to'"),
        (("participation", *FORMS_YEAR, "--by", "channel"), "cannot be shown by channel"),
        (("forms", *FORMS_YEAR, "--by", "shoe_size"), "'shoe_size' is not one of"),
    ],
)
def test_bad_input_is_a_line_and_exit_2(
    consult: Consult, words: tuple[str, ...], complaint: str
) -> None:
    done = consult("statistics", *words)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_what_could_point_at_a_person_is_not_published(
    consult: Consult, database: Database
) -> None:
    with database.transaction() as session:
        session.add_all(list(published.records_of_codes())[-20:])  # ten reviews, all PN7
    small = consult("statistics", "quality", *CODES_YEAR, "--publish")
    whole = consult("statistics", "participation", *CODES_YEAR, "--publish")
    assert whole.returncode == 0, whole.stderr
    assert small.returncode == 0, small.stderr
    with database.transaction() as session:
        session.add_all(list(published.records_of_codes())[:4])  # two more, PN0
    refused = consult("statistics", "participation", *CODES_YEAR, "--publish")
    assert refused.returncode == 2
    assert "row PN0" in refused.stderr
    assert refused.stdout == ""
