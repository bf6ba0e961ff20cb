"""The survey's table: every answer with its base, who left it out, quarter by quarter."""

from datetime import UTC, date, datetime

import pytest

from consult_app import clock
from consult_app.actions.answering import survey
from consult_app.statistics import printing, wording
from consult_app.statistics.disclosure import small_numbers
from consult_app.statistics.measures import CannotBreakDown, draw_up
from consult_app.statistics.table import Period

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def replies(session, monkeypatch):
    """Three replies in the first quarter and one in the second."""
    for day, mood in (("02-01", "happy"), ("02-02", "happy"), ("03-01", None), ("04-05", "sad")):
        moment = datetime.fromisoformat(f"2026-{day}T12:00").replace(tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        quarter = survey.quarter_of(clock.today())
        survey.keep(session, quarter, {"q.mood": mood, "q.change": "Less noise"}, "ar")
    session.flush()


def found(session, period=YEAR, by=()):
    """Rows of one question by answer and place."""
    table = draw_up(session, "surveys", period, by)
    return table, {
        (row.get("quarter"), row["answer"]): (row["count"], row["n"], row["percent"])
        for row in table.found.rows
        if row["question"] == "q.mood"
    }


def test_counts_with_their_base_and_who_left_it_out(session, replies):
    table, mood = found(session)
    assert mood[None, "happy"] == (2, 3, 66.7)
    assert mood[None, "sad"] == (1, 3, 33.3)
    assert mood[None, "angry"] == (0, 3, 0.0)
    assert mood[None, "unanswered"] == (1, 4, 25.0)
    assert [(note.name, note.count) for note in table.found.notes] == [("replies", 4)]
    asked = 4 * len(survey.form().questions)
    assert [(r.numerator, r.denominator) for r in table.found.rates] == [(7, asked)]


def test_words_are_counted_and_never_shown(session, replies):
    table, _ = found(session)
    written = [row for row in table.found.rows if row["answer"] == "written"]
    assert [(row["count"], row["n"]) for row in written] == [(4, 4)]
    for lay_out in printing.FORMS.values():
        assert "noise" not in lay_out(table)


def test_by_quarter(session, replies):
    _, mood = found(session, by=("quarter",))
    assert mood["2026-Q1", "happy"] == (2, 2, 100.0)
    assert mood["2026-Q1", "unanswered"] == (1, 3, 33.3)
    assert mood["2026-Q2", "sad"] == (1, 1, 100.0)


def test_only_replies_of_the_period(session, replies):
    table, mood = found(session, Period(date(2026, 4, 1), date(2026, 6, 30)))
    assert mood[None, "happy"] == (0, 1, 0.0)
    assert table.found.notes[0].count == 1


def test_it_reads_as_the_survey_asks(session, replies):
    table, _ = found(session)
    row = next(row for row in table.found.rows if row["answer"] == "happy")
    asked = survey.form().by_id["q.mood"]
    text = printing.as_text(table)
    assert wording.cell("answer", "happy", row) == "Happy"
    assert wording.cell("question", asked.id, row) in text
    assert "Left out, of all who replied" in text
    assert "4  replies to the survey" in text


def test_it_is_not_published_while_it_is_small(session, replies):
    table, _ = found(session)
    assert any("q.mood happy" in place for place in small_numbers(table))


def test_nobody_can_cut_it_any_finer(session):
    with pytest.raises(CannotBreakDown):
        draw_up(session, "surveys", YEAR, ("age_band",))
