"""How often a child must tap: once a question, and hardly more."""

import pytest
from playwright.sync_api import Page

from consult_app.models.kinds import Role
from tests.browser.conftest import LiveServer
from tests.browser.journey import swapped
from tests.channels.web.phone import ask

pytestmark = pytest.mark.browser

MORE = 6
"""Taps beside one for each closed question: the door, who reads this, the way, sending."""
SKIP = "form#q button[value=skip]"
MANY = 100
COUNT = """addEventListener('pointerup', e => {
  if (e.isTrusted) sessionStorage.taps = +(sessionStorage.taps || 0) + 1; }, true)"""


def _answer(page: Page) -> None:
    """With one tap where that is an answer: of several things to tick, the one that stands alone."""
    one = page.query_selector("form#q button.card")
    if one is None:
        page.tap("form#q label.card")
        one = page.query_selector("form#q .cards ~ button.main")
    assert one is not None
    swapped(page, one.tap)


def test_a_child_taps_once_a_question_and_six_times_more(phone: Page, live_server: LiveServer):
    _, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
    phone.goto(f"{live_server.url}/r/{token}?l=en-GB")
    phone.add_init_script(COUNT)
    phone.evaluate(COUNT)
    for _ in range(2):
        swapped(phone, lambda: phone.tap("form.deed button.main"))
    phone.tap("label.card:has(input[value=full])")
    swapped(phone, lambda: phone.tap("form.deed button.main"))
    closed = open_ones = 0
    for _ in range(MANY):
        if phone.query_selector("form#q") is None:
            break
        if phone.query_selector("form#q .card"):
            closed += 1
            _answer(phone)
        else:
            open_ones += 1
            swapped(phone, lambda: phone.evaluate(f"document.querySelector('{SKIP}').click()"))
    swapped(phone, lambda: phone.tap("form[action='/answer/send'] button"))
    assert phone.url.endswith("/answer/thanks")
    taps = int(phone.evaluate("sessionStorage.taps"))
    print(f"\n{taps} taps for {closed} closed questions; {open_ones} open ones passed over")
    assert closed > 30
    assert taps <= closed + MORE
