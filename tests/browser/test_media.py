"""Drawing, photographing, speaking and listening in a real browser."""

import base64
import struct
import wave
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route

from consult_app import config
from consult_app.actions.answering import recordings, talk
from consult_app.actions.answering.attachments import Media, examined
from consult_app.actions.staff_access import NewAccount, add_staff
from consult_app.app import create_app
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.attachment import Attachment
from consult_app.models.kinds import Channel, MediaKind, Role, StaffRole
from consult_app.questionnaires.load import load
from tests import chromium
from tests.actions.answering.picture_files import SECRET, chunk, png
from tests.browser.conftest import PHONE, LiveServer
from tests.browser.test_respondent import begin
from tests.browser.test_staff import PASSWORD
from tests.browser.test_staff import _sign_in as sign_in
from tests.channels.web.phone import ask
from tests.factories import make_consultation, make_iro, make_review, make_staff

pytestmark = pytest.mark.browser
FORM = load("child_8_11")
FUN = FORM.questions.index(FORM.by_id["fun"])
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@pytest.fixture
def app(database: Database, settings: config.Settings) -> Iterator[Flask]:
    """A service whose authority allows every way of answering."""
    app = create_app(replace(settings, media=("draw", "photo", "voice")))
    app.config["TESTING"] = True
    yield app
    app.extensions["consult_database"].engine.dispose()


@pytest.fixture
def child(live_server: LiveServer) -> str:
    """The address of a child's link."""
    _, token = ask(live_server.database, role=Role.CHILD, questionnaire="child_8_11")
    return f"{live_server.url}/r/{token}"


@pytest.fixture
def speaking_phone(browser: Browser) -> Iterator[Page]:
    """A phone with a microphone that hums by itself, and whose owner allows it."""
    flags = [*chromium.FLAGS, *MICROPHONE]
    own = browser.browser_type.launch(executable_path=chromium.get(), args=flags)
    yield own.new_page(viewport=PHONE)
    own.close()


def to(page: Page, child: str, what: str, tag: str = "en-GB") -> None:
    """Begin, then open the page of one way, or of listening."""
    begin(page, child, tag)
    page.goto(f"{child.partition('/r/')[0]}/answer/{what}/{FUN}")


def sent(live_server: LiveServer) -> tuple[str | None, str, bytes]:
    """The code, the media type and the content of the one answer that is no words."""
    with live_server.database.reading() as session:
        row = session.query(Attachment).one()
        return session.get_one(Answer, row.answer_id).code, row.media_type, row.content


def nothing_sent(live_server: LiveServer) -> bool:
    """True while no picture or sound is kept."""
    with live_server.database.reading() as session:
        return session.query(Attachment).count() == 0


def pixels(page: Page, kind: str, content: bytes) -> tuple[int, int, int]:
    """Width, height and the number of red dots of a picture, as the browser sees it."""
    address = f"data:{kind};base64,{base64.b64encode(content).decode()}"
    found = page.evaluate(
        """async address => { const image = new Image(); image.src = address; await image.decode();
        const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
        canvas.width = image.width; canvas.height = image.height; pen.drawImage(image, 0, 0);
        const dots = pen.getImageData(0, 0, image.width, image.height).data; let red = 0;
        for (let at = 0; at < dots.length; at += 4) red += dots[at] > 150 && dots[at + 1] < 90;
        return [image.width, image.height, red]; }""",
        address,
    )
    return tuple(found)


def scribble(page: Page) -> None:
    """One line across the canvas, with the mouse."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 150, steps=8)
    page.mouse.up()


def test_a_drawing_is_drawn_and_sent(phone: Page, child: str, live_server: LiveServer):
    to(phone, child, "draw")
    phone.locator(".colour.red input").check()
    scribble(phone)
    phone.click("form[data-media] button.main")
    phone.wait_for_url("**/answer/q")
    assert "Your drawing is sent" in phone.inner_text("main")
    code, kind, content = sent(live_server)
    assert (code, kind) == ("drawing", "image/png")
    width, height, red = pixels(phone, kind, content)
    assert (width, height) == (640, 480)
    assert red > 500


def test_what_was_undone_is_not_sent(phone: Page, child: str, live_server: LiveServer):
    to(phone, child, "draw")
    scribble(phone)
    phone.click("[data-undo]")
    phone.click("form[data-media] button.main")
    phone.wait_for_function("() => document.getElementById('error').textContent")
    assert "nothing to send yet" in phone.inner_text("#error")
    assert nothing_sent(live_server)


def test_another_language_on_the_way_leaves_a_board_to_draw_on(phone: Page, child: str):
    to(phone, child, "draw")
    phone.click("footer summary")
    phone.click("footer button[lang=ti]")
    phone.wait_for_selector("html[lang=ti] .board:not([hidden])")
    scribble(phone)
    phone.click("form[data-media] button.main")
    phone.wait_for_url("**/answer/q")


def test_a_photo_becomes_small_and_loses_its_notes(
    phone: Page, child: str, live_server: LiveServer
):
    to(phone, child, "photo")
    rows = zlib.compress((b"\0" + b"\xff\x00\x00" * 2400) * 1200)
    head = struct.pack(">IIBBBBB", 2400, 1200, 8, 2, 0, 0, 0)
    large = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"eXIf", SECRET)
        + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )  # fmt: skip
    phone.set_input_files("#file", {"name": "x.png", "mimeType": "image/png", "buffer": large})
    phone.wait_for_selector(".preview:not([hidden])")
    phone.click("form[data-media] button.main")
    phone.wait_for_url("**/answer/q")
    code, kind, content = sent(live_server)
    assert (code, kind) == ("photo", "image/jpeg")
    assert SECRET not in content
    assert b"Exif" not in content
    assert pixels(phone, kind, content)[:2] == (1600, 800)


def test_a_voice_note_is_recorded_heard_and_sent(
    speaking_phone: Page, child: str, live_server: LiveServer
):
    to(speaking_phone, child, "voice")
    speaking_phone.click("[data-record]")
    speaking_phone.wait_for_function(
        "() => document.querySelector('.recorder p').textContent == 'Recording now.'"
    )
    speaking_phone.wait_for_timeout(900)
    speaking_phone.click("[data-record]")
    speaking_phone.wait_for_selector(".recorder audio:not([hidden])")
    speaking_phone.wait_for_function(
        "() => document.querySelector('.recorder audio').readyState > 0"
    )
    speaking_phone.click("form[data-media] > button.main")
    speaking_phone.wait_for_url("**/answer/q")
    code, kind, content = sent(live_server)
    assert (code, kind) == ("voice", "audio/webm")
    assert len(content) > 1000


def test_without_a_microphone_it_says_so_and_offers_another_way(phone: Page, child: str):
    to(phone, child, "voice")
    phone.click("[data-record]")
    phone.wait_for_function("() => document.querySelector('.recorder p').textContent")
    assert "microphone cannot be used here" in phone.inner_text(".recorder p")
    assert phone.is_visible("#file")


def test_only_the_page_for_speaking_may_ask_for_the_microphone(speaking_phone: Page, child: str):
    heard = """navigator.mediaDevices.getUserMedia({audio: true}).then(() => "yes", () => "no")"""
    to(speaking_phone, child, "draw")
    assert speaking_phone.evaluate(heard) == "no"
    speaking_phone.goto(speaking_phone.url.replace("draw", "voice"))
    assert speaking_phone.evaluate(heard) == "yes"


def test_listen_says_why_there_is_no_voice(phone: Page, child: str):
    begin(phone, child, "ti")
    phone.click("a.listen")
    phone.wait_for_function("() => document.querySelector('.listening')?.textContent")
    assert "ድምጺ የለን" in phone.inner_text(".listening")
    assert phone.url.endswith("/answer/q")
    assert phone.locator(".listening").get_attribute("role") == "status"


def test_listen_plays_the_recorded_voice_and_stops(
    phone: Page, child: str, live_server: LiveServer
):
    record(live_server)
    begin(phone, child, "ti")
    with phone.expect_response("**/voice/*"):
        phone.click("a.listen")
    phone.wait_for_function(
        "() => document.querySelector('a.listen').textContent.includes('ደው ኣብሉ')"
    )
    phone.click("a.listen")
    phone.wait_for_function("() => document.querySelector('a.listen').textContent.includes('ስምዑ')")


def test_aloud_the_question_is_heard_as_soon_as_it_stands(
    phone: Page, child: str, live_server: LiveServer
):
    record(live_server)
    aloud(phone, child)
    with phone.expect_response("**/voice/*"):
        phone.click("form.deed button.main")
    phone.wait_for_function(
        "() => document.querySelector('a.listen').textContent.includes('ደው ኣብሉ')"
    )
    assert phone.url.endswith("/answer/q")
    phone.click("a.listen")
    phone.wait_for_function("() => document.querySelector('a.listen').textContent.includes('ስምዑ')")


def aloud(page: Page, child: str) -> None:
    """Begin in Tigrinya, with the questions read out as they come."""
    begin(page, child, "ti")
    page.goto(f"{child.partition('/r/')[0]}/answer/way")
    page.check("input[name=aloud]")


def test_a_voice_that_comes_after_its_question_has_gone_is_not_heard(
    phone: Page, child: str, live_server: LiveServer
):
    record(live_server)
    held: list[Route] = []
    heard: list[str] = []

    def hold(route: Route) -> None:
        held.append(route)

    aloud(phone, child)
    phone.route("**/answer/listen/0", hold)
    phone.on("request", lambda one: heard.append(one.url) if "/voice/" in one.url else None)
    with phone.expect_request("**/answer/listen/0"):
        phone.click("form.deed button.main")
    with phone.expect_response("**/answer/listen/*"):
        phone.click("form#q .card >> nth=0")
    with phone.expect_response("**/answer/listen/0"):
        held[0].continue_()
    phone.wait_for_timeout(300)
    assert heard == []


def test_without_a_line_the_question_stays_though_it_cannot_be_read_out(phone: Page, child: str):
    aloud(phone, child)
    phone.route("**/answer/listen/*", lambda route: route.abort())
    with phone.expect_event("requestfailed", lambda one: "/listen/0" in one.url):
        phone.click("form.deed button.main")
    phone.wait_for_timeout(300)
    assert phone.url.endswith("/answer/q")
    assert phone.is_visible("form#q h1")


def test_what_reads_out_is_fetched_again_when_the_line_returns(phone: Page, child: str):
    aloud(phone, child)
    phone.route("**/static/listen*", lambda route: route.abort())
    with phone.expect_event("requestfailed", lambda one: "/static/listen" in one.url):
        phone.click("form.deed button.main")
    phone.wait_for_selector("form#q")
    phone.unroute("**/static/listen*")
    with phone.expect_response("**/static/listen*"):
        phone.click("form#q .card >> nth=0")


def record(live_server: LiveServer) -> None:
    """A voice of five silent seconds for the first question, in Tigrinya."""
    held = BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(bytes((128,)) * 40_000)
    with live_server.database.transaction() as session:
        staff = make_staff(session)
        first = FORM.questions[0]
        recordings.keep(session, first, "ti", held.getvalue(), staff_id=staff.id)


def test_nothing_more_is_loaded_before_listen_is_tapped(phone: Page, child: str):
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    begin(phone, child)
    assert not [url for url in asked if "listen" in url]
    phone.click("a.listen")
    phone.wait_for_function("() => document.querySelector('.listening')?.textContent")
    assert [url for url in asked if "/static/listen" in url]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_runs_out(
    browser: Browser, child: str, axe: Callable[[Page], list[str]], scheme: Literal["light", "dark"]
):
    context = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme=scheme)
    page = context.new_page()
    begin(page, child)
    start = child.partition("/r/")[0]
    for tag in ("en-GB", "ar", "ti"):
        page.goto(f"{start}/answer/q")
        if page.get_attribute("html", "lang") != tag:
            page.click("footer summary")
            page.click(f"footer button[lang={tag}]")
            page.wait_for_selector(f"html[lang={tag}]")
        for what in ("draw", "photo", "voice", "listen"):
            page.goto(f"{start}/answer/{what}/{FUN}")
            assert axe(page) == [], (tag, what)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (tag, what)
    context.close()


def test_what_was_drawn_is_printed_and_what_was_said_is_mentioned(
    desk: Page, live_server: LiveServer
):
    with live_server.database.transaction() as session:
        review = make_review(session, iro=make_iro(session, reference="IRO-1"))
        asked = make_consultation(session, review=review, questionnaire="child_8_11")
        for question, kind, data in (
            ("fun", MediaKind.DRAWING, png()),
            ("home.like", MediaKind.VOICE, b"OggS"),
        ):
            media = examined(kind, data)
            assert isinstance(media, Media)
            talk.attach(
                session, asked, media, talk.Source(Channel.WEB_CHAT, question, question=question)
            )
        new = NewAccount("iro@westmere.example", "Kim", PASSWORD, [StaffRole.IRO], "IRO-1")
        add_staff(session, new)
        address = f"/staff/review/{review.id}"
    sign_in(desk, live_server, "iro")
    desk.goto(live_server.url + address)
    assert desk.is_visible("audio")
    assert desk.is_hidden("p.print")
    desk.emulate_media(media="print")
    assert desk.is_visible(".picture img")
    assert desk.eval_on_selector(".picture img", "image => image.naturalWidth") == 2
    assert desk.is_hidden("audio")
    assert desk.is_visible("p.print")
