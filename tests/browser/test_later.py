"""After sending, between reviews, and on the public pages, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from consult_app.models.kinds import Role
from tests.browser.conftest import PHONE, LiveServer
from tests.channels.web.phone import ask

pytestmark = pytest.mark.browser

OWN = ("/answer/thanks", "/answer/own", "/answer/add", "/answer/tell", "/answer/told")
OPEN = ("/our-numbers", "/about", "/privacy", "/accessibility", "/survey", "/survey/thanks")
WORDS = "I learned to swim"


@pytest.fixture(params=["light", "dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A small phone, by day and by night."""
    context = browser.new_context(viewport=PHONE, color_scheme=request.param, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def child(live_server: LiveServer) -> str:
    """The address of a child's link."""
    _, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
    return f"{live_server.url}/r/{token}"


def send(page: Page, address: str, tag: str) -> None:
    """Answer a little in the form, and send it."""
    page.goto(f"{address}?l={tag}")
    page.click("form.deed button.main")
    page.click("form[action='/answer/readers'] button.main")
    page.check("input[value=form]")
    page.click("form[action='/answer/way'] button.main")
    page.wait_for_selector("form#sheet")
    page.check("input[name=helper][value=me]")
    page.click("#sheet button.main")
    page.goto(address.split("/r/", maxsplit=1)[0] + "/answer/check")
    page.click("form[action='/answer/send'] button.main >> nth=0")
    page.wait_for_url("**/answer/thanks")


def faults(page: Page) -> list[str]:
    """What axe-core finds at all, and a page that scrolls sideways."""
    found = Axe().run(page).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [f"{rule['id']}: {n['target']}" for rule in found for n in rule["nodes"]] + [
        "wide"
    ] * wide


@pytest.mark.parametrize("tag", ["en-GB", "ar", "ti"])
def test_every_page_after_sending_is_whole(
    page: Page, child: str, live_server: LiveServer, tag: str
) -> None:
    send(page, child, tag)
    for path in OWN:
        page.goto(live_server.url + path)
        assert faults(page) == [], path
    page.goto(f"{live_server.url}/answer/tell")
    page.check("input[value=tell]")
    page.click("form[action='/answer/tell'] button.main")
    page.wait_for_selector("[role=alert]")
    assert faults(page) == []


@pytest.mark.parametrize("tag", ["en-GB", "ar", "ti"])
def test_every_public_page_is_whole(page: Page, live_server: LiveServer, tag: str) -> None:
    for path in OPEN:
        page.goto(f"{live_server.url}{path}?l={tag}")
        assert faults(page) == [], path


def test_add_something_and_keep_a_copy(
    phone: Page, child: str, live_server: LiveServer, tmp_path: Path
) -> None:
    send(phone, child, "en-GB")
    phone.click("a[href='/answer/add']")
    phone.fill("textarea", WORDS)
    phone.click("form[action='/answer/add'] button.main")
    phone.wait_for_url("**/answer/told")
    phone.click("a[href='/answer/own']")
    with phone.expect_download() as waiting:
        phone.click("a[download]")
    assert waiting.value.suggested_filename == "copy.html"
    waiting.value.save_as(tmp_path / "copy.html")
    assert WORDS in (tmp_path / "copy.html").read_text(encoding="utf-8")


def test_a_message_is_written_with_the_keyboard_alone(
    phone: Page, child: str, live_server: LiveServer
) -> None:
    send(phone, child, "en-GB")
    phone.goto(f"{live_server.url}/answer/tell")
    phone.focus("input[name=topic] >> nth=0")
    phone.keyboard.press("ArrowDown")
    phone.keyboard.press("Tab")
    phone.keyboard.type(WORDS)
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/answer/told")
    assert "gets your message" in phone.content()
