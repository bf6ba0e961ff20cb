"""Every encoding, separator and format a list arrives in says the same rows."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult_app.records import reading
from consult_app.records.files import open_file
from tests.records.files import read, text_file, workbook

TEXT = "child_id,review_id,planned_date,venue\r\n007,R1,03/04/2026,Café Zoë\r\n"


def rows(path: Path) -> list[reading.Row]:
    """Every row of a file's first sheet."""
    source = reading.source(path)
    return list(reading.rows(source, reading.sheets(source)[0]))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    path = text_file(tmp_path, TEXT.replace(",", separator), encoding)
    kept, findings = read(open_file(path))
    assert [(row.child, row.venue) for row in kept] == [("007", "Café Zoë")]
    assert findings == []


def test_a_row_is_named_by_the_line_it_begins_on(tmp_path: Path) -> None:
    text = 'a,b\n1,"two\nlines"\n\n2,x\n'
    assert rows(text_file(tmp_path, text)) == [
        (1, ["a", "b"]),
        (2, ["1", "two\nlines"]),
        (5, ["2", "x"]),
    ]


def test_excels_own_separator_line_and_titles_above_the_heading(tmp_path: Path) -> None:
    text = (
        "sep=;\nReviews, spring 2026; as of May\nchild_id;review_id;planned_date\n1;R1;2026-04-03\n"
    )
    kept, findings = read(open_file(text_file(tmp_path, text)))
    assert [row.reference for row in kept] == ["R1"]
    assert findings == []


def test_a_workbook_is_read_like_a_list(tmp_path: Path) -> None:
    table: list[list[object]] = [
        ["child_id", "review_id", "planned_date", "planned_time", "due_date"],
        ["0042", "R1", datetime(2026, 4, 3), time(14, 30), date(2026, 4, 9)],  # noqa: DTZ001 - a spreadsheet has no zones
        [None, None, None],
        [43, 17.0, "03/04/2026", "2.30pm", 46115],
    ]
    kept, findings = read(open_file(workbook(tmp_path, table, first_sheet="Notes")))
    assert [(r.child, r.reference, r.planned_on, r.planned_at, r.due_on) for r in kept] == [
        ("0042", "R1", date(2026, 4, 3), time(14, 30), date(2026, 4, 9)),
        ("43", "17", date(2026, 4, 3), time(14, 30), date(2026, 4, 3)),
    ]
    assert findings == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b"\xd0\xcf\x11\xe0 rest", "old .xls"),
        (b"%PDF-1.7", "PDF"),
        (b"<?xml version='1.0'?>", "XML"),
        (b"PK\x03\x04 not a workbook", "workbook that cannot be opened"),
        (b"child_id,\x81\x8d\n", "is not text"),
        (b"child_id,review_id\n1\x002,3\n", "is not text"),
        (b"\xff\xfea", "is not text"),
    ],
)
def test_what_cannot_be_read_says_what_it_is(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(reading.Unreadable, match=words):
        open_file(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(reading.Unreadable, match="no such file"):
        reading.source(tmp_path / "none.csv")
    with pytest.raises(reading.Unreadable, match="cannot be read"):
        reading.source(tmp_path)


def test_a_monstrous_cell_is_refused_with_its_line(tmp_path: Path) -> None:
    text = TEXT + "008,R2,03/04/2026," + "x" * 200_000 + "\r\n"
    with pytest.raises(reading.Unreadable, match="after line 2"):
        read(open_file(text_file(tmp_path, text)))


@given(st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_rows_or_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(TEXT.encode() + content)
    try:
        for line, row in open_file(path).rows():
            assert (row is None) == line.left_out
    except reading.Unreadable:
        pass
