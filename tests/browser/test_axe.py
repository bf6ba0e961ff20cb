"""axe-core finds nothing at all on respondents' pages, in any state, by day and by night."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from consult_app.conversation.form import Kind
from consult_app.models.kinds import Role
from consult_app.questionnaires.load import load
from tests.browser.conftest import LiveServer
from tests.browser.journey import holds
from tests.browser.test_respondent import begin
from tests.channels.web.phone import ask

pytestmark = pytest.mark.browser

OTHERS = [pytest.param(tag, marks=pytest.mark.long) for tag in ("ar", "ti")]
PUBLIC = ("/our-numbers", "/about", "/privacy", "/accessibility", "/r/unknown", "/answer/q")
OUTSIDE = ("", "/answer/language", "/answer/readers", "/answer/way")
SHEETS = ("/answer/form/0", "/answer/page", "/answer/together/last")
REST = ("/answer/check", "/answer/paused", "/answer/listen/3", "/answer/remember", "/answer/lock")
COLOURS = {"light": (), "dark": ("color-contrast",)}
"""By night only the colours are others."""
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WRONG = "?!"
"""Neither a choice nor a skip."""


def questions(name: str) -> Iterator[int]:
    """The place of one question of each kind, among those that everybody meets."""
    seen: set[Kind] = set()
    for place, question in enumerate(load(name).questions):
        if question.when is None and question.kind not in seen:
            seen.add(question.kind)
            yield place


@pytest.fixture
def check(phone: Page, axe: Callable[..., list[str]]) -> Callable[[str], None]:
    """Hold the page that is open: by day, then by night."""

    def both(tag: str) -> None:
        for scheme, rules in COLOURS.items():
            phone.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            phone.evaluate(SETTLED)
            assert axe(phone, *rules) == [], f"{phone.url}, {scheme}"
        holds(phone, tag)

    return both


@pytest.mark.parametrize("tag", ["en-GB", *OTHERS])
def test_every_page_and_state_of_a_childs(
    phone: Page, live_server: LiveServer, check: Callable[[str], None], tag: str
) -> None:
    _, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
    home = live_server.url
    for path in PUBLIC:
        phone.goto(f"{home}{path}?l={tag}")
        check(tag)
    phone.goto(f"{home}/r/{token}?l={tag}")
    check(tag)
    phone.click("form.deed button.main")
    phone.wait_for_url("**/answer/readers")
    for path in OUTSIDE[1:]:
        phone.goto(home + path)
        check(tag)
    phone.click("form.deed button.main")
    phone.wait_for_selector("form#q")
    for place in questions("child_8_11"):
        phone.goto(f"{home}/answer/q/{place}")
        check(tag)
    for path in (*SHEETS, *REST):
        phone.goto(home + path)
        check(tag)


@pytest.mark.parametrize("tag", ["en-GB", "ar", "ti"])
def test_what_was_not_understood_and_what_was_opened(
    phone: Page, live_server: LiveServer, check: Callable[[str], None], tag: str
) -> None:
    _, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
    address = f"{live_server.url}/r/{token}"
    phone.goto(f"{address}?l={tag}")
    check(tag)
    begin(phone, address, tag)
    phone.click("details.typed summary")
    phone.click("details.who summary")
    phone.fill("#typed", WRONG)
    phone.click("details.typed button")
    phone.wait_for_selector("#error")
    check(tag)
    phone.click("details.languages summary")
    check(tag)
    phone.goto(f"{live_server.url}/answer/form/0")
    phone.click("#sheet button.main")
    phone.wait_for_selector("[role=alert]")
    check(tag)


@pytest.mark.parametrize(("role", "name"), [(Role.CHILD, "child_12_15"), (Role.CARER, "carer")])
def test_the_kinds_that_others_meet(
    phone: Page, live_server: LiveServer, check: Callable[[str], None], role: Role, name: str
) -> None:
    _, token = ask(live_server.database, role=role, questionnaire=name)
    phone.goto(f"{live_server.url}/r/{token}?l=en-GB")
    phone.click("form.deed button.main")
    phone.wait_for_url("**/answer/readers")
    check("en-GB")
    phone.goto(f"{live_server.url}/answer/way")
    phone.click("form.deed button.main")
    phone.wait_for_selector("form#q")
    for path in [*(f"q/{place}" for place in questions(name)), "houses", "page"]:
        phone.goto(f"{live_server.url}/answer/{path}")
        check("en-GB")
