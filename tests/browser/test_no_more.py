"""The way out of e-mails, as somebody finds it on a phone at the end of one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from consult_app import language
from consult_app.actions.inviting import mail_stops
from consult_app.outbox import opted_out
from tests import factories
from tests.browser.conftest import LiveServer

pytestmark = pytest.mark.browser
EMAIL = "sam@example.org"


@pytest.mark.parametrize("tag", ["en-GB", "ar"])
def test_one_tap_and_no_more_mails(
    live_server: LiveServer, phone: Page, axe: Callable[..., list[str]], tag: str
) -> None:
    with live_server.database.transaction() as session:
        person = factories.make_person(session, email=EMAIL, language_read=tag)
        address = mail_stops.address(live_server.url, person)
    phone.goto(address)
    assert axe(phone) == []
    with live_server.database.reading() as session:
        assert opted_out.stopped_among(session, [EMAIL]) == set()
    phone.get_by_role("button", name=language.words("later.email.no_more.button", tag)).click()
    phone.get_by_text(language.words("later.email.no_more.done", tag)).wait_for()
    assert axe(phone) == []
    with live_server.database.reading() as session:
        assert opted_out.stopped_among(session, [EMAIL]) == {EMAIL}
