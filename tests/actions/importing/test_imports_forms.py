"""The log of paper forms: counts come back as they were kept."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, ConsultationStatus, ReviewStatus, Role
from consult_app.models.review import Review
from tests import factories
from tests.actions.importing.files import FORMS, take

# Sent and received as an authority printed them for 2016/17.
PRINTED = {
    ("cared_for", "child"): (429, 87),
    ("cared_for", "parent"): (492, 91),
    ("cared_for", "carer"): (496, 191),
    ("cared_for", "health"): (319, 104),
    ("cared_for", "education"): (431, 133),
    ("pathway_plan", "care_leaver"): (197, 21),
}


def forms(session: Session) -> list[Consultation]:
    """All forms in the order of their respondents."""
    order = (Consultation.role, Consultation.ordinal)
    return list(session.scalars(select(Consultation).order_by(*order)))


def test_a_row_makes_its_review_and_its_form(session: Session, tmp_path: Path) -> None:
    text = "007,14/02/2017,cared_for,carer,01/02/2017,13/02/2017,paper"
    assert take(session, tmp_path, FORMS + text).rules == [(2, "child-unknown")]
    (form,) = forms(session)
    assert (form.status, form.role) == (ConsultationStatus.SUBMITTED, Role.CARER)
    assert form.sent_at.date() == date(2017, 2, 1)
    assert form.submitted_at.date() == date(2017, 2, 13)
    assert (form.channel_begun, form.channel_finished) == (Channel.PAPER, Channel.PAPER)
    assert (form.review.status, form.review.held_on) == (ReviewStatus.HELD, date(2017, 2, 14))


def test_two_parents_are_two_forms(session: Session, tmp_path: Path) -> None:
    parent = "007,14/02/2017,cared_for,parent,01/02/2017"
    take(session, tmp_path, FORMS + f"{parent},,\n{parent},13/02/2017,paper\n{parent[:-10]},,")
    assert [(form.ordinal, form.status) for form in forms(session)] == [
        (1, ConsultationStatus.SENT),
        (2, ConsultationStatus.SUBMITTED),
        (3, ConsultationStatus.NOT_CONSULTED),
    ]
    taken = take(session, tmp_path, FORMS + f"{parent},20/02/2017,email\n{parent},13/02/2017,paper")
    assert taken.counts == {"changed": 1, "unchanged": 1}
    assert forms(session)[0].channel_finished is Channel.EMAIL


def test_a_form_of_a_review_that_is_known(session: Session, tmp_path: Path) -> None:
    review = factories.make_review(session)
    text = f"{review.child.reference},{review.planned_on},cared_for,carer,{clock.today()},,"
    assert take(session, tmp_path, FORMS + text).rules == []
    (form,) = forms(session)
    assert (form.review_id, form.review.status) == (review.id, ReviewStatus.SCHEDULED)
    assert form.channel_begun is Channel.IMPORTED


def test_a_review_to_come_is_scheduled(session: Session, tmp_path: Path) -> None:
    ahead = clock.today() + timedelta(days=5)
    take(session, tmp_path, FORMS + f"007,{ahead},pathway_plan,care_leaver,01/02/2017,,")
    assert session.scalars(select(Review)).one().status is ReviewStatus.SCHEDULED


def test_what_was_asked_here_is_only_completed(session: Session, tmp_path: Path) -> None:
    asked = factories.make_consultation(session, role=Role.CARER)
    sent_at, review = asked.sent_at, asked.review
    text = f"{review.child.reference},{review.planned_on},cared_for,carer,01/02/2017,{clock.today()},paper"
    assert take(session, tmp_path, FORMS + text).counts == {"changed": 1}
    assert (asked.status, asked.sent_at) == (ConsultationStatus.SUBMITTED, sent_at)
    assert asked.channel_finished is Channel.PAPER


def test_a_printed_table_comes_back(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, FORMS + _as_log().rstrip("\r\n"))
    count = select(
        Review.kind, Consultation.role, func.count(Consultation.sent_at),
        func.count(Consultation.submitted_at),
    ).join(Review).group_by(Review.kind, Consultation.role)  # fmt: skip
    rows = session.execute(count).all()
    assert {(kind, role): (sent, back) for kind, role, sent, back in rows} == PRINTED


def _as_log() -> str:
    """A log with these counts: some reviews have two parents, all have one of the others."""
    sheet = io.StringIO()
    for (kind, role), (sent, received) in PRINTED.items():
        for number in range(sent):
            review = number // 2 if role == "parent" else number
            back = "13/02/2017" if number < received else ""
            csv.writer(sheet).writerow(
                [f"{review:05d}", "14/02/2017", kind, role, "01/02/2017", back, "paper"]
            )
    return sheet.getvalue()
