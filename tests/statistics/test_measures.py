"""Each measure on a small world that can be counted by hand."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from consult_app.db import Database
from consult_app.models.child import Child
from consult_app.models.consultation import Consultation
from consult_app.models.import_run import ImportRun
from consult_app.models.kinds import (
    Chairing,
    Channel,
    ConsultationStatus,
    ReviewKind,
    ReviewStatus,
    Role,
)
from consult_app.models.review import Review
from consult_app.models.survey_answer import SurveyAnswer
from consult_app.statistics.measures import MEASURES, CannotBreakDown, draw_up
from consult_app.statistics.table import Period, Table
from tests.factories import make_child, make_consultation, make_involvement, make_iro, make_review

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
DAY = date(2026, 3, 12)
SENT = datetime(2026, 2, 20, 10, tzinfo=UTC)


def held(session: Session, child: Child | None = None, **values: object) -> Review:
    day = values.pop("day", DAY)
    defaults = {"status": ReviewStatus.HELD, "held_on": day, "day": day, "planned_on": day}
    return make_review(session, child=child, **defaults | values)


def form(session: Session, review: Review, **values: object) -> Consultation:
    return make_consultation(session, review=review, **{"sent_at": SENT} | values)


def returned(session: Session, review: Review, at: datetime, **values: object) -> Consultation:
    status = ConsultationStatus.SUBMITTED
    return form(session, review, status=status, submitted_at=at, **values)


def rate(table: Table, name: str) -> tuple[int, int]:
    return next((r.numerator, r.denominator) for r in table.found.rates if r.name == name)


def note(table: Table, name: str) -> int:
    return next(n.count for n in table.found.notes if n.name == name)


@pytest.mark.parametrize("name", list(MEASURES))
def test_an_empty_database_has_tables_without_percentages(session: Session, name: str) -> None:
    found = draw_up(session, name, MARCH).found
    assert all(rate.percent is None for rate in found.rates)
    assert all(row.get("percent") is None for row in found.rows)
    assert found.rates


@pytest.mark.parametrize("name", list(MEASURES))
@pytest.mark.parametrize("broken_down", [False, True])
def test_a_table_is_one_select(database: Database, name: str, broken_down: bool) -> None:
    with database.transaction() as session:
        review = held(session, due_on=DAY, participation="PN1", chairing=Chairing.FULL)
        returned(session, review, SENT)
        session.add(
            SurveyAnswer(
                quarter="2026-Q1",
                reply="r",
                version=1,
                question="q.home",
                code="yes",
                language="ti",
                made_on=DAY,
            )
        )
    by = MEASURES[name].by if broken_down else ()
    said: list[str] = []
    with database.reading() as session:
        session.connection()
        event.listen(database.engine, "before_cursor_execute", lambda *told: said.append(told[2]))
        table = draw_up(session, name, MARCH, by)
    assert len(said) == 1
    assert said[0].lstrip().startswith("SELECT")
    assert table.found.rows


def test_only_held_reviews_of_the_period_count(session: Session) -> None:
    for day, status in [
        (date(2026, 2, 28), ReviewStatus.HELD),
        (date(2026, 3, 1), ReviewStatus.HELD),
        (date(2026, 3, 31), ReviewStatus.HELD),
        (date(2026, 4, 1), ReviewStatus.HELD),
        (DAY, ReviewStatus.CANCELLED),
        (DAY, ReviewStatus.SCHEDULED),
    ]:
        form(session, held(session, day=day, status=status))
    assert rate(draw_up(session, "forms", MARCH), "response_rate") == (0, 2)


def test_undeliverable_and_not_involved_leave_both_sides(session: Session) -> None:
    review = held(session)
    form(session, review, role=Role.PARENT)
    form(session, review, role=Role.HEALTH, status=ConsultationStatus.NOT_INVOLVED)
    form(session, review, role=Role.CARER, status=ConsultationStatus.UNDELIVERABLE)
    table = draw_up(session, "forms", MARCH)
    assert rate(table, "response_rate") == (0, 1)
    assert (note(table, "not_involved"), note(table, "undeliverable")) == (1, 1)


def test_started_is_not_received(session: Session) -> None:
    form(session, held(session), status=ConsultationStatus.STARTED, started_at=SENT)
    table = draw_up(session, "forms", MARCH)
    assert rate(table, "started_not_submitted") == (1, 1)
    assert rate(table, "response_rate") == (0, 1)


@pytest.mark.parametrize(
    ("day", "hour", "submitted", "timely"),
    [
        (date(2026, 3, 12), None, datetime(2026, 3, 11, 23, 59, tzinfo=UTC), 1),
        (date(2026, 3, 12), None, datetime(2026, 3, 12, 0, 0, tzinfo=UTC), 0),
        (date(2026, 3, 12), time(14, 0), datetime(2026, 3, 12, 13, 59, tzinfo=UTC), 1),
        (date(2026, 3, 12), time(14, 0), datetime(2026, 3, 12, 14, 0, tzinfo=UTC), 0),
        # In summer time 13:30 in London is 12:30 UTC.
        (date(2026, 3, 30), time(13, 30), datetime(2026, 3, 30, 12, 29, tzinfo=UTC), 1),
        (date(2026, 3, 30), time(13, 30), datetime(2026, 3, 30, 12, 31, tzinfo=UTC), 0),
        # The clocks go forward at 01:00 UTC on 29 March 2026.
        (date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 0, 59, tzinfo=UTC), 1),
        (date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 1, 0, tzinfo=UTC), 0),
    ],
)
def test_in_time_is_before_the_meeting_on_an_english_clock(
    session: Session, day: date, hour: time | None, submitted: datetime, timely: int
) -> None:
    review = held(session, day=day, planned_at=hour)
    returned(session, review, submitted)
    assert rate(draw_up(session, "forms", MARCH), "in_time") == (timely, 1)


def test_the_hour_of_another_day_says_nothing(session: Session) -> None:
    review = held(session, planned_on=date(2026, 3, 10), planned_at=time(14, 0))
    returned(session, review, datetime(2026, 3, 12, 9, tzinfo=UTC))
    assert rate(draw_up(session, "forms", MARCH), "in_time") == (0, 1)


def test_a_child_counts_when_every_review_conveyed_views(session: Session) -> None:
    for codes in [("PN1", "PN6"), ("PN1", "PN4"), ("PN0", "PN2"), ("PN0",), ("PN1", None)]:
        child = make_child(session)
        for month_day, code in enumerate(codes, start=10):
            held(session, child, day=date(2026, 3, month_day), participation=code)
    table = draw_up(session, "participation", MARCH)
    assert rate(table, "per_child") == (2, 4)
    assert note(table, "without_code") == 1


def test_timeliness_per_review_and_per_child(session: Session) -> None:
    for due_days in [(12, 12), (12, 11), (None, 13)]:
        child = make_child(session)
        for due in due_days:
            held(session, child, due_on=due and date(2026, 3, due))
    held(session, make_child(session, born_on=date(2008, 1, 1)), due_on=DAY)
    held(session, make_child(session, care_leaver=True), kind=ReviewKind.PATHWAY_PLAN, due_on=DAY)
    table = draw_up(session, "timeliness", MARCH)
    assert rate(table, "per_review") == (6, 7)
    assert rate(table, "per_child") == (2, 3)
    assert note(table, "without_due_date") == 1
    assert [(row["review_kind"], row["held"], row["late"]) for row in table.found.rows] == [
        ("cared_for", 7, 1),
        ("pathway_plan", 1, 0),
        ("all", 8, 1),
    ]


def test_chairing_counts_children_of_four_and_over(session: Session) -> None:
    held(session, make_child(session, born_on=date(2022, 3, 12)), chairing=Chairing.FULL)
    held(session, make_child(session, born_on=date(2022, 3, 13)), chairing=Chairing.FULL)
    held(session, make_child(session, born_on=None), participation="PN1")
    held(session, make_child(session, born_on=None), chairing=Chairing.PART)
    table = draw_up(session, "chairing", MARCH)
    assert rate(table, "chaired") == (1, 2)
    assert note(table, "age_unknown") == 1
    assert {row["chairing"]: row["count"] for row in table.found.rows} == {
        "none": 0,
        "part": 0,
        "co_chaired": 0,
        "full": 1,
        "not_recorded": 1,
    }


def test_coverage_counts_reviews_and_not_forms(session: Session) -> None:
    child = make_child(session)
    for _ in range(2):
        make_involvement(session, child, Role.PARENT)
    first, second = held(session, child), held(session, child, day=date(2026, 3, 20))
    for ordinal in (1, 2):
        form(session, first, role=Role.PARENT, ordinal=ordinal)
    not_consulted = ConsultationStatus.NOT_CONSULTED
    form(session, second, role=Role.PARENT, status=not_consulted, sent_at=None)
    form(session, first, role=Role.CHILD)
    rows = draw_up(session, "coverage", MARCH).found.rows
    shown = {
        row["role"]: (row["asked"], row["reviews"], row["not_consulted"])
        for row in rows
        if row["review_kind"] == "cared_for"
    }
    assert shown["child"] == (1, 2, 0)
    assert shown["parent"] == (1, 2, 1)
    assert shown["carer"] == (0, 0, 0)


def test_the_child_of_a_pathway_plan_is_a_care_leaver(session: Session) -> None:
    child = make_child(session, care_leaver=True)
    make_involvement(session, child, Role.CHILD)
    review = held(session, child, kind=ReviewKind.PATHWAY_PLAN)
    form(session, review, role=Role.CARE_LEAVER)
    rows = draw_up(session, "coverage", MARCH).found.rows
    pathway = [row for row in rows if row["review_kind"] == "pathway_plan" and row["reviews"]]
    assert [(row["role"], row["asked"]) for row in pathway] == [("care_leaver", 1)]


def test_quality_reconciles_files_with_what_is_held(session: Session) -> None:
    counts = {"rows": 10, "new": 6, "changed": 1, "unchanged": 1, "warned": 3, "left_out": 2}
    session.add(ImportRun(file_name="r.csv", kind="reviews", digest="d", applied_at=SENT, **counts))
    held(session, participation="PN1", due_on=DAY)
    held(session)
    make_review(session, day=DAY, status=ReviewStatus.SCHEDULED)
    table = draw_up(session, "quality", MARCH)
    shown = {row["name"]: row["count"] for row in table.found.rows}
    assert (shown["rows_read"], shown["rows_left_out"]) == (10, 2)
    assert rate(table, "with_participation_code") == (1, 2)
    assert rate(table, "with_due_date") == (1, 2)


def test_breakdowns_name_what_they_split_by(session: Session) -> None:
    officer = make_iro(session, reference="JS", name="Jo Sample")
    child = make_child(session, unaccompanied=True, unaccompanied_until=date(2026, 3, 11))
    form(session, held(session, child, iro=officer, area="North", team=None))
    by = ["age_band", "unaccompanied", "area", "team", "iro", "month"]
    row = draw_up(session, "forms", MARCH, by).found.rows[0]
    assert [row[name] for name in by] == [
        "12_15",
        "no",
        "North",
        "unknown",
        "Jo Sample (JS)",
        "2026-03",
    ]


def test_a_table_refuses_what_it_cannot_be_split_by(session: Session) -> None:
    with pytest.raises(CannotBreakDown, match="participation cannot be shown by channel"):
        draw_up(session, "participation", MARCH, ["channel"])


def test_the_way_a_form_was_begun_and_finished_is_counted(session: Session) -> None:
    """One begun in the chat and finished on one page; one begun on the page and left there."""
    chat, page = Channel.WEB_CHAT, Channel.WEB_PAGE
    returned(session, held(session), SENT, channel_begun=chat, channel_finished=page)
    form(session, held(session), channel_begun=page)
    rows = draw_up(session, "forms", MARCH, ["channel"]).found.rows
    assert {row["channel"]: (row["sent"], row["received"]) for row in rows} == {"web_page": (2, 1)}
    rows = draw_up(session, "forms", MARCH, ["begun_by", "channel"]).found.rows
    assert {(row["begun_by"], row["channel"], row["received"]) for row in rows} == {
        ("web_chat", "web_page", 1),
        ("web_page", "web_page", 0),
    }
