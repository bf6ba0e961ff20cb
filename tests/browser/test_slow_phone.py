"""Waiting on a bad line: 300 ms, 400 kbit/s, a processor slowed four times."""

from statistics import median

import pytest
from playwright.sync_api import Browser

from consult_app.models.kinds import Role
from tests.bench.slow import walk
from tests.browser.conftest import LiveServer
from tests.channels.web.phone import ask

pytestmark = [pytest.mark.browser, pytest.mark.long]

FIRST_MS, NEXT_MS = 1500, 600
FIRST_BYTES, FIRST_REQUESTS = 14 * 1024, 2
ROUNDS = 3


def test_a_slow_phone_does_not_wait_long(browser: Browser, live_server: LiveServer):
    """The middle of three ways through; the machine should have nothing else to do."""
    waits = []
    for _ in range(ROUNDS):
        _, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
        waits.append(walk(browser, f"{live_server.url}/r/{token}"))
    assert all(one.size < FIRST_BYTES for one in waits)
    assert all(one.requests == FIRST_REQUESTS for one in waits)
    assert median(one.steps[-1] for one in waits) <= FIRST_MS
    assert median(ms for one in waits for ms in one.answers) <= NEXT_MS
