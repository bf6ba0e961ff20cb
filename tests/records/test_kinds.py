"""A file's kind is known by its columns, whatever their order and company."""

from pathlib import Path

import pytest

from consult_app.records.kinds import FileKind, recognise
from consult_app.records.reading import Unreadable
from tests.records import untidy
from tests.records.files import opened, read

LIQUIDLOGIC = "FACT_CLA_REVIEW_ID,DIM_PERSON_ID,DUE_DTTM,MEETING_DTTM,CANCELLED,DIM_LOOKUP_PARTICIPATION_CODE_DESC"
MOSAIC = (
    "WORKFLOW_STEP_ID,SUBJECT_COMPOUND_ID,LAC_REVIEW_DATE,STEP_STATUS,LAC_REVIEW_PARTICIPATION_CODE"
)
SHARED = (
    "clar_cla_review_id,clar_cla_id,clar_cla_review_due_date,clar_cla_review_date,"
    "clar_cla_review_cancelled,clar_cla_review_participation"
)


@pytest.mark.parametrize("name", untidy.HEADINGS)
def test_each_kind_in_any_order(name: str) -> None:
    heading = untidy.HEADINGS[name]
    for cells in (heading, heading[::-1], ("Extra", *heading), tuple(map(str.lower, heading))):
        found = recognise(cells, 1)
        assert found is not None
        assert found.layout.kind.value == name
        assert cells[found.places["child"]].lower() in ("child", "child_id")


@pytest.mark.parametrize("heading", [LIQUIDLOGIC, MOSAIC, SHARED])
def test_case_systems_names(heading: str) -> None:
    found = recognise(heading.split(","), 1)
    assert found is not None
    assert found.layout.kind is FileKind.SAFEGUARDING


def test_headings_are_remarked_on_without_fault(tmp_path: Path) -> None:
    file = opened(tmp_path, "REVIEW,CHILD,REVIEW_CODE,SHOE SIZE\n01/02/2024,1,PN1,4\n")
    assert [(note.column, note.rule, note.is_fault) for note in file.notes] == [
        ("SHOE SIZE", "extra-column", False),
        ("dob", "missing-column", False),
        ("", "column-order", False),
    ]
    assert len(read(file)[0]) == 1


def test_episode_ids_are_taken_only_with_a_remark(tmp_path: Path) -> None:
    file = opened(tmp_path, SHARED + "\nR1,E1,,01/02/2024,N,PN1\n")
    assert [note.rule for note in file.notes] == ["child-id"]


def test_an_unknown_kind_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="for a people file it lacks role"):
        opened(tmp_path, "child_id,person_ref,name,mobile\n1,P1,A,07700900123\n")
    with pytest.raises(Unreadable, match="of no kind known"):
        opened(tmp_path, "CHILD,DECOM,RNE,LS,CIN,PLACE\n1,01/01/2024,S,C2,N1,U1\n")
