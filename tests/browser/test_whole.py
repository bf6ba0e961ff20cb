"""A whole consultation in each language: without script, by keyboard, read aloud, large, narrow."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from consult_app.models.answer import Answer
from consult_app.models.kinds import ConsultationStatus, Role
from tests.browser.conftest import LiveServer
from tests.browser.journey import DONE, holds, press_to, spoken, swapped
from tests.channels.web.phone import ask, consultation

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
"""1280 × 1024 at 400 %."""
LANGUAGES = ("en-GB", "ar", "ti")
WORDS = {"en-GB": "I like it", "ar": "أحب المكان", "ti": "ኣብ ገዛ ጽቡቕ እዩ"}
PAGES = 40
"""More pages than any way through has."""


@pytest.fixture
def child(live_server: LiveServer) -> tuple[int, str]:
    """A child who was asked, and the address of the link."""
    asked, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
    return asked, f"{live_server.url}/r/{token}"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A narrow phone whose browser runs no script."""
    context = browser.new_context(viewport=NARROW, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def large(browser: Browser) -> Iterator[Page]:
    """A browser whose reader has set 400 %."""
    context = browser.new_context(**ZOOMED)
    yield context.new_page()
    context.close()


def sent(server: LiveServer, asked: int) -> list[Answer]:
    """The answers that are no skips, of a consultation that has been sent."""
    with server.database.reading() as session:
        assert consultation(session, asked).status is ConsultationStatus.SUBMITTED
        rows = session.query(Answer).filter_by(consultation_id=asked).all()
        return [row for row in rows if row.code or row.text]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_without_script_on_a_narrow_phone(
    plain: Page, child: tuple[int, str], live_server: LiveServer, tag: str
) -> None:
    plain.goto(f"{child[1]}?l={tag}")
    for way in ("form.deed button.main", "form.deed button.main"):
        holds(plain, tag)
        _go(plain, way)
    holds(plain, tag)
    plain.check("input[value=form]")
    _go(plain, "form.deed button.main")
    for _ in range(PAGES):
        holds(plain, tag)
        if plain.query_selector("form#sheet") is None:
            break
        _fill(plain, tag)
        _go(plain, "form#sheet > button.main")
    holds(plain, tag)
    _go(plain, "form[action='/answer/send'] button")
    assert plain.url.endswith(DONE)
    holds(plain, tag)
    assert len(sent(live_server, child[0])) > 30


def _go(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.click(button)


def _fill(page: Page, tag: str) -> None:
    """The first choice everywhere, and words where words are asked for."""
    for group in page.query_selector_all("form#sheet fieldset.question"):
        words = group.query_selector("textarea")
        choice = group.query_selector(".cards label, .faces label, .steps label")
        if words:
            words.fill(WORDS[tag])
        elif choice:
            choice.click()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_by_keyboard_alone_at_four_hundred_per_cent(
    large: Page, child: tuple[int, str], live_server: LiveServer, tag: str
) -> None:
    large.goto(f"{child[1]}?l={tag}")
    for _ in range(2):
        holds(large, tag)
        _enter(large)
    press_to(large, lambda at: at["type"] == "radio" and at["name"] == "depth")
    if not large.is_checked("input[value=short]"):
        large.keyboard.press("ArrowUp")
    assert large.is_checked("input[value=short]")
    _enter(large)
    for _ in range(PAGES):
        holds(large, tag)
        if large.query_selector("form#q") is None:
            break
        _is_read_out(large)
        _answer_by_keyboard(large, tag)
    press_to(large, lambda at: at["inside"] and at["cls"] == "main")
    swapped(large, lambda: large.keyboard.press("Enter"))
    assert large.url.endswith(DONE)
    assert len(sent(live_server, child[0])) > 8


def _enter(page: Page) -> None:
    press_to(page, lambda at: at["inside"] and at["cls"] == "main")
    swapped(page, lambda: page.keyboard.press("Enter"))


def _is_read_out(page: Page) -> None:
    """The question names the group of its answers, and each answer comes after it."""
    told = spoken(page)
    asked = page.inner_text("form#q h1")
    places = [
        place for place, (role, name, _) in enumerate(told) if (role, name) == ("heading", asked)
    ]
    assert len(places) == 1
    assert any(role == "group" and name == asked for role, name, _ in told)
    for card in page.query_selector_all("form#q .card"):
        words = " ".join(card.inner_text().split())
        answers = [place for place, (_, name, _) in enumerate(told) if name == words]
        assert answers, f"{asked}: {words} is not read out"
        assert answers[-1] > places[0]


def _answer_by_keyboard(page: Page, tag: str) -> None:
    at = press_to(
        page, lambda at: at["name"] == "text" and at["tag"] in ("BUTTON", "TEXTAREA", "INPUT")
    )
    if at["tag"] == "BUTTON":
        swapped(page, lambda: page.keyboard.press("Enter"))
        return
    if at["type"] == "checkbox":
        page.keyboard.press("Space")
    else:
        page.keyboard.type(WORDS[tag])
    press_to(page, lambda at: at["tag"] == "BUTTON" and at["cls"] == "main")
    swapped(page, lambda: page.keyboard.press("Space"))
