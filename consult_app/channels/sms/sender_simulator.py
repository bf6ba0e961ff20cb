"""Texts in the demo: accepted and delivered at once; /demo/phone shows them."""

from consult_app import clock
from consult_app.db import Database
from consult_app.outbox.outcomes import Accepted, Outcome
from consult_app.outbox.receipts import Receipt, note_status


class SimulatorSender:
    """A `Sender` whose network never fails. Its report overtakes our own note, as real ones do."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def send(self, to: str, body: str, message_id: int) -> Outcome:
        """Deliver to nobody, and say so."""
        provider_id = f"SM{message_id:032x}"
        with self._database.transaction() as session:
            note_status(session, Receipt(provider_id, "delivered", None, message_id), clock.now())
        return Accepted(provider_id)
