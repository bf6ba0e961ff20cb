"""A service that sends through the demo's own network, both answering on ports of this machine."""

import dataclasses
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.serving import make_server

from consult_app import clock
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.channels.sms.records_twilio import TwilioRecords
from consult_app.channels.sms.senders import make_sender
from consult_app.config import Environment, Settings, from_environment
from consult_app.db import Database
from consult_app.demo.exchange import running
from consult_app.demo.network import Network
from consult_app.demo.people import key_of
from consult_app.models.message import Message
from consult_app.outbox.deliver import deliver
from consult_app.outbox.reconcile import settle_unknowns
from consult_app.standin.ledger import ACCOUNT
from tests.bench.server import free_port
from tests.conftest import environment

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
STORY = re.compile(r'<p class="story">(.*?)</p>')


@dataclass
class Table:
    """The phones' page as a browser without script uses it, and what lies behind it."""

    client: FlaskClient
    database: Database
    settings: Settings
    network: Network

    def page(self, *numbers: str) -> str:
        """The table with some phones on it."""
        asked = "&".join(f"on={key_of(number)}" for number in numbers)
        return self.client.get(f"/demo/phone?{asked}").text

    def post(self, number: str, wish: str, **fields: str) -> str:
        """Press a button of one phone; the page that follows."""
        key = key_of(number)
        token = TOKEN.search(self.page(number))[1]
        sent = self.client.post(
            f"/demo/phone/{key}/{wish}?on={key}", data={"csrf_token": token, **fields}
        )
        assert sent.status_code == 303, sent.text
        return self.page(number)

    def texts(self) -> list[Message]:
        """The service's texts, in order; what a slow moment left on the disk is filed first."""
        hear_waiting(self.database, self.settings, clock.now())
        with self.database.reading() as session:
            return list(session.scalars(select(Message).order_by(Message.id)))

    def ask(self, after: timedelta) -> None:
        """The worker asks the provider about unknown texts, so long from now; then it sends."""
        now: datetime = clock.now() + after
        settle_unknowns(self.database, TwilioRecords(self.settings), now=lambda: now)
        deliver(self.database, make_sender(self.settings, self.database), now=lambda: now)


def stories(page: str) -> list[str]:
    """What the page says that went wrong, and what was done about it; times as 00:00."""
    return [re.sub(r"\d\d:\d\d", "00:00", story) for story in STORY.findall(page)]


@pytest.fixture
def port() -> int:
    """A port that is free at this moment."""
    return free_port()


@pytest.fixture
def network(port: int) -> Iterator[Network]:
    """A network that brings texts to the service on its port."""
    with running(beside(port)) as network:
        yield network


def beside(port: int) -> Network:
    """A network for a service on a port; what is late is not very late."""
    inbound = f"http://127.0.0.1:{port}/sms/inbound"
    return Network(token="a token of the tests", inbound=inbound, late_s=0.2)


@pytest.fixture
def settings(database_url: str, port: int, network: Network, tmp_path: Path) -> Settings:
    """Settings of a demo whose texts go through the network."""
    named = environment(database_url, f"http://127.0.0.1:{port}")
    return through(network, named | {"CONSULT_SPOOL": str(tmp_path / "spool")})


def through(network: Network, named: Mapping[str, str]) -> Settings:
    """Settings of a demo whose texts go through a network, all else as it is named."""
    return dataclasses.replace(
        from_environment(named),
        environment=Environment.DEMO,
        sms_sender="twilio",
        twilio_account_sid=ACCOUNT,
        twilio_auth_tokens=("a token of the tests",),
        twilio_from="+447700900999",
        twilio_base_url=network.url,
    )


@pytest.fixture
def table(app, client, database: Database, settings: Settings, network: Network, port: int):
    """The service answering on its port, and the phones' page."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Table(client, database, settings, network)
    server.shutdown()
    thread.join()
    server.server_close()
