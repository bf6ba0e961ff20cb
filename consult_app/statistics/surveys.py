"""The quarterly survey, question by question (domain notes, form Q: n and non-response printed)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from consult_app.conversation.form import Question
from consult_app.models.survey_answer import SurveyAnswer
from consult_app.questionnaires.load import load
from consult_app.statistics import dimensions
from consult_app.statistics.table import Found, Note, Period, Rate, Row, percent

BY = ("quarter",)
SURVEY = "survey"
WRITTEN, UNANSWERED = "written", "unanswered"
"""What stands for words, which no table shows, and for a question that was left out."""

Place = tuple[tuple[str, str], ...]
Counts = dict[Place, dict[tuple[str, str], int]]


def surveys(session: Session, period: Period, by: Sequence[str]) -> Found:
    """Replies made in the period, by question and answer; cost grows with those replies.

    `n` is who answered the question; for those who left it out, everybody who replied.
    """
    counts: Counts = {} if by else {(): {}}
    for row in session.execute(_statement(period, by)).mappings():
        place = tuple(dimensions.values(row, by).items())
        counts.setdefault(place, {})[row["question"], row["answer"]] = row["found"]
    asked = load(SURVEY).questions
    rows = [row for place in sorted(counts) for row in _rows(asked, place, counts[place])]
    shown = sum(count for found in counts.values() for count in found.values())
    left = sum(count for found in counts.values() for key, count in found.items() if _left(key))
    replies = max((sum(_of(counts, question.id)) for question in asked), default=0)
    return Found(
        rows=rows,
        rates=[Rate("answered", shown - left, shown)],
        notes=[Note("replies", replies)],
        share=("count", "n"),
    )


def _statement(period: Period, by: Sequence[str]) -> Select[Any]:
    answer = case(
        (SurveyAnswer.code.is_not(None), SurveyAnswer.code),
        (SurveyAnswer.text_sealed.is_not(None), WRITTEN),
        else_=UNANSWERED,
    ).label("answer")
    place = dimensions.columns(by)
    chosen = select(SurveyAnswer.question, answer, *place, func.count().label("found"))
    chosen = chosen.where(SurveyAnswer.made_on.between(period.start, period.end))
    return chosen.group_by(SurveyAnswer.question, "answer", *dimensions.labels(by))


def _left(key: tuple[str, str]) -> bool:
    return key[1] == UNANSWERED


def _of(counts: Counts, question: str) -> Iterator[int]:
    """The counts of one question, wherever they stand."""
    return (n for found in counts.values() for (asked, _), n in found.items() if asked == question)


def _rows(
    asked: Sequence[Question], place: Place, found: Mapping[tuple[str, str], int]
) -> Iterator[Row]:
    """Every answer to every question, given or not, then who left it out."""
    for question in asked:
        left = found.get((question.id, UNANSWERED), 0)
        answers = question.options or (WRITTEN,)
        n = sum(found.get((question.id, answer), 0) for answer in answers)
        for answer in (*answers, UNANSWERED):
            count = found.get((question.id, answer), 0)
            base = n + left if answer == UNANSWERED else n
            yield {
                "question": question.id,
                "answer": answer,
                **dict(place),
                "count": count,
                "n": base,
                "percent": percent(count, base),
            }
