"""R8: the database never says "locked", however many write at once."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import func, select

from consult_app import language, sealing
from consult_app.actions.answering import talk
from consult_app.actions.answering.remembering import Source
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel
from consult_app.questionnaires.load import load
from tests import factories
from tests.conftest import TEST_KEY

WRITERS_EACH = 4
"""Threads in one process."""
FORM = "child_12_15"


def _questions() -> list[str]:
    """Questions that everybody is asked and that a choice answers."""
    return [q.id for q in load(FORM).questions if q.when is None and q.is_chosen]


def _write(database: Database, questions: list[str], consultations: list[int]) -> list[str]:
    """One writer: these questions of each consultation, an answer a transaction; the errors."""
    form, errors = load(FORM), []
    for consultation_id in consultations:
        for question in questions:
            code = form.by_id[question].options[0]
            try:
                with database.transaction() as session:
                    asked = talk.lock(session, consultation_id)
                    source = Source(Channel.WEB_FORM, f"w-{question}")
                    value = (code,) if form.by_id[question].kind == "many" else code
                    talk.answer_page(session, asked, {question: value}, source)
            except Exception as error:  # every error is counted, whichever it is
                errors.append(repr(error))
    return errors


def _writers(url: str, questions: list[str], shares: list[list[int]]) -> list[str]:
    """One process of several writers."""
    sealing.use(sealing.KeyRing([TEST_KEY]))
    language.load()
    database = Database(url, pool=len(shares))
    with ThreadPoolExecutor(len(shares)) as threads:
        write = partial(_write, database, questions)
        errors = [error for found in threads.map(write, shares) for error in found]
    database.engine.dispose()
    return errors


def _write_at_once(database: Database, url: str, *, writers: int, each: int) -> None:
    """`writers` of them, `each` answers or a few more by each: no error, every answer kept."""
    questions = _questions()[:each]
    every = -(-each // len(questions))
    with database.transaction() as session:
        review = [factories.make_review(session) for _ in range(writers * every)]
        made = [factories.make_consultation(session, review=r, questionnaire=FORM) for r in review]
        ids = [consultation.id for consultation in made]
    shares = [ids[writer::writers] for writer in range(writers)]
    processes = writers // WRITERS_EACH
    groups = [shares[process::processes] for process in range(processes)]
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        write = partial(_writers, url, questions)
        errors = [error for found in pool.map(write, groups) for error in found]
    assert errors == []
    with database.reading() as session:
        kept = session.scalar(select(func.count()).select_from(Answer))
        started = session.scalar(select(func.count()).where(Consultation.started_at.is_not(None)))
    assert kept == len(ids) * len(questions) >= writers * each
    assert started == len(ids)


def test_eight_writers_at_once(database: Database, database_url: str) -> None:
    _write_at_once(database, database_url, writers=8, each=10)


@pytest.mark.long
def test_thirty_two_writers_of_five_hundred_answers(database: Database, database_url: str) -> None:
    _write_at_once(database, database_url, writers=32, each=500)
