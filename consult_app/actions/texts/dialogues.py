"""What was asked of a number beside questions, and what it chose: one row a number."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.models.dialogue import Dialogue
from consult_app.models.kinds import Asks
from consult_app.outbox.once import insert_once


def of(session: Session, hashes: Sequence[str]) -> Dialogue:
    """The number's row, held until the transaction ends; made when there is none."""
    query = (
        select(Dialogue)
        .where(Dialogue.number_hash.in_(hashes))
        .order_by(Dialogue.id)
        .limit(1)
        .with_for_update()
    )
    found = session.scalar(query)
    if found is None:
        insert_once(session, Dialogue(number_hash=hashes[0], options=""))
        found = session.scalars(query).one()
    return found


def offer(dialogue: Dialogue, ids: Sequence[int], now: datetime) -> None:
    """We asked who it is about: `ids` in the order of their numbers."""
    dialogue.asks, dialogue.asked_at = Asks.WHO, now
    dialogue.options = " ".join(map(str, ids))


def choose(dialogue: Dialogue, consultation_id: int, now: datetime) -> None:
    """It is about this one, until that is finished or a week is over."""
    dialogue.asks, dialogue.asked_at, dialogue.options, dialogue.topic = None, None, "", None
    dialogue.consultation_id, dialogue.chosen_at = consultation_id, now


def ask(dialogue: Dialogue, asks: Asks, consultation_id: int, now: datetime) -> None:
    """We showed what can be chosen between meetings, or wait for a message."""
    choose(dialogue, consultation_id, now)
    dialogue.asks, dialogue.asked_at = asks, now


def give_up(dialogue: Dialogue) -> None:
    """A person finds out; the question is not open any more, and not asked again at once."""
    dialogue.asks = None
