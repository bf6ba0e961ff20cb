"""Bad connections and leaving, in a real browser: kept, sent once, wiped; nothing comes back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from consult_app.models.answer import Answer
from consult_app.models.kinds import Role
from tests.browser.conftest import PHONE, LiveServer
from tests.browser.test_respondent import begin
from tests.channels.web.phone import ask

pytestmark = pytest.mark.browser
CANARY = "zebra-canary"
STORED = """async () => {
  const found = await indexedDB.databases();
  if (!found.some(one => one.name === "kept")) return [];
  const db = await new Promise(yes => {
    const asked = indexedDB.open("kept"); asked.onsuccess = () => yes(asked.result); });
  const all = await new Promise(yes => {
    const asked = db.transaction("answers").objectStore("answers").getAll();
    asked.onsuccess = () => yes(asked.result); });
  db.close();
  return all.map(one => ({at: one.at, box: new TextDecoder().decode(one.box), names: Object.keys(one)}));
}"""
"""What the telephone keeps."""


@pytest.fixture
def address(live_server: LiveServer) -> str:
    """The address of a child's link."""
    _, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
    return f"{live_server.url}/r/{token}"


@pytest.fixture
def pocket(browser: Browser) -> Iterator[BrowserContext]:
    """A telephone whose tabs can be closed and opened again."""
    context = browser.new_context(viewport=PHONE)
    yield context
    context.close()


def begin_ready(page: Page, address: str, skin: str = "chat") -> None:
    """At the first question, with all that the page fetches later."""
    with page.expect_response("**/answer/ahead"):
        begin(page, address, skin=skin)


def said(server: LiveServer) -> list[tuple[str, str | None]]:
    """Every answer that the service has, in its order."""
    with server.database.reading() as session:
        rows = session.query(Answer).order_by(Answer.id)
        return [(row.question, row.code or row.text) for row in rows]


def write_offline(page: Page) -> None:
    """The line is cut while a child writes, and the answer is sent all the same."""
    page.fill("textarea[name=text]", CANARY)
    page.context.set_offline(True)
    page.click("form#q button.main")
    page.wait_for_selector("#kept")


def wait_sent(page: Page) -> None:
    """Until the page says that what was kept has been sent."""
    told = "document.getElementById('kept')?.textContent"
    page.wait_for_function(f"() => {told}?.includes('has been sent')", timeout=20_000)


def to_words(page: Page, live_server: LiveServer) -> None:
    """The question that is answered in words."""
    from consult_app.questionnaires.load import load  # beside the one place that needs it

    form = load("child_8_11")
    with page.expect_response("**/answer/ahead"):
        place = form.questions.index(form.by_id["home.like"])
        page.goto(f"{live_server.url}/answer/q/{place}")


def test_an_answer_without_a_line_is_kept_locked_and_sent_once(
    pocket: BrowserContext, address: str, live_server: LiveServer
) -> None:
    page = pocket.new_page()
    begin_ready(page, address)
    to_words(page, live_server)
    write_offline(page)
    assert "kept on this phone" in page.inner_text("#kept")
    kept = page.evaluate(STORED)
    assert len(kept) == 1
    assert CANARY not in str(kept)
    assert said(live_server) == []
    pocket.set_offline(False)
    wait_sent(page)
    assert said(live_server) == [("home.like", CANARY)]
    assert page.evaluate(STORED) == []


def test_the_tab_is_closed_and_opened_again(
    pocket: BrowserContext, address: str, live_server: LiveServer
) -> None:
    page = pocket.new_page()
    begin_ready(page, address)
    to_words(page, live_server)
    write_offline(page)
    page.close()
    pocket.set_offline(False)
    again = pocket.new_page()
    again.goto(f"{live_server.url}/answer/check")
    again.wait_for_function("() => document.getElementById('kept') !== null", timeout=15_000)
    assert said(live_server) == [("home.like", CANARY)]


def test_going_on_without_a_line_and_sent_in_order(
    pocket: BrowserContext, address: str, live_server: LiveServer
) -> None:
    page = pocket.new_page()
    begin_ready(page, address)
    pocket.set_offline(True)
    shown = []
    for _ in range(3):
        shown.append(page.input_value("input[name=question]"))
        page.click("form#q .card >> nth=0")
        page.wait_for_function(
            "id => document.querySelector('input[name=question]').value !== id", arg=shown[-1]
        )
    pocket.set_offline(False)
    wait_sent(page)
    assert [question for question, _ in said(live_server)] == shown
    assert len(set(shown)) == 3


def test_a_page_of_the_form_is_kept_too(
    pocket: BrowserContext, address: str, live_server: LiveServer
) -> None:
    page = pocket.new_page()
    begin_ready(page, address, skin="form")
    page.check("input[name=helper][value=me]", force=True)
    pocket.set_offline(True)
    page.click("form#sheet > button.main")
    page.wait_for_selector("#kept")
    assert said(live_server) == []
    pocket.set_offline(False)
    wait_sent(page)
    assert ("helper", "me") in said(live_server)


def test_leaving_wipes_what_was_kept(
    pocket: BrowserContext, address: str, live_server: LiveServer
) -> None:
    page = pocket.new_page()
    begin_ready(page, address)
    to_words(page, live_server)
    write_offline(page)
    pocket.set_offline(False)
    page.evaluate("document.querySelector('button.exit').click()")
    page.wait_for_url("**/blank")
    assert page.evaluate(STORED) == []


def test_what_waited_longer_than_a_day_is_wiped_unsent(
    pocket: BrowserContext, address: str, live_server: LiveServer
) -> None:
    page = pocket.new_page()
    begin_ready(page, address)
    to_words(page, live_server)
    write_offline(page)
    page.evaluate(
        """async () => { const db = await new Promise(yes => {
          const asked = indexedDB.open("kept"); asked.onsuccess = () => yes(asked.result); });
        const all = db.transaction("answers", "readwrite").objectStore("answers");
        await new Promise(yes => { const asked = all.getAll(); asked.onsuccess = () => {
          asked.result.forEach(one => all.put({...one, at: one.at - 86500000})); yes(); }; });
        db.close(); }"""
    )
    page.close()
    pocket.set_offline(False)
    again = pocket.new_page()
    with again.expect_response("**/answer/ahead"):
        again.goto(f"{live_server.url}/answer/check")
    assert again.evaluate(STORED) == []
    assert said(live_server) == []


def test_what_an_earlier_visit_kept_is_an_earlier_answer(
    pocket: BrowserContext, address: str, live_server: LiveServer
) -> None:
    """The cookie is gone with the browser, the link is opened anew: it arrives, and stays covered."""
    page = pocket.new_page()
    begin_ready(page, address)
    to_words(page, live_server)
    write_offline(page)
    page.close()
    pocket.clear_cookies()
    pocket.set_offline(False)
    again = pocket.new_page()
    again.goto(f"{address}?l=en-GB")
    again.click("form.deed button.main")
    again.wait_for_function("() => document.getElementById('kept') !== null", timeout=15_000)
    assert said(live_server) == [("home.like", CANARY)]
    assert CANARY not in again.content()
    again.goto(f"{live_server.url}/answer/check")
    assert CANARY not in again.content()


def test_nothing_comes_back_after_leaving(
    pocket: BrowserContext, address: str, live_server: LiveServer
) -> None:
    """P10: no page before it in the history, none in the browser's memory of pages, none by address."""
    page = pocket.new_page()
    begin_ready(page, address)
    to_words(page, live_server)
    page.fill("textarea[name=text]", CANARY)
    page.click("form#q button.main")
    page.wait_for_selector("input[name=question][value=helper]", state="attached")
    page.goto(f"{live_server.url}/answer/check")
    assert CANARY in page.content()
    page.click("button.exit")
    page.wait_for_url("**/blank")
    for _ in range(page.evaluate("history.length")):
        page.go_back(wait_until="commit")
        page.wait_for_timeout(300)
        assert CANARY not in page.content()
    page.goto(f"{live_server.url}/answer/check")
    assert CANARY not in page.content()
    assert "This page is closed" in page.content()


def test_axe_finds_nothing_on_the_pages_of_coming_back(
    pocket: BrowserContext, address: str, live_server: LiveServer, axe: Callable[[Page], list[str]]
) -> None:
    page, answering = pocket.new_page(), f"{live_server.url}/answer"
    begin(page, address, "ar")
    page.click("form#q .card >> nth=1")
    page.wait_for_selector("input[name=question]:not([value=helper])", state="attached")
    for path in ("check", "remember", "lock"):
        page.goto(f"{answering}/{path}")
        assert axe(page) == [], path
    for tapped in ("1", "1 5", "1 5 9"):
        page.click(f"main button[name=picture][value='{tapped[-1]}']")
        page.wait_for_selector(f"input[name=tapped][value='{tapped}']", state="attached")
    assert axe(page) == []
    page.click("main button.main")
    page.wait_for_selector("form[action='/answer/remember']")
    page.goto(f"{address}?l=ar")
    page.click("form.deed button.main")
    page.wait_for_selector("form#q")
    page.goto(f"{answering}/earlier")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
