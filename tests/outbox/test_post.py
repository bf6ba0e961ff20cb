"""Posting: once a key, never to a number that said STOP, sealed in the table."""

import threading

from sqlalchemy import func, select

from consult_app import sealing
from consult_app.db import Database
from consult_app.models.kinds import MessageState
from consult_app.models.message import Message
from consult_app.outbox import opted_out
from consult_app.outbox.post import post
from tests.outbox.letters import NUMBER, letter, posted


def test_once_a_key(session) -> None:
    first = post(session, letter(once_key="invite:1", body="one"))
    assert first is not None
    assert post(session, letter(once_key="invite:1", body="two")) is None
    assert session.scalars(select(Message)).one().body == "one"


def test_a_failed_copy_leaves_the_transaction_usable(session) -> None:
    posted(session, once_key="same")
    assert post(session, letter(once_key="same")) is None
    posted(session, once_key="other")
    session.commit()
    assert session.scalar(select(func.count()).select_from(Message)) == 2


def test_parallel_posts_end_in_one_row(database: Database) -> None:
    gate = threading.Barrier(8)
    made: list[bool] = []

    def post_one() -> None:
        gate.wait()
        with database.transaction() as session:
            made.append(post(session, letter(once_key="reply:SM1")) is not None)

    threads = [threading.Thread(target=post_one) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(made) == [False] * 7 + [True]


def test_number_and_body_are_sealed(session) -> None:
    message = posted(session, body="canary body")
    session.expire_all()
    row = session.get_one(Message, message.id)
    assert b"canary" not in bytes(row.body_sealed)
    assert NUMBER.encode() not in bytes(row.to_sealed)
    assert (row.to, row.body) == (NUMBER, "canary body")


def test_segments_are_counted(session) -> None:
    assert posted(session, body="ለ" * 71).segments == 2


def test_nothing_is_posted_to_a_number_that_said_stop(session) -> None:
    waiting = posted(session)
    opted_out.add(session, sealing.ring().hashes(NUMBER))
    assert post(session, letter()) is None
    session.refresh(waiting)
    assert waiting.state is MessageState.CANCELLED
    opted_out.remove(session, sealing.ring().hashes(NUMBER))
    assert post(session, letter()) is not None
