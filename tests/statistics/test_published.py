"""Records made to published counts give the published tables back, cell for cell."""

import pytest
from sqlalchemy.orm import Session

from consult_app.statistics.measures import draw_up
from tests.statistics import published


@pytest.fixture
def forms_year(session: Session) -> Session:
    """A database that holds the records behind the forms table."""
    session.add_all(published.records_of_forms())
    session.flush()
    return session


@pytest.fixture
def codes_year(session: Session) -> Session:
    """A database that holds the records behind the participation table."""
    session.add_all(published.records_of_codes())
    session.flush()
    return session


def test_forms_come_back_cell_for_cell(forms_year: Session) -> None:
    rows = draw_up(forms_year, "forms", published.FORMS_YEAR).found.rows
    printed = [tuple(row.values())[:4] for row in rows if row["role"] != "all"]
    assert printed == published.forms()


def test_each_kind_of_review_has_its_total(forms_year: Session) -> None:
    rows = draw_up(forms_year, "forms", published.FORMS_YEAR).found.rows
    totals = {row["review_kind"]: row for row in rows if row["role"] == "all"}
    assert totals == {
        "cared_for": {
            "review_kind": "cared_for",
            "role": "all",
            "sent": 2167,
            "received": 606,
            "percent": 28.0,
        },
        "pathway_plan": {
            "review_kind": "pathway_plan",
            "role": "all",
            "sent": 197,
            "received": 21,
            "percent": 10.7,
        },
    }


def test_nobody_asked_has_no_percentage(forms_year: Session) -> None:
    rows = draw_up(forms_year, "forms", published.FORMS_YEAR).found.rows
    parents = [
        row for row in rows if (row["review_kind"], row["role"]) == ("pathway_plan", "parent")
    ]
    assert [row["percent"] for row in parents] == [None]


def test_codes_come_back_cell_for_cell(codes_year: Session) -> None:
    rows = draw_up(codes_year, "participation", published.CODES_YEAR).found.rows
    assert {row["code"]: row["count"] for row in rows} == published.codes()


def test_rates_are_those_that_southwark_printed(codes_year: Session) -> None:
    rates = draw_up(codes_year, "participation", published.CODES_YEAR).found.rates
    assert {rate.name: (rate.numerator, rate.denominator, rate.percent) for rate in rates} == {
        "took_part": (1031, 1076, 95.8),
        "views_conveyed": (1024, 1076, 95.2),
        "attended": (897, 1076, 83.4),
        "spoke_for_self": (857, 1076, 79.6),
        "c63_as_printed": (1190, 1235, 96.4),
        "per_child": (1024, 1076, 95.2),
    }


def test_a_breakdown_adds_up_to_the_whole(forms_year: Session) -> None:
    whole = draw_up(forms_year, "forms", published.FORMS_YEAR)
    split = draw_up(forms_year, "forms", published.FORMS_YEAR, ["month", "language", "channel"])
    assert split.found.rates == whole.found.rates
    assert split.found.rows[0]["month"] == "2016-09"
