"""A phone in somebody's hand, for tests of what is said to whom."""

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.texts.text_turn import InboundText
from consult_app.actions.texts.texting import receive
from consult_app.models.answer import Answer
from consult_app.models.concern import Concern
from consult_app.models.kinds import MessageState
from consult_app.models.message import Message

_ids = count(1)


class Phone:
    """Sends texts, and reads what comes back."""

    def __init__(self, session: Session, settings: Any, number: str) -> None:
        self.session, self.settings, self.number = session, settings, number

    def send(self, body: str, at: datetime | None = None) -> str:
        """Send a text; all that is queued for this number because of it, or "" for silence."""
        self.session.flush()
        before = set(self.session.scalars(select(Message.id)))
        text = InboundText(f"PH{next(_ids)}", self.number, body, at or clock.now())
        self.inbound = receive(self.session, text, self.settings)
        self.session.flush()
        return "\n--\n".join(m.body or "" for m in self.waiting() if m.id not in before)

    def waiting(self) -> list[Message]:
        """What is queued for this number."""
        query = select(Message).where(Message.state == MessageState.QUEUED).order_by(Message.id)
        return [m for m in self.session.scalars(query) if m.to == self.number]


def concerns(session: Session) -> list[tuple[int, str, str]]:
    """Every concern: whose, its level and reason."""
    session.flush()
    rows = session.scalars(select(Concern).order_by(Concern.id))
    return [(row.consultation_id, str(row.level), row.reason) for row in rows]


def answers(session: Session, consultation_id: int) -> dict[str, str | None]:
    """What stands in one consultation."""
    session.flush()
    rows = session.scalars(
        select(Answer).where(Answer.consultation_id == consultation_id).order_by(Answer.id)
    )
    return {row.question: row.code if row.code is not None else row.text for row in rows}
