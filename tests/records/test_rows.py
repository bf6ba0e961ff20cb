"""Every fault of every kind of row: named by line, column and rule, and left out or kept."""

from datetime import date, time
from pathlib import Path

import pytest

from consult_app.models.kinds import Channel, ReviewKind, ReviewStatus, ReviewType, Role
from consult_app.records.forms_log import FormRow
from consult_app.records.reviews import ReviewRow
from consult_app.records.ssda903 import HeaderRow, PastReviewRow, UnaccompaniedRow
from tests.records.files import opened, read, said

W, OUT = "warning", "left_out"
PAST = "CHILD,DOB,REVIEW,REVIEW_CODE\n"
HEADER = "CHILD,SEX,DOB\n"
UASC = "CHILD,SEX,DOB,DUC\n"
REVIEWS = (
    "child_id,review_id,review_type,due_date,planned_date,planned_time,status,uasc,participation\n"
)
PEOPLE = "child_id,person_ref,role,name,mobile,language_read,interpreter,contact_ok,pr\n"
FORMS = "child_id,review_date,review_kind,role,sent,received,channel\n"
SSD = "clar_cla_review_id,person_id,clar_cla_review_due_date,clar_cla_review_date,clar_cla_review_cancelled,clar_cla_review_participation\n"

FAULTS = [
    (PAST + ",01/01/2010,01/02/2024,PN1", [("CHILD", "child-id", OUT)]),
    (PAST + "1,01/01/2010,,PN1", [("REVIEW", "166", OUT)]),
    (PAST + "1,01/01/2010,31/02/2024,PN1", [("REVIEW", "166", OUT)]),
    (PAST + "1,01/01/2010,01/02/2024,PN9", [("REVIEW_CODE", "167", W)]),
    (PAST + "1,01/01/2010,01/02/2024,", [("REVIEW_CODE", "167", W)]),
    (PAST + "1,1st Jan,01/02/2024,PN1", [("DOB", "102", W)]),
    (PAST + "1,01/01/2010,01/02/2024,PN1,x", [("", "cells", OUT)]),
    (PAST + "1" * 41 + ",01/01/2010,01/02/2024,PN1", [("CHILD", "too-long", OUT)]),
    (PAST + ",x,y,z", [("CHILD", "child-id", OUT), ("REVIEW", "166", OUT)]),
    (HEADER + "1,9,01/01/2010", [("SEX", "101", W)]),
    (HEADER + "1,1,2010", [("DOB", "102", W)]),
    (UASC + "1,1,01/01/2010,never", [("DUC", "duc", W)]),
    (REVIEWS + "1,,first,01/02/2024,,,,,", [("review_id", "review-id", OUT)]),
    (REVIEWS + "1,R1,first,,,,,,", [("planned_date", "no-date", OUT)]),
    (REVIEWS + "1,R1,tenth,01/02/2024,,,,,", [("review_type", "type", W)]),
    (REVIEWS + "1,R1,,soon,01/02/2024,,,,", [("due_date", "due-date", W)]),
    (REVIEWS + "1,R1,,01/02/2024,,tea time,,,", [("planned_time", "planned-time", W)]),
    (REVIEWS + "1,R1,,01/02/2024,,,done it,,", [("status", "status", W)]),
    (REVIEWS + "1,R1,,01/02/2024,,,,maybe,", [("uasc", "unaccompanied", W)]),
    (REVIEWS + "1,R1,,01/02/2024,,,,,PN9", [("participation", "167", W)]),
    (SSD + "R1,1,,,N,PN1", [("clar_cla_review_date", "no-date", OUT)]),
    (PEOPLE + "1,P1,neighbour,A,,,,y,", [("role", "role", OUT)]),
    (PEOPLE + "1,,carer,A,,,,y,", [("person_ref", "person-ref", OUT)]),
    (PEOPLE + "1,P1,carer,A,020 7946 0958,,,y,", [("mobile", "mobile", W)]),
    (PEOPLE + "1,P1,carer,A,,Klingon,,y,", [("language_read", "language", W)]),
    (PEOPLE + "1,P1,carer,A,,,,,", [("contact_ok", "contact-ok", W)]),
    (PEOPLE + "1,P1,carer,A,,,perhaps,y,", [("interpreter", "interpreter", W)]),
    (FORMS + "1,,cared_for,child,01/02/2024,,", [("review_date", "review-date", OUT)]),
    (FORMS + "1,01/02/2024,party,child,01/02/2024,,", [("review_kind", "review-kind", OUT)]),
    (FORMS + "1,01/02/2024,cared_for,dog,01/02/2024,,", [("role", "role", OUT)]),
    (FORMS + "1,01/02/2024,cared_for,child,,01/02/2024,", [("sent", "never-sent", W)]),
    (FORMS + "1,01/02/2024,,child,02/02/2024,01/02/2024,", [("received", "received-before-sent", W)]),
    (FORMS + "1,01/02/2024,,child,01/02/2099,,", [("sent", "future-date", W)]),
    (FORMS + "1,01/02/2024,,child,01/02/2024,,pigeon", [("channel", "channel", W)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "faults"), FAULTS)
def test_a_fault_is_named_by_line_column_and_rule(
    tmp_path: Path, text: str, faults: list[tuple[str, str, str]]
) -> None:
    kept, findings = read(opened(tmp_path, text + "\n"))
    assert said(findings) == [(2, *fault) for fault in faults]
    assert len(kept) == (0 if any(fault[2] == OUT for fault in faults) else 1)
    assert all(finding.message for finding in findings)


def row(tmp_path: Path, text: str) -> object:
    """The one row of a file without faults."""
    kept, findings = read(opened(tmp_path, text + "\n"))
    assert findings == []
    return kept[0]


def test_the_return(tmp_path: Path) -> None:
    assert row(tmp_path, PAST + "007,02/01/2010,01/02/2024,PN1") == PastReviewRow(
        "007", date(2010, 1, 2), date(2024, 2, 1), "PN1"
    )
    assert row(tmp_path, HEADER + "007,2,02/01/2010") == HeaderRow("007", "F", date(2010, 1, 2))
    assert row(tmp_path, UASC + "007,1,02/01/2010,") == UnaccompaniedRow(
        "007", "M", date(2010, 1, 2), None
    )


def test_a_review(tmp_path: Path) -> None:
    text = REVIEWS + "007,R1,Pathway Plan,01/02/2026,2026-02-03 00:00:00,14:30,Planned,Y,"
    assert row(tmp_path, text) == ReviewRow(
        "007",
        "R1",
        type=ReviewType.PATHWAY,
        due_on=date(2026, 2, 1),
        planned_on=date(2026, 2, 3),
        planned_at=time(14, 30),
        status=ReviewStatus.SCHEDULED,
        unaccompanied=True,
    )


@pytest.mark.parametrize(
    ("cells", "status", "held_on", "planned_on"),
    [
        ("2024-02-01 10:00:00,N", ReviewStatus.HELD, date(2024, 2, 1), None),
        ("01/02/2099,N", ReviewStatus.SCHEDULED, None, date(2099, 2, 1)),
        ("01/02/2024,Y", ReviewStatus.CANCELLED, None, date(2024, 2, 1)),
        ("01/02/2024,CANCELLED", ReviewStatus.CANCELLED, None, date(2024, 2, 1)),
        ("01/02/2024,2024-01-30", ReviewStatus.CANCELLED, None, date(2024, 2, 1)),
    ],
)
def test_the_safeguarding_dataset(
    tmp_path: Path,
    cells: str,
    status: ReviewStatus,
    held_on: date | None,
    planned_on: date | None,
) -> None:
    read_row = row(tmp_path, SSD + f"R1,1,01/02/2024,{cells},Attendance")
    assert isinstance(read_row, ReviewRow)
    assert (read_row.status, read_row.held_on, read_row.planned_on) == (status, held_on, planned_on)
    assert read_row.code == "PN1"


def test_people(tmp_path: Path) -> None:
    text = PEOPLE + "007,P1,Foster Carer,Sam Example,07700 900123,Tigrinya,no,n: asked not to,"
    carer = row(tmp_path, text)
    assert (carer.role, carer.mobile, carer.language_read) == (Role.CARER, "+447700900123", "ti")
    assert (carer.contact_ok, carer.contact_reason) == (False, "asked not to")
    child = row(tmp_path, PEOPLE + "007,,child,Alex,,,,y,")
    assert (child.reference, child.mobile, child.language_read) == ("child-007", None, None)


def test_a_form(tmp_path: Path) -> None:
    assert row(tmp_path, FORMS + "007,01/02/2024,Pathway Plan,parent,10/01/2024,,post") == FormRow(
        "007",
        date(2024, 2, 1),
        ReviewKind.PATHWAY_PLAN,
        Role.PARENT,
        date(2024, 1, 10),
        None,
        Channel.PAPER,
    )


def test_ids_keep_their_zeros_and_lose_what_cannot_be_seen(tmp_path: Path) -> None:
    kept, _ = read(opened(tmp_path, PAST + "\u200b 00012\u00a0,01/01/2010,01/02/2024,PN1\n"))
    assert kept[0].child == "00012"


def test_messages_never_quote_what_may_be_a_name(tmp_path: Path) -> None:
    _, findings = read(opened(tmp_path, PAST + "1,Alex Example,01/02/2024,Alex Example\n"))
    assert len(findings) == 2
    assert not any("Alex" in finding.message for finding in findings)
