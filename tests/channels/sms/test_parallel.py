"""Fifty copies of one text, sent at once by fifty processes to a real server: one row, one reply."""

import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.channels.sms.signature import sign
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import MessageKind, Role
from consult_app.models.message import Message
from tests import conftest
from tests.bench.server import Ports, serving
from tests.factories import make_consultation

COPIES = 50
COPY = """
import sys, time, http.client
port, start, body, signature = sys.argv[1:]
connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
connection.connect()
time.sleep(max(0, float(start) - time.time()))
headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
connection.request("POST", "/sms/inbound", body, headers)
print(connection.getresponse().status)
"""


@pytest.fixture
def server(database: Database, settings) -> Iterator[Ports]:
    """The service under gunicorn; the port of each of its processes."""
    given = conftest.environment(settings.database_url) | {"CONSULT_SPOOL": settings.spool}
    with serving("wsgi:app", given) as ports:
        yield ports


def send(ports: Ports, settings, fields: dict[str, str], copies: int) -> list[str]:
    """Send copies of one text, each from a process of its own, all at one moment."""
    start = str(time.time() + 0.5 + copies * 0.04)
    rest = [urlencode(fields), sign(settings, "/sms/inbound", fields)]
    program = [sys.executable, "-I", "-S", "-c", COPY]
    running = [
        subprocess.Popen([*program, str(port), start, *rest], stdout=subprocess.PIPE, text=True)
        for port in islice(cycle(ports), copies)
    ]
    return [process.communicate(timeout=90)[0].strip() for process in running]


def test_fifty_copies_count_once(server: Ports, database: Database, settings) -> None:
    with database.transaction() as session:
        number = make_consultation(session, role=Role.CARER).person.mobile
    first = {"MessageSid": "SMfirst", "From": number, "Body": "1"}
    answer = {"MessageSid": "SManswer", "From": number, "Body": "1"}
    for fields in (first, answer):
        assert send(server, settings, fields, COPIES) == ["200"] * COPIES
        hear_waiting(database, settings, clock.now())
    assert send(server, settings, first, 1) == ["200"]  # and once more, days later
    assert hear_waiting(database, settings, clock.now()) == 0
    with database.reading() as session:
        assert sorted(session.scalars(select(Inbound.provider_id))) == ["SManswer", "SMfirst"]
        replies = select(Message.once_key).where(Message.kind == MessageKind.REPLY)
        assert sorted(session.scalars(replies)) == ["reply:SManswer", "reply:SMfirst"]
        assert [row.code for row in session.scalars(select(Answer))] == ["me"]
