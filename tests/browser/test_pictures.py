"""The pictures of pages that translators get: drawn here, from the pages as they are.

`CONSULT_PICTURES=write pytest tests/browser/test_pictures.py` draws those in docs/pictures anew.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from consult_app.models.kinds import Role
from consult_app.questionnaires.load import load
from consult_app.translating import places
from tests.browser.conftest import PHONE, LiveServer
from tests.channels.web.phone import ask

pytestmark = pytest.mark.browser
FORM = "child_8_11"
MOST_BYTES = 80_000
Step = tuple[str, Callable[[Page], object]]


def goes(path: str) -> Callable[[Page], object]:
    return lambda page: page.goto(path)


def clicks(button: str, then: str) -> Callable[[Page], object]:
    """Tap, and wait until the next page stands."""

    def step(page: Page) -> None:
        page.click(button)
        page.wait_for_selector(then)

    return step


def mistypes(page: Page) -> None:
    page.locator("details.typed summary").click()
    page.fill("#typed", "zzz")
    clicks("details.typed button", ".error")(page)


def steps(door: str) -> Iterator[Step]:
    """Each page that has a picture, and the way there from the one before."""
    drawn = next(n for n, q in enumerate(load(FORM).questions) if "draw" in q.extras)
    yield "door", goes(f"{door}?l=en-GB")
    yield "readers", clicks("form.deed button.main", "form[action='/answer/readers']")
    yield "way", clicks("form[action='/answer/readers'] button.main", "input[value=chat]")
    yield "question", clicks("form[action='/answer/way'] button.main", "form#q")
    yield "audience", lambda page: page.locator("details.who summary").click()
    yield "error", mistypes
    yield "part", goes("/answer/form/1")
    yield "draw", goes(f"/answer/draw/{drawn}")
    yield "check", goes("/answer/check")
    yield "thanks", clicks("form[action='/answer/send'] button", "h1:has-text('Thank')")
    yield "tell", goes("/answer/tell")
    yield "remember", goes("/answer/remember")
    yield "lock", goes("/answer/lock")
    yield "numbers", goes("/our-numbers")
    yield "about", goes("/about")


@pytest.fixture
def page(browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, base_url=live_server.url)
    yield context.new_page()
    context.close()


def test_every_page_of_which_there_is_a_picture_can_be_drawn(
    page: Page, live_server: LiveServer
) -> None:
    _, token = ask(live_server.database, role=Role.CHILD, questionnaire=FORM)
    drawn = {}
    for name, step in steps(f"/r/{token}"):
        step(page)
        drawn[name] = page.screenshot()
    assert set(drawn) == {place.picture for place in places.on_file() if place.picture}
    assert len(set(drawn.values())) == len(drawn), "two of them are the same"
    if os.environ.get("CONSULT_PICTURES") == "write":
        places.PICTURES.mkdir(exist_ok=True)
        for name, picture in drawn.items():
            (places.PICTURES / f"{name}.png").write_bytes(picture)


def test_the_pictures_are_there_and_light() -> None:
    named = {place.picture for place in places.on_file() if place.picture}
    kept = {file.stem: file.read_bytes() for file in places.PICTURES.glob("*.png")}
    assert set(kept) == named
    assert all(picture.startswith(b"\x89PNG") for picture in kept.values())
    assert all(len(picture) < MOST_BYTES for picture in kept.values())
