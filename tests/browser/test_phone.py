"""The demo's phones in a real browser: side by side, one at a time, a whole consultation on one."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.doors import links
from consult_app.actions.staff_access import NewAccount, add_staff
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.config import Settings
from consult_app.demo.exchange import running
from consult_app.demo.network import Network
from consult_app.demo.people import key_of
from consult_app.models.answer import Answer
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import MessageKind, Role, StaffRole
from consult_app.outbox.post import Letter, post
from tests import factories
from tests.browser.conftest import DESK, PHONE, LiveServer
from tests.browser.journey import holds
from tests.browser.test_staff import PASSWORD, _sign_in
from tests.conftest import environment
from tests.demo.conftest import beside, through
from tests.transcript import ALL, Transcript

pytestmark = pytest.mark.browser

NUMBERS = {"en-GB": "+447700900101", "ar": "+447700900102", "ti": "+447700900103"}
ARABIC = next(played for played in ALL if played.name == "carer.ar")


@pytest.fixture
def network(port: int) -> Iterator[Network]:
    """A network that brings texts to the running service."""
    with running(beside(port)) as network:
        yield network


@pytest.fixture
def settings(network: Network, database_url: str, port: int, tmp_path: Path) -> Settings:
    """Settings of a demo whose texts go through the network."""
    named = environment(database_url, f"http://127.0.0.1:{port}")
    return through(network, named | {"CONSULT_SPOOL": str(tmp_path / "spool")})


@pytest.fixture(autouse=True)
def _worker(live_server: LiveServer, settings: Settings) -> Iterator[None]:
    """Hears what came in, as the worker beside the service does."""
    ending = threading.Event()

    def work() -> None:
        while not ending.wait(0.3):
            hear_waiting(live_server.database, settings, clock.now())

    worker = threading.Thread(target=work)
    worker.start()
    yield
    ending.set()
    worker.join()


@pytest.fixture
def review_id(live_server: LiveServer) -> int:
    """A carer in each language; the review of the one who reads Arabic has an officer."""
    reviews = {}
    with live_server.database.transaction() as session:
        officer = factories.make_iro(session, reference="IRO-1")
        account = NewAccount("iro@westmere.example", "Kim", PASSWORD, [StaffRole.IRO], "IRO-1")
        add_staff(session, account)
        for tag, number in NUMBERS.items():
            person = factories.make_person(session, mobile=number, language_read=tag)
            reviews[tag] = factories.make_review(session, iro=officer if tag == "ar" else None)
            carer = {"role": Role.CARER, "person": person, "language": tag}
            factories.make_consultation(session, review=reviews[tag], **carer)
    return reviews["ar"].id


def table(page: Page, server: LiveServer, *tags: str, front: int = 0) -> None:
    """Lay phones on the table."""
    on = "&".join(f"on={key_of(NUMBERS[tag])}" for tag in tags)
    page.goto(f"{server.url}/demo/phone?{on}&front={front}")


def handset(page: Page, tag: str):
    """One phone on it."""
    return page.locator(f"#phone-{key_of(NUMBERS[tag])}")


def write(page: Page, tag: str, text: str) -> None:
    """Type a text and send it with Enter; it stands there once it went."""
    texts = handset(page, tag).locator(".theirs")
    before = texts.count()
    box = handset(page, tag).locator("textarea")
    box.fill(text)
    box.press("Enter")
    expect(texts).to_have_count(before + 1)


def answered(page: Page, tag: str, texts: int) -> None:
    """Wait until so many texts of the service were delivered to a phone."""
    expect(handset(page, tag).locator(".ours .delivered")).to_have_count(texts)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["narrow", "wide"])
def test_axe_finds_nothing(
    desk: Page, live_server: LiveServer, review_id: int, axe: Callable[..., list[str]],
    scheme: str, size: dict[str, int],
) -> None:  # fmt: skip
    desk.set_viewport_size(size)
    desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    table(desk, live_server, *NUMBERS, front=1)
    front = handset(desk, "ar")
    front.locator("summary").click()
    front.locator("button[value=unknown]").click()
    expect(front.locator(".chip")).to_have_count(1)
    write(desk, "ar", "١")
    expect(front.locator(".story")).to_contain_text("the provider is asked at")
    front.locator("summary").click()
    desk.locator(".rehearse summary").click()
    holds(desk, "en-GB")
    assert axe(desk) == []
    desk.goto(desk.url.replace("phone?", "phone/choose?"))
    holds(desk, "en-GB")
    assert axe(desk) == []


def test_phones_stand_beside_each_other_or_one_at_a_time(
    desk: Page, live_server: LiveServer, review_id: int
) -> None:
    table(desk, live_server, *NUMBERS)
    boxes = [one.bounding_box() for one in desk.locator(".device").all()]
    assert len({round(box["y"]) for box in boxes if box}) == 1
    assert len({round(box["x"]) for box in boxes if box}) == 3
    desk.set_viewport_size(PHONE)
    expect(handset(desk, "ar")).to_be_hidden()
    desk.locator(".tabs a").nth(1).click()
    expect(handset(desk, "ar")).to_be_visible()
    expect(handset(desk, "en-GB")).to_be_hidden()
    bottom = handset(desk, "ar").locator(".keys").bounding_box()
    assert bottom
    assert bottom["y"] + bottom["height"] <= PHONE["height"]


def test_what_is_being_typed_stays_when_other_phones_move(
    desk: Page, live_server: LiveServer, review_id: int
) -> None:
    table(desk, live_server, "en-GB", "ti")
    draft = handset(desk, "en-GB").locator("textarea")
    draft.fill("half a sent")
    handset(desk, "ti").locator(".keys button").first.click()
    answered(desk, "ti", 1)
    expect(draft).to_have_value("half a sent")


def test_it_works_without_a_script(desk: Page, live_server: LiveServer, review_id: int) -> None:
    context = desk.context.browser.new_context(viewport=DESK, java_script_enabled=False)
    page = context.new_page()
    table(page, live_server, "en-GB", "ar")
    handset(page, "ar").locator("textarea").fill("١")
    handset(page, "ar").locator(".send").click()
    expect(handset(page, "ar").locator(".ours")).to_have_count(1)
    for _ in range(20):
        if handset(page, "ar").locator(".ours .delivered").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    answered(page, "ar", 1)
    context.close()


def test_a_link_in_a_text_opens_the_form(
    desk: Page, live_server: LiveServer, review_id: int
) -> None:
    with live_server.database.transaction() as session:
        asked = session.scalars(select(Consultation).where(Consultation.language == "ar")).one()
        token = links.new_link(session, asked, clock.now(), 60)
        body = f"Tap:\n{links.address(live_server.url, token)}"
        letter = Letter(NUMBERS["ar"], body, "ar", MessageKind.REPLY, "link", clock.now())
        post(session, letter)
    table(desk, live_server, "ar")
    desk.get_by_role("button", name="Look for new texts").click()
    answered(desk, "ar", 1)
    with desk.expect_popup() as opened:
        handset(desk, "ar").locator(".bubble a").click()
    assert opened.value.get_attribute("html", "dir") == "rtl"
    expect(opened.value.locator("h1")).to_be_visible()


def test_a_carers_whole_consultation_in_arabic_ends_on_the_officers_pack(
    desk: Page, live_server: LiveServer, review_id: int
) -> None:
    played: Transcript = ARABIC
    table(desk, live_server, "ar", "en-GB")
    write(desk, "ar", "١")
    answered(desk, "ar", 1)
    for number, (_, said) in enumerate(played.turns):
        write(desk, "ar", said)
        answered(desk, "ar", number + 2)
    assert handset(desk, "ar").locator(".story").count() == 0
    expect(handset(desk, "ar").locator(".whose")).to_contain_text("has answered")
    with live_server.database.reading() as session:
        codes = {row.question: row.code for row in session.scalars(select(Answer))}
    assert codes["settling"] == played.answers["settling"]
    _sign_in(desk, live_server, "iro")
    desk.goto(f"{live_server.url}/staff/review/{review_id}")
    pack = desk.locator("main")
    expect(pack).to_contain_text(str(played.answers["working"]))
    quoted = pack.locator("[lang=ar] p", has_text=str(played.answers["working"])).first
    assert quoted.evaluate("e => getComputedStyle(e).direction") == "rtl"
