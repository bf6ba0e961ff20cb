"""The survey is kept whole and without a trace of who replied."""

from datetime import date

import pytest
from sqlalchemy import inspect, select

from consult_app import clock
from consult_app.actions.answering import survey
from consult_app.models.survey_answer import SurveyAnswer

QUARTER = "2026-Q1"
SAID = {"q.mood": "happy", "q.home": "partly", "q.change": "  More football.  "}


def rows(session):
    """Every answer kept."""
    session.flush()
    return session.scalars(select(SurveyAnswer)).all()


def test_every_question_is_kept_answered_or_left_out(session):
    assert survey.keep(session, QUARTER, SAID, "ti") == 3
    kept = {row.question: row for row in rows(session)}
    assert set(kept) == set(survey.form().by_id)
    assert (kept["q.mood"].code, kept["q.home"].code) == ("happy", "partly")
    assert (kept["q.change"].code, kept["q.change"].text) == (None, "More football.")
    assert kept["q.plan"].code is kept["q.plan"].text is None
    assert {(row.quarter, row.language, row.made_on, row.version) for row in kept.values()} == {
        (QUARTER, "ti", clock.today(), 1)
    }


def test_words_are_sealed(session):
    survey.keep(session, QUARTER, SAID, "en-GB")
    sealed = next(row.text_sealed for row in rows(session) if row.question == "q.change")
    assert b"football" not in sealed


def test_nothing_leads_to_a_person_or_a_moment(session):
    assert not inspect(SurveyAnswer).relationships
    assert not SurveyAnswer.__table__.foreign_keys
    in_time = []
    for _ in range(20):
        known = {row.id for row in rows(session)}
        survey.keep(session, QUARTER, SAID, "en-GB")
        in_time.append(min(row.id for row in rows(session) if row.id not in known))
    assert in_time != sorted(in_time)
    assert len({row.reply for row in rows(session)}) == 20


@pytest.mark.parametrize("values", [{}, {"q.mood": None}, {"q.mood": "furious"}, {"home": "1"},
                                    {"q.change": "   "}, {"q.home": ("yes",)}])  # fmt: skip
def test_a_reply_without_an_answer_is_not_kept(session, values):
    assert survey.keep(session, QUARTER, values, "en-GB") == 0
    assert rows(session) == []


@pytest.mark.parametrize(
    ("day", "quarter"),
    [(date(2026, 1, 1), "2026-Q1"), (date(2026, 3, 31), "2026-Q1"), (date(2026, 4, 1), "2026-Q2"),
     (date(2026, 12, 31), "2026-Q4")],
)  # fmt: skip
def test_the_quarter_of_a_day(day, quarter):
    assert survey.quarter_of(day) == quarter
