"""R6: the provider's trouble is not the child's."""

import dataclasses
import statistics
import threading
import time

import pytest
from flask.testing import FlaskClient

from consult_app import clock
from consult_app.actions.doors.links import new_link
from consult_app.channels.sms.sender_twilio import TwilioSender
from consult_app.db import Database
from consult_app.outbox.deliver import deliver
from consult_app.outbox.quiet import Quiet
from consult_app.standin.ledger import ACCOUNT, TOKEN, StandIn
from consult_app.standin.server import running
from tests.factories import make_consultation
from tests.outbox.letters import posted

LOOKS = 40
P95_S = 0.5


@pytest.mark.long
def test_a_frozen_provider_slows_no_page(database: Database, settings, client: FlaskClient) -> None:
    with database.transaction() as session:
        token = new_link(session, make_consultation(session), clock.now(), 30)
        for number in range(3):
            posted(session, to=f"+44770090030{number}", due_at=clock.now())
    with running(StandIn(hang_s=4, faults=["hang"] * 3)) as twilio:
        account = dataclasses.replace(
            settings,
            twilio_account_sid=ACCOUNT,
            twilio_auth_tokens=(TOKEN,),
            twilio_from="+447700900999",
            twilio_base_url=twilio.url,
        )
        sender = TwilioSender(account, timeout=3)
        worker = threading.Thread(
            target=deliver, args=(database, sender), kwargs={"quiet": Quiet(0, 0)}
        )
        worker.start()
        took = []
        while len(took) < LOOKS or worker.is_alive():
            started = time.monotonic()
            assert client.get(f"/r/{token}").status_code == 200
            took.append(time.monotonic() - started)
            time.sleep(0.02)
        worker.join()
    assert len(twilio.ledger) == 3
    assert statistics.quantiles(took, n=20)[-1] < P95_S
