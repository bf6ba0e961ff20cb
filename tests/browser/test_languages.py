"""Every language on a phone's width: nothing runs out sideways, no mark is cut, and on paper too."""

import pytest
from playwright.sync_api import Page, ViewportSize

from consult_app import language
from consult_app.models.kinds import Role
from tests.browser.conftest import LiveServer
from tests.browser.journey import holds, swapped
from tests.browser.test_respondent import begin
from tests.channels.web.phone import ask

pytestmark = pytest.mark.browser
language.load()
OFFERED = [one.tag for one in language.languages()]
ONE_A_SCRIPT = ("ar", "ti", "ckb", "uk", "bn", "vi")
PAPER = ViewportSize(width=794, height=1123)
CUT = """() => [...document.querySelectorAll('h1, h2, p, button, label, legend, summary, li, a')]
  .filter(e => e.clientHeight > 1 && getComputedStyle(e).overflowY !== 'visible'
    && e.scrollHeight > e.clientHeight + 1 && !e.matches('.hidden, .jump'))
  .map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 30))"""
LEAST_LEADING = {"Ethi": 1.6, "Arab": 1.6, "Beng": 1.5}
"""Line heights that keep marks above and below apart (the language notes, section 5)."""


def whole(page: Page, tag: str) -> None:
    """The page fits, says its language and direction, and cuts no letter off."""
    holds(page, tag)
    assert page.get_attribute("html", "dir") == language.get(tag).dir
    assert page.evaluate(CUT) == [], page.url
    leading = page.evaluate(
        """() => { const s = getComputedStyle(document.querySelector('main p, main h1'));
          return parseFloat(s.lineHeight) / parseFloat(s.fontSize); }"""
    )
    assert leading >= LEAST_LEADING.get(language.get(tag).script, 1.3) - 0.01, (page.url, leading)


def visit(page: Page, server: LiveServer, tag: str, *, everything: bool) -> None:
    """From the door to a question, and where asked to every other kind of page."""
    _, token = ask(server.database, role=Role.CHILD, questionnaire="child_8_11")
    address = f"{server.url}/r/{token}"
    page.goto(f"{address}?l={tag}")
    whole(page, tag)
    begin(page, address, tag)
    whole(page, tag)
    others = ("/answer/form/0", "/answer/together/last", "/about", "/privacy", "/our-numbers")
    for path in others if everything else ():
        page.goto(server.url + path)
        whole(page, tag)


@pytest.mark.parametrize("tag", ONE_A_SCRIPT)
def test_a_language_of_each_script_on_a_phone(
    phone: Page, live_server: LiveServer, tag: str
) -> None:
    visit(phone, live_server, tag, everything=False)


@pytest.mark.long
@pytest.mark.parametrize("tag", OFFERED)
def test_every_language_on_a_phone(phone: Page, live_server: LiveServer, tag: str) -> None:
    visit(phone, live_server, tag, everything=True)


@pytest.mark.parametrize("tag", ["ar", "ti", "ckb"])
def test_own_answers_on_paper_carry_their_letters(
    phone: Page, live_server: LiveServer, tag: str
) -> None:
    _, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
    begin(phone, f"{live_server.url}/r/{token}", tag)
    swapped(phone, lambda: phone.click("button[name=text] >> nth=0"))
    phone.goto(f"{live_server.url}/answer/own")
    whole(phone, tag)
    phone.emulate_media(media="print")
    phone.set_viewport_size(PAPER)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    printed = phone.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert b"/FontFile" in printed, "letters must be in the file, not on the reader's machine"
