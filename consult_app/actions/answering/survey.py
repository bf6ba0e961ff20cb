"""Keep replies to the quarterly survey: they are counted, and nobody can be found in them."""

import secrets
from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.answering import remembering
from consult_app.conversation import understand
from consult_app.conversation.form import Form, Kind, Question, Value
from consult_app.models.survey_answer import SurveyAnswer
from consult_app.questionnaires.load import load

NAME = "survey"
ID_BITS = 62


def form() -> Form:
    """The survey as it is asked now."""
    return load(NAME)


def quarter_of(day: date) -> str:
    """The quarter of the year that a day is in: 2026-Q1 begins in January."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def keep(session: Session, quarter: str, values: Mapping[str, Value], language: str) -> int:
    """Keep one reply, every question of it, answered or left out; how many were answered.

    A value that cannot be an answer counts as left out, and a reply without any is not kept.
    """
    asked, reply = form(), secrets.token_hex(16)
    said = {question.id: _said(asked, question, values) for question in asked.questions}
    answered = sum(value is not None for value in said.values())
    if answered:
        place = (quarter, reply, language)
        session.add_all(_row(asked, asked.by_id[key], value, place) for key, value in said.items())
    return answered


def _said(asked: Form, question: Question, values: Mapping[str, Value]) -> Value:
    value = remembering.cleaned(values.get(question.id))
    return value if value is not None and understand.fits(asked, question.id, value) else None


def _row(
    asked: Form, question: Question, value: Value, place: tuple[str, str, str]
) -> SurveyAnswer:
    """One answer. Its id is random: an id that rises with time would tell when it was given."""
    quarter, reply, language = place
    row = SurveyAnswer(
        id=secrets.randbits(ID_BITS) + 1,
        quarter=quarter,
        reply=reply,
        version=asked.version,
        question=question.id,
        language=language,
        made_on=clock.today(),
    )
    if question.kind is Kind.TEXT:
        row.text = value if isinstance(value, str) else None
    else:
        row.code = " ".join(value) if isinstance(value, tuple) else value
    return row
