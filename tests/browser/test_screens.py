"""Houses, columns, one page, who may see an answer and typing, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from consult_app.models.kinds import Role
from tests.browser.conftest import LiveServer
from tests.browser.journey import holds
from tests.browser.test_respondent import begin
from tests.channels.web.phone import ask, said

pytestmark = pytest.mark.browser


def link(live_server: LiveServer, questionnaire: str) -> tuple[int, str]:
    """A child who was asked, and the address of their link."""
    consultation_id, token = ask(live_server.database, role=Role.CHILD, questionnaire=questionnaire)
    return consultation_id, f"{live_server.url}/r/{token}"


@pytest.fixture
def answered(phone: Page, live_server: LiveServer) -> Page:
    """A child's phone on which the first question was answered by a tap."""
    begin(phone, link(live_server, "child_8_11")[1])
    phone.click("button[name=text] >> nth=0")
    return phone


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tag", ["en-GB", "ar", "ti"])
def test_axe_finds_nothing_on_houses_columns_and_open_choices(
    phone: Page, live_server: LiveServer, axe: Callable[..., list[str]], tag: str, scheme: str
) -> None:
    phone.emulate_media(color_scheme=scheme)
    begin(phone, link(live_server, "child_4_7")[1], tag)
    phone.goto(f"{live_server.url}/answer/houses")
    holds(phone, tag)
    assert axe(phone) == []
    begin(phone, link(live_server, "child_8_11")[1], tag)
    phone.locator("details.who summary").click()
    phone.locator("details.typed summary").click()
    assert axe(phone) == []
    phone.goto(f"{live_server.url}/answer/together/last")
    holds(phone, tag)
    assert axe(phone) == []


def test_enter_in_the_written_answer_sends_what_is_written(
    phone: Page, live_server: LiveServer
) -> None:
    consultation_id, address = link(live_server, "child_8_11")
    begin(phone, address)
    phone.locator("details.typed summary").click()
    phone.fill("#typed", "Me, with help")
    phone.press("#typed", "Enter")
    expect(phone.locator(".them")).to_contain_text("Me, with help")
    with live_server.database.reading() as session:
        assert said(session, consultation_id) == {"helper": "with_help"}


def test_what_was_just_said_is_told_to_a_screen_reader(answered: Page) -> None:
    expect(answered.locator("#live")).to_contain_text("You said: Me")
    expect(answered.locator("h1")).to_be_focused()


def test_the_sentence_follows_the_choice_of_who_may_see_it(answered: Page) -> None:
    expect(answered.locator("h1")).to_contain_text("feel today")
    summary = answered.locator("details.who summary")
    summary.click()
    answered.check("input[name=who][value=iro]")
    assert "Only your reviewing officer" in summary.inner_text()
    assert "at the meeting" not in summary.inner_text()


def test_three_columns_stand_beside_each_other_where_there_is_room(
    desk: Page, live_server: LiveServer
) -> None:
    begin(desk, link(live_server, "child_8_11")[1])
    desk.goto(f"{live_server.url}/answer/together/last")
    boxes = [one.bounding_box() for one in desk.locator(".columns > div").all()]
    assert len({box["y"] for box in boxes if box}) == 1
    desk.set_viewport_size({"width": 360, "height": 740})
    boxes = [one.bounding_box() for one in desk.locator(".columns > div").all()]
    assert len({box["y"] for box in boxes if box}) == 3
