"""The demo's phones without a network: the table, whose they are, and only in the demo."""

import dataclasses
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from consult_app import clock, language
from consult_app.config import Environment, Settings, from_environment
from consult_app.db import Database
from consult_app.demo.mischief import Event, Mischief
from consult_app.demo.people import key_of, stranger_key
from consult_app.models.answer import Answer
from consult_app.models.kinds import (
    ConsultationStatus,
    InboundState,
    MessageKind,
    MessageState,
    Role,
)
from consult_app.outbox.post import Letter, post
from tests.conftest import environment
from tests.factories import make_consultation, make_person
from tests.house_check import check_page

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
NUMBERS = ("+447700900101", "+447700900102", "+447700900103", "+447700900104")
NUMBER = NUMBERS[0]
TAGS = ("ar", "en-GB", "ti", "en-GB")


def without_network(database_url: str, tmp_path: Path, kind: Environment) -> Settings:
    spool = {"CONSULT_SPOOL": str(tmp_path / "spool")}
    settings = from_environment(environment(database_url) | spool)
    return dataclasses.replace(settings, environment=kind)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return without_network(database_url, tmp_path, Environment.DEMO)


@pytest.fixture(autouse=True)
def _carers(database: Database) -> None:
    with database.transaction() as session:
        for number, tag in zip(NUMBERS, TAGS, strict=True):
            person = make_person(session, mobile=number, name=f"Sam {number[-3:]}")
            make_consultation(session, role=Role.CARER, person=person, language=tag)


def address(*numbers: str) -> str:
    return "/demo/phone?" + "&".join(f"on={key_of(number)}" for number in numbers)


def press(client, wish: str, number: str = NUMBER, **fields: str) -> str:
    token = TOKEN.search(client.get(address(number)).text)[1]
    key = key_of(number)
    sent = client.post(f"/demo/phone/{key}/{wish}?on={key}", data={"csrf_token": token, **fields})
    assert sent.status_code == 303
    return client.get(sent.location).text


def test_a_conversation_in_the_browser(client, database: Database) -> None:
    page = press(client, "send", body="١")
    assert page.count('class="ours') == 1
    assert "Delivered" in page
    assert re.search(r'<ol data-live="thread" dir="rtl">', page)
    page = press(client, "send", quick="١")
    assert page.count('class="ours') == page.count('class="theirs') == 2
    with database.reading() as session:
        assert [a.code for a in session.scalars(select(Answer))] == ["me"]


def test_each_text_shows_its_parts_its_alphabet_and_its_cost(client, database: Database) -> None:
    with database.transaction() as session:
        for body in ("a" * 161, "ሰላም"):
            letter = Letter(NUMBER, body, "en-GB", MessageKind.REPLY, body[:9], clock.now())
            post(session, letter)
    page = press(client, "send", body=" ")
    assert "GSM-7 · 161/306 · 2 parts · 8p" in page
    assert "UCS-2 · 3/70 · 1 part · 4p" in page
    assert "To this phone: 2 texts in 3 parts, 12p. From it: 0 texts." in page


def test_phones_side_by_side_each_as_its_person_reads(client) -> None:
    found = client.get("/demo/phone", follow_redirects=True)
    assert found.request.args.getlist("on")
    page = found.text
    assert page.count('<section class="handset') == 3
    assert re.findall(r'<ol data-live="thread" dir="(\w+)"', page) == ["ltr", "rtl", "ltr"]
    assert page.count('value="١"') == page.count('value="፩"') == page.count('value="1"') == 1
    assert 'title="STOP">توقف<' in page


def test_another_phone_is_put_in_a_place_and_put_away(client) -> None:
    two = address(*NUMBERS[:2]) + "&front=1"
    listed = client.get(two.replace("phone?", "phone/choose?")).text
    assert "07700 900 103" in listed
    links = [
        link.replace("&amp;", "&") for link in re.findall(r'class="owner" href="(.+?)"', listed)
    ]
    wanted = f"{address(NUMBERS[0], NUMBERS[2])}&front=1"
    assert wanted in links
    assert f"{address(*NUMBERS[:2][::-1])}&front=1" in links  # they change places
    page = client.get(wanted).text
    assert page.count('<section class="handset front"') == 1
    away = f"{address(NUMBERS[2])}&front=0".replace("&", "&amp;")
    assert f'href="{away}">Put away' in page


def test_a_number_of_two_people_shows_both(client, database: Database) -> None:
    with database.transaction() as session:
        person = make_person(session, mobile=NUMBER, name="Robin Sample")
        make_consultation(session, role=Role.CHILD, person=person)
    page = client.get(address(NUMBER)).text
    assert "<bdi>Sam 101</bdi>" in page
    assert "<bdi>Robin Sample</bdi>" in page


def test_a_strangers_text_is_put_aside(client, database: Database) -> None:
    key = stranger_key()
    token = TOKEN.search(client.get(f"/demo/phone?on={key}").text)[1]
    client.post(f"/demo/phone/{key}/send", data={"csrf_token": token, "body": "Hello"})
    page = client.get(f"/demo/phone?on={key}").text
    assert "Put aside for a person" in page
    assert "told nothing, kept for staff" in page


def test_a_page_without_script_looks_again_only_while_something_moves(client, database) -> None:
    refresh = '<meta http-equiv="refresh"'
    assert refresh not in client.get(address(NUMBER)).text
    with database.transaction() as session:
        soon = clock.now() + timedelta(seconds=30)
        post(session, Letter(NUMBER, "Hello", "ar", MessageKind.REPLY, "once", soon))
    page = client.get(address(NUMBER)).text
    assert refresh in page
    assert refresh not in client.get(address(NUMBERS[1])).text


def test_everything_that_can_stand_on_a_phone_has_words() -> None:
    said = [f"message.{state}" for state in MessageState]
    said += [f"inbound.{state}" for state in InboundState]
    said += [f"state.{status}" for status in ConsultationStatus] + [f"role.{r}" for r in Role]
    said += [f"event.{event}" for event in Event] + [f"mischief.{kind}" for kind in Mischief]
    assert [key for key in said if not language.has(f"staff_phone.{key}", "en-GB")] == []


def test_pages_pass_the_house_check(client) -> None:
    for each in ("/demo/phone", address(NUMBER), "/demo/phone/choose?role=child&language=ti"):
        check_page(client.get(each, follow_redirects=True).text, respondent=False)


def test_the_fragment_holds_the_same_phones(client) -> None:
    fragment = client.get(address(NUMBER).replace("phone?", "phone/live?")).text
    assert fragment.count('<section class="handset') == 1
    assert "<html" not in fragment


def test_what_is_typed_stays_text(client) -> None:
    page = press(client, "send", body="<script>alert(1)</script>{{ 7*7 }}")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7*7 }}" in page


def test_a_link_opens_what_it_names(client, database: Database) -> None:
    with database.transaction() as session:
        body = "Tap:\nhttp://consult.test/r/abc\nor send 1."
        post(session, Letter(NUMBER, body, "en-GB", MessageKind.REPLY, "link", clock.now()))
    page = client.get(address(NUMBER)).text
    assert page.count('<a href="http://consult.test/r/abc" target="_blank" rel="noopener"') == 1


def test_nothing_without_its_token_and_nobody_else(client) -> None:
    key = key_of(NUMBER)
    for wish in ("send", "plan", "swap", "share"):
        assert client.post(f"/demo/phone/{key}/{wish}", data={"body": "x"}).status_code == 400
    token = TOKEN.search(client.get(address(NUMBER)).text)[1]
    for nobody in ("0" * 16, "x", "%25" * 16):
        sent = client.post(f"/demo/phone/{nobody}/send", data={"csrf_token": token, "body": "x"})
        assert sent.status_code == 404


class TestElsewhere:
    """Any environment but the demo."""

    @pytest.fixture
    def settings(self, database_url: str, tmp_path: Path) -> Settings:
        return without_network(database_url, tmp_path, Environment.TEST)

    def test_there_is_no_phone(self, client) -> None:
        assert client.get("/demo/phone").status_code == 404
        assert client.get(address(NUMBER)).status_code == 404
