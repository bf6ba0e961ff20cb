"""The demo's phone: what is sent goes through the signed webhook, and it exists only in the demo."""

import dataclasses
import re

import pytest
from sqlalchemy import select

from consult_app.config import Environment
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.kinds import Role
from tests.factories import make_consultation
from tests.house_check import check_page

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def settings(settings):
    return dataclasses.replace(settings, environment=Environment.DEMO)


@pytest.fixture
def person_id(database: Database) -> int:
    with database.transaction() as session:
        return make_consultation(session, role=Role.CARER, language="ar").person_id


def send(client, address: str, body: str) -> str:
    token = TOKEN.search(client.get(address).text)[1]
    sent = client.post(address, data={"csrf_token": token, "body": body})
    assert sent.status_code == 303
    return client.get(address).text


def test_a_conversation_in_the_browser(client, database: Database, person_id: int) -> None:
    address = f"/demo/phone/{person_id}"
    assert address in client.get("/demo/phone").text
    page = send(client, address, "١")
    assert page.count('class="ours"') == 1
    assert "Delivered" in page
    assert '<ol dir="rtl">' in page
    page = send(client, address, "١")
    assert page.count('class="ours"') == page.count('class="theirs"') == 2
    with database.reading() as session:
        assert [a.code for a in session.scalars(select(Answer))] == ["me"]


def test_pages_pass_the_house_check(client, person_id: int) -> None:
    for address in (
        "/demo/phone",
        f"/demo/phone/{person_id}",
        "/demo/phone?role=child&language=ti",
    ):
        check_page(client.get(address).text, respondent=False)


def test_what_is_typed_stays_text(client, person_id: int) -> None:
    page = send(client, f"/demo/phone/{person_id}", "<script>alert(1)</script>{{ 7*7 }}")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7*7 }}" in page


def test_nothing_without_its_token_and_nobody_else(client, person_id: int) -> None:
    assert client.post(f"/demo/phone/{person_id}", data={"body": "x"}).status_code == 400
    assert client.get("/demo/phone/1").status_code == 404


class TestElsewhere:
    """Any environment but the demo."""

    @pytest.fixture
    def settings(self, settings):
        return dataclasses.replace(settings, environment=Environment.TEST)

    def test_there_is_no_phone(self, client, person_id: int) -> None:
        assert client.get("/demo/phone").status_code == 404
        assert client.get(f"/demo/phone/{person_id}").status_code == 404
