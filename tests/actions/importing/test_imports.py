"""Reviews and children from files: found, made, corrected, warned of, never twice."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.importing import imports
from consult_app.actions.importing.known import Known
from consult_app.actions.importing.reviews import birthday
from consult_app.models.child import Child
from consult_app.models.import_run import ImportRun
from consult_app.models.kinds import ReviewKind, ReviewStatus, ReviewType
from consult_app.models.review import Review
from tests import factories
from tests.actions.importing.files import HEADER, PAST, REVIEWS, UASC, take
from tests.records import untidy
from tests.records.files import opened

BORN = date(2010, 3, 15)


def reviews(session: Session) -> list[Review]:
    """All reviews by day."""
    return list(session.scalars(select(Review).order_by(Review.day, Review.id)))


def child(session: Session) -> Child:
    """The only child."""
    return session.scalars(select(Child)).one()


def test_the_header_makes_children_and_corrects_them(session: Session, tmp_path: Path) -> None:
    assert take(session, tmp_path, HEADER + "007,1,15/03/2010").counts == {"new": 1}
    assert take(session, tmp_path, HEADER + "007,2,16/03/2010").counts == {"changed": 1}
    assert (child(session).reference, child(session).sex) == ("007", "F")
    assert child(session).born_on == date(2010, 3, 16)


def test_who_came_alone(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, HEADER + "007,1,15/03/2010")
    taken = take(session, tmp_path, UASC + "007,1,16/03/2010,15/03/2028\n007,1,15/03/2010,")
    assert taken.rules == [(2, "dob-differs"), (3, "duplicate")]
    assert child(session).unaccompanied
    assert child(session).unaccompanied_until == date(2028, 3, 15)
    assert child(session).born_on == BORN


def test_a_past_review_is_held_with_its_code(session: Session, tmp_path: Path) -> None:
    taken = take(session, tmp_path, PAST + "007,15/03/2010,01/02/2024,PN1 - Attendance")
    assert taken.rules == [(2, "INT08")]
    (review,) = reviews(session)
    assert (review.status, review.held_on, review.day) == (
        ReviewStatus.HELD,
        *[date(2024, 2, 1)] * 2,
    )
    assert (review.participation, review.kind) == ("PN1", ReviewKind.CARED_FOR)
    assert review.participation_confirmed_at is None
    assert child(session).born_on == BORN


def test_a_scheduled_review_becomes_held(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, REVIEWS + "007,R1,second,01/02/2024,05/02/2024,scheduled,I1,Room 3,")
    assert take(session, tmp_path, PAST + "007,,05/02/2024,PN6").counts == {"changed": 1}
    (review,) = reviews(session)
    assert (review.reference, review.status) == ("R1", ReviewStatus.HELD)
    assert (review.held_on, review.due_on) == (date(2024, 2, 5), date(2024, 2, 1))
    again = take(session, tmp_path, REVIEWS + "007,R1,second,01/02/2024,05/02/2024,scheduled,I1,,")
    assert again.counts == {"unchanged": 1}
    assert reviews(session)[0].status is ReviewStatus.HELD


def test_a_review_without_an_id_is_adopted_by_its_day(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, PAST + "007,,05/02/2024,PN6")
    take(session, tmp_path, REVIEWS + "007,R1,first,01/02/2024,05/02/2024,scheduled,I1,,")
    (review,) = reviews(session)
    assert (review.reference, review.status, review.type) == (
        "R1",
        ReviewStatus.HELD,
        ReviewType.FIRST,
    )


@pytest.mark.parametrize(
    ("held", "code", "rules"),
    [
        ("15/03/2014", "PN0", []),
        ("15/03/2014", "PN1", []),
        ("16/03/2014", "PN0", [(2, "440")]),
        ("14/03/2014", "PN1", [(2, "441")]),
        ("14/03/2010", "PN0", [(2, "review-before-dob")]),
        ("01/02/2024", "PN9", [(2, "167")]),
    ],
)
def test_the_returns_own_rules(
    session: Session, tmp_path: Path, held: str, code: str, rules: list[tuple[int, str]]
) -> None:
    take(session, tmp_path, HEADER + "007,1,15/03/2010")
    taken = take(session, tmp_path, PAST + f"007,15/03/2010,{held},{code}")
    assert taken.rules == rules
    assert reviews(session)[0].participation == (None if code == "PN9" else code)


def test_a_leap_days_child_is_four_on_the_first_of_march(session: Session, tmp_path: Path) -> None:
    taken = take(session, tmp_path, PAST + "007,29/02/2096,01/03/2100,PN0")
    assert [rule for _, rule in taken.rules] == ["INT08", "102", "future-date"]
    assert birthday(date(2096, 2, 29), 4) == date(2100, 3, 1)


def test_a_future_review_waits_and_then_is_held(session: Session, tmp_path: Path) -> None:
    ahead = clock.today() + timedelta(days=9)
    taken = take(session, tmp_path, PAST + f"007,15/03/2010,{ahead:%d/%m/%Y},PN1")
    assert taken.rules == [(2, "INT08"), (2, "future-date")]
    (review,) = reviews(session)
    assert (review.status, review.planned_on) == (ReviewStatus.SCHEDULED, ahead)
    assert (review.day, review.participation) == (ahead, None)


def test_the_same_review_twice_in_a_file_counts_once(session: Session, tmp_path: Path) -> None:
    row = "007,15/03/2010,01/02/2024,"
    taken = take(session, tmp_path, PAST + f"{row}PN1\n{row}PN1\n{row}PN7")
    assert taken.counts == {"new": 1, "unchanged": 2}
    assert taken.rules == [(2, "INT08"), (3, "duplicate"), (4, "duplicate")]
    assert [review.participation for review in reviews(session)] == ["PN1"]


def test_a_confirmed_code_stands(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, PAST + "007,15/03/2010,01/02/2024,PN1")
    assert take(session, tmp_path, PAST + "007,15/03/2010,01/02/2024,PN2").counts == {"changed": 1}
    reviews(session)[0].participation_confirmed_at = clock.now()
    session.flush()
    taken = take(session, tmp_path, PAST + "007,15/03/2010,01/02/2024,PN7")
    assert (taken.counts, taken.rules) == ({"unchanged": 1}, [(2, "confirmed")])
    assert reviews(session)[0].participation == "PN2"


def test_a_date_of_birth_that_differs_is_told(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, HEADER + "007,1,15/03/2010")
    assert take(session, tmp_path, PAST + "007,15/03/2011,01/02/2024,PN1").rules == [(2, "INT17")]
    assert child(session).born_on == BORN


def test_a_list_of_reviews(session: Session, tmp_path: Path) -> None:
    text = REVIEWS + (
        "007,R1,first,01/02/2026,03/02/2026,scheduled,I1,Room 3,y\n"
        "007,R2,pathway,01/03/2026,,,I1,,\n"
        "008,R1,first,01/02/2026,,,I1,,\n"
        "007,R2,pathway,09/09/2026,,,I1,,\n"
        "009,R3,first,01/02/2026,04/02/2099,held,I2,,"
    )
    taken = take(session, tmp_path, text)
    assert taken.rules == [(4, "duplicate"), (5, "duplicate"), (6, "held-date")]
    by_id = {review.reference: review for review in reviews(session)}
    assert by_id["R1"].venue == "Room 3"
    assert by_id["R1"].child.unaccompanied
    assert by_id["R1"].iro_id == by_id["R2"].iro_id
    assert by_id["R2"].kind is ReviewKind.PATHWAY_PLAN
    assert by_id["R2"].day == date(2026, 3, 1)
    assert by_id["R3"].status is ReviewStatus.SCHEDULED


def test_an_id_of_another_childs_review_is_left_out(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, REVIEWS + "007,R1,first,01/02/2026,03/02/2026,,I1,,")
    taken = take(session, tmp_path, REVIEWS + "008,R1,first,01/02/2026,03/02/2026,,I1,,")
    assert (taken.counts, taken.rules) == ({"left_out": 1}, [(2, "review-id")])
    assert child(session).reference == "007"


def test_changes_and_cancelling(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, REVIEWS + "007,R1,first,01/02/2026,03/02/2026,scheduled,I1,Room 3,")
    moved = take(session, tmp_path, REVIEWS + "007,R1,first,,10/02/2026,cancelled,I2,,")
    assert moved.counts == {"changed": 1}
    (review,) = reviews(session)
    assert (review.day, review.status) == (date(2026, 2, 10), ReviewStatus.CANCELLED)
    assert (review.venue, review.due_on) == ("Room 3", date(2026, 2, 1))
    assert review.iro.reference == "I2"


def test_held_here_is_not_cancelled_by_a_file(session: Session, tmp_path: Path) -> None:
    day = clock.today() - timedelta(days=3)
    factories.make_review(session, reference="R1", status=ReviewStatus.HELD, held_on=day, day=day)
    name = child(session).reference
    taken = take(session, tmp_path, REVIEWS + f"{name},R1,,,{day},cancelled,,,")
    assert taken.rules == [(2, "held")]
    assert reviews(session)[0].status is ReviewStatus.HELD


def test_runs_are_counted_and_the_same_file_not_twice(session: Session, tmp_path: Path) -> None:
    take(session, tmp_path, PAST + "007,15/03/2010,01/02/2024,PN1\n,,,\n007,,,PN1")
    run = session.scalars(select(ImportRun)).one()
    assert (run.rows, run.new, run.warned, run.left_out) == (2, 1, 1, 1)
    assert (run.kind, run.file_name, len(run.digest)) == ("ssda903_reviews", "list.csv", 64)


def test_strict_refuses_a_file_with_a_fault(session: Session, tmp_path: Path) -> None:
    file = opened(tmp_path, PAST + "007,15/03/2010,01/02/2024,PN9\n")
    with pytest.raises(imports.FileRefused) as refused:
        imports.apply(session, file, strict=True)
    assert [found.rule for found in refused.value.plan.findings] == ["167", "INT08"]
    sound = opened(tmp_path, HEADER + "007,1,15/03/2010\n", name="header.csv")
    assert not imports.apply(session, sound, strict=True).has_faults


def test_a_preview_writes_nothing_and_files_see_each_other(
    session: Session, tmp_path: Path
) -> None:
    known = Known(session)
    header = opened(tmp_path, HEADER + "007,1,15/03/2010\n", name="header.csv")
    past = opened(tmp_path, PAST + "007,15/03/2010,01/02/2024,PN1\n")
    imports.preview(session, header, known=known)
    assert imports.preview(session, past, known=known).findings == []
    assert session.scalar(select(func.count()).select_from(Child)) == 0


@pytest.mark.parametrize("kind", untidy.HEADINGS)
def test_untidy_files_keep_what_can_be_kept(session: Session, tmp_path: Path, kind: str) -> None:
    file = untidy.write(tmp_path / "untidy.csv", kind, 700)
    taken = take(session, tmp_path, file.read_text().rstrip("\r\n"))
    assert taken.plan.rows == 700
    left_out = {found.line for found in taken.plan.findings if found.severity.value == "left_out"}
    assert taken.counts.get("left_out", 0) == len(left_out)
    assert sum(taken.counts.values()) == 700
    assert taken.counts["new"] > 500
