"""Statuses: forward only, whatever the order, also before our own note is written."""

from itertools import permutations

import pytest

from consult_app.models.kinds import MessageState as State
from consult_app.outbox.outcomes import Accepted
from consult_app.outbox.receipts import Receipt, note_status
from consult_app.outbox.states import RANK, advance
from tests.outbox.letters import NOON, posted

GOOD = ("queued", "sent", "delivered", "our note")
BAD = ("queued", "sent", "undelivered", "our note")
BOTH = ("sent", "undelivered", "delivered", "our note")
ENDS = {GOOD: State.DELIVERED, BAD: State.UNDELIVERED, BOTH: State.DELIVERED}


@pytest.mark.parametrize("events", ENDS)
def test_every_order_ends_alike_and_never_goes_back(session, events) -> None:
    for order in permutations(events):
        message = posted(session)
        message.state = State.SENDING
        session.flush()
        ranks = [RANK[message.state]]
        for event in (*order, *order):  # and everything once more
            if event == "our note":
                outcome = Accepted(f"SM{message.id}")
                message.provider_id = message.provider_id or outcome.provider_id
                advance(message, State.ACCEPTED, None, NOON)
            else:
                code = "30003" if event == "undelivered" else None
                note_status(session, Receipt(f"SM{message.id}", event, code, message.id), NOON)
            ranks.append(RANK[message.state])
        assert ranks == sorted(ranks), order
        assert message.state is ENDS[events], order
        assert message.provider_id == f"SM{message.id}"
        assert message.error_code == ("30003" if events is BAD else None), order


def test_a_report_heals_unknown(session) -> None:
    message = posted(session)
    message.state = State.UNKNOWN
    session.flush()
    note_status(session, Receipt("SM7", "delivered", None, message.id), NOON)
    assert message.state is State.DELIVERED


def test_unknown_words_and_strangers_change_nothing(session) -> None:
    message = posted(session)
    message.provider_id = "SM1"
    session.flush()
    assert not note_status(session, Receipt("SM1", "teleported"), NOON)
    assert not note_status(session, Receipt("SM2", "delivered"), NOON)
    assert not note_status(session, Receipt("SM2", "delivered", None, message.id), NOON)
    assert message.state is State.QUEUED
