"""Workers killed at any moment while they hear and file: every text is heard once and in order."""

import os
import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from consult_app import clock
from consult_app.actions.texts import storing
from consult_app.actions.texts.hearing import unheard
from consult_app.actions.texts.spool import Spool
from consult_app.actions.texts.text_turn import InboundText
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState, MessageKind, Role
from consult_app.models.message import Message
from tests import conftest
from tests.factories import make_consultation, make_person, mobile
from tests.house.tree import ROOT

SENDERS = 60
SAID = ("1", "1", "7", "2", "3")
HEARD_AS = ["me", "7", "4", "at_risk"]
MOST_ROUNDS = 60


def working(settings) -> subprocess.Popen[bytes]:
    env = conftest.environment(settings.database_url) | {"CONSULT_SPOOL": settings.spool}
    command = [sys.executable, "-m", "consult_app", "work", "--pause", "0.05"]
    return subprocess.Popen(command, cwd=ROOT, env=dict(os.environ) | env)


def came(database: Database, settings) -> None:
    """Every sender's texts; the first of half of them lie on disk, the others are stored."""
    spool, began = Spool(Path(settings.spool)), clock.now() - timedelta(minutes=30)
    for sender in range(SENDERS):
        for place, body in enumerate(SAID):
            moment = began + timedelta(seconds=sender + place * 100)
            text = InboundText(f"SM{sender}-{place}", mobile(100 + sender), body, moment)
            if sender % 2 and place < 2:
                spool.keep(text, moment)
                continue
            with database.transaction() as session:
                storing.store(session.connection(), text)


@pytest.mark.long
def test_workers_killed_while_hearing(database: Database, settings) -> None:
    chance = random.Random(7)
    with database.transaction() as session:
        for sender in range(SENDERS):
            person = make_person(session, mobile=mobile(100 + sender))
            make_consultation(session, role=Role.CARER, person=person)
    came(database, settings)
    killed = 0
    for _ in range(MOST_ROUNDS):
        workers = [working(settings) for _ in range(2)]
        time.sleep(chance.uniform(1.5, 4))
        for worker in workers:
            worker.kill()
            killed += worker.wait() == -9
        with database.reading() as session:
            left = unheard(session, settings)
        if not left.texts and not left.files:
            break
    assert (left.texts, left.files) == (0, 0)
    with database.reading() as session:
        states = dict(
            session.execute(select(Inbound.state, func.count()).group_by(Inbound.state)).all()
        )
        said = session.scalars(select(Answer).order_by(Answer.consultation_id, Answer.id)).all()
        replies = session.scalars(
            select(Message.once_key).where(Message.kind == MessageKind.REPLY)
        ).all()
    assert states == {InboundState.HEARD: SENDERS * len(SAID)}
    assert [row.code for row in said] == HEARD_AS * SENDERS
    assert len(replies) == len(set(replies)) == SENDERS * len(SAID)
    print(f"{len(replies)} texts heard once and in order while {killed} workers were killed")
    assert killed >= 4
