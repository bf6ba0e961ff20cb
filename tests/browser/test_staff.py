"""The staff's pages in a real browser: wide and narrow, light and dark, on screen and on paper."""

import re
import zlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.staff_access import NewAccount, add_staff
from consult_app.conversation.form import Audience
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import InboundState, Role, StaffRole
from tests import factories
from tests.browser.conftest import DESK, PHONE, LiveServer
from tests.staff.conftest import say, trouble

pytestmark = pytest.mark.browser
PASSWORD = "a long enough password"
LONG = "I would like to see my brother on every Sunday. " * 12
LOOKS = (("phone", "dark"), ("desk", "light"))
"""Both widths and both schemes; the colours do not depend on the width."""


@pytest.fixture
def pages(live_server: LiveServer) -> dict[str, list[str]]:
    """Who opens which page; one review with much in it."""
    with live_server.database.transaction() as session:
        iro = factories.make_iro(session, reference="IRO-1")
        review = factories.make_review(session, iro=iro)
        asked = factories.make_consultation(session, review=review, language="ar")
        factories.make_consultation(session, review=review, role=Role.CARER)
        say(
            session,
            asked,
            {"home": "2", "home.safe": "unsure", "home.like": "أحب المكان", "fun": None},
        )
        say(session, asked, {"home.like": LONG, "home.change": LONG}, {"home.like": Audience.IRO})
        trouble(session, asked)
        for role in StaffRole:
            new = NewAccount(f"{role}@westmere.example", "Kim", PASSWORD, [role], "IRO-1")
            add_staff(session, new)
        own = f"/staff/review/{review.id}"
        meeting = "held_on=2026-01-05&attended=yes&spoke=self&chairing=part"
        raise_one = f"/staff/consultation/{asked.id}/concern"
        number = f"/staff/consultation/{asked.id}/number"
        unplaced(session, asked)
    return {
        "iro": ["/staff/", own, f"{own}/read-out", f"{own}/after?{meeting}", "/staff/concerns",
                "/staff/texts", raise_one],
        "manager": ["/staff/", "/staff/chasing", own],
        "support": ["/staff/", "/staff/chasing", "/staff/texts", number, "/staff/languages",
                    "/staff/languages/ar?part=texts", "/staff/languages/ti?part=questions"],
    }  # fmt: skip


def unplaced(session: Session, asked: Consultation) -> None:
    """A text from the number of somebody who is asked about a child, which is not placed."""
    sender = asked.person.mobile
    text = Inbound(
        provider_id="SMunplaced", from_hash=asked.person.mobile_hash, sender=sender, body=LONG,
        received_at=clock.now(), state=InboundState.QUARANTINED, alarm=True,
    )  # fmt: skip
    session.add(text)
    session.flush()


def _sign_in(page: Page, server: LiveServer, role: str) -> None:
    page.goto(f"{server.url}/staff/")
    page.fill("#email", f"{role}@westmere.example")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{server.url}/staff/")


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_pages_fit_and_axe_finds_nothing_serious(
    browser: Browser,
    live_server: LiveServer,
    pages: dict[str, list[str]],
    axe: Callable[[Page], list[str]],
    look: tuple[str, str],
) -> None:
    viewport = PHONE if look[0] == "phone" else DESK
    for role, addresses in pages.items():
        context = browser.new_context(viewport=viewport, color_scheme=look[1])
        page = context.new_page()
        _sign_in(page, live_server, role)
        for address in addresses:
            page.goto(live_server.url + address)
            assert axe(page) == [], address
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= viewport["width"], address
        context.close()


def test_every_sheet_of_paper_says_whose_it_is(
    desk: Page, live_server: LiveServer, pages: dict[str, list[str]]
) -> None:
    """The head of the table is repeated: its box is stroked once on each page of the PDF."""
    _sign_in(desk, live_server, "iro")
    desk.goto(live_server.url + pages["iro"][1])
    desk.emulate_media(media="print")
    head = desk.locator("thead.print")
    assert "Private to the reviewing officer" in head.inner_text()
    assert "Alex" in head.inner_text()
    assert desk.locator(".top").is_hidden()
    sheets = _sheets(desk.pdf(prefer_css_page_size=True))
    boxes = [re.search(rb"[\d.]+ [\d.]+ [\d.]+ [\d.]+ re\nS\n", sheet) for sheet in sheets]
    assert len(sheets) > 1
    assert all(boxes)


def _sheets(pdf: bytes) -> list[bytes]:
    """What is drawn on each page."""
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            drawn = zlib.decompress(match.group(1))
        except zlib.error:
            continue
        if b"BT\n" in drawn and b" Tf\n" in drawn:
            found.append(drawn)
    return found


def test_the_desk_works_with_a_keyboard_alone(
    desk: Page, live_server: LiveServer, pages: dict[str, list[str]]
) -> None:
    _sign_in(desk, live_server, "iro")
    desk.goto(f"{live_server.url}/staff/")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.className") == "skip"
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.closest('main') !== null")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/staff/review/**")
