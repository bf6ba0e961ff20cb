"""The respondent's pages in a real browser: leaving, swapping, scripts' limits."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from consult_app.models.kinds import Role
from consult_app.models.visit import Visit
from tests.browser.conftest import PHONE, LiveServer
from tests.channels.web.phone import ask

pytestmark = pytest.mark.browser


@pytest.fixture
def child(live_server: LiveServer) -> str:
    """The address of a child's link."""
    _, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
    return f"{live_server.url}/r/{token}"


@pytest.fixture
def plain_phone(browser: Browser) -> Iterator[Page]:
    """A phone whose browser runs no script."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def begin(page: Page, address: str, tag: str = "en-GB", skin: str = "chat") -> None:
    """Through the door to the first question."""
    page.goto(f"{address}?l={tag}")
    page.click("form.deed button.main")
    page.click("form[action='/answer/readers'] button.main")
    page.check(f"input[value={skin}]")
    page.click("form[action='/answer/way'] button.main")
    page.wait_for_selector("form#q, form#sheet")


def test_leaving_blanks_the_page_at_once(phone: Page, child: str, live_server: LiveServer):
    begin(phone, child)
    phone.evaluate(
        """() => { const from = performance.now();
        document.querySelector('button.exit').addEventListener('click', () => setTimeout(() => {
          sessionStorage.took = performance.now() - from;
          sessionStorage.left = document.documentElement.textContent; }, 0));
        document.querySelector('button.exit').click(); }"""
    )
    phone.wait_for_url("**/blank")
    assert float(phone.evaluate("sessionStorage.took")) < 200
    assert phone.evaluate("sessionStorage.left") == ""
    phone.go_back()
    assert "filling this in" not in phone.content()
    assert phone.url == "about:blank"
    with live_server.database.reading() as session:
        assert all(visit.ended_at for visit in session.query(Visit))


def test_three_times_shift_leaves(phone: Page, child: str):
    begin(phone, child)
    for _ in range(3):
        phone.keyboard.press("Shift")
    phone.wait_for_url("**/blank")


def test_leaving_works_without_script(plain_phone: Page, child: str):
    begin(plain_phone, child)
    plain_phone.click("button.exit")
    plain_phone.wait_for_url("**/blank")
    plain_phone.go_back()
    assert "filling this in" not in plain_phone.content()


def test_answering_swaps_the_page_and_keeps_one_history_entry(phone: Page, child: str):
    begin(phone, child)
    before = phone.evaluate("history.length")
    for _ in range(3):
        shown = phone.input_value("input[name=question]")
        phone.click("form#q .card >> nth=0")
        phone.wait_for_function(
            "id => document.querySelector('input[name=question]').value !== id", arg=shown
        )
    assert phone.evaluate("history.length") == before
    assert phone.evaluate("document.activeElement.tagName") == "H1"


def test_no_connection_keeps_what_was_written(phone: Page, child: str):
    """Also before the script has come that keeps it on the telephone."""
    phone.route("**/static/answer.*.js", lambda route: route.abort())
    begin(phone, child)
    phone.context.set_offline(True)
    phone.click("form#q .card >> nth=0")
    phone.wait_for_selector("#offline")
    assert "no connection" in phone.inner_text("#offline")
    phone.context.set_offline(False)
    phone.click("form#q .card >> nth=0")
    phone.wait_for_selector(".faces")


@pytest.mark.parametrize("tag", ["en-GB", "ar", "ti"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_runs_out_of_the_page_and_targets_are_large(
    phone: Page, child: str, tag: str, width: int
):
    phone.set_viewport_size({"width": width, "height": 700})
    begin(phone, child, tag)
    phone.click("form#q .card >> nth=0")
    phone.wait_for_selector(".faces")
    assert phone.evaluate("document.documentElement.scrollWidth") <= width
    small = phone.eval_on_selector_all(
        "button, .card, .foot a, summary",
        "all => all.map(e => e.getBoundingClientRect()).filter(r => r.width && r.height < 44).length",
    )
    assert small == 0


def test_nothing_is_asked_of_anyone_else(phone: Page, child: str, live_server: LiveServer):
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(child)
    assert len([url for url in asked if not url.startswith("data:")]) == 2
    assert all(url.startswith((live_server.url, "data:")) for url in asked)
