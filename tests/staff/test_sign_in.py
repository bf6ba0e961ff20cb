"""Signing in and out: few tries, one plain message, no way round the form."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consult_app.actions.staff_access import NewAccount, add_staff
from consult_app.config import Environment, Settings
from consult_app.models.kinds import StaffRole
from consult_app.staff import accounts
from tests.house_check import check_page

EMAIL, PASSWORD = "kim@westmere.example", "a long enough password"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser, and one account with two roles."""
    with app.extensions["consult_database"].transaction() as session:
        roles = [StaffRole.MANAGER, StaffRole.SUPPORT]
        add_staff(session, NewAccount(EMAIL, "Kim Sample", PASSWORD, roles))
    return app.test_client()


def _token(client: FlaskClient, path: str = accounts.SIGN_IN) -> str:
    found = TOKEN.search(client.get(path).text)
    assert found
    return found.group(1)


def _sign_in(client: FlaskClient, email: str = EMAIL, password: str = PASSWORD, then: str = ""):
    data = {"email": email, "password": password, "csrf_token": _token(client)}
    return client.post(accounts.SIGN_IN + then, data=data)


def test_the_page_holds_together(client: FlaskClient) -> None:
    check_page(client.get(accounts.SIGN_IN).text, respondent=False)


def test_who_was_going_somewhere_arrives_there(client: FlaskClient) -> None:
    sent = client.get("/staff/chasing")
    assert sent.headers["Location"] == "/staff/sign-in?next=/staff/chasing"
    assert _sign_in(client, then="?next=/staff/chasing").headers["Location"] == "/staff/chasing"
    page = client.get("/staff/")
    assert page.status_code == 200
    assert "Kim Sample" in page.text
    check_page(page.text, respondent=False)


def test_an_address_elsewhere_is_not_followed(client: FlaskClient) -> None:
    reply = _sign_in(client, then="?next=https://elsewhere.example/")
    assert "elsewhere" not in reply.headers.get("Location", "")


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "wrong"), ("nobody@westmere.example", PASSWORD), ("", "")]
)
def test_wrong_is_said_the_same_way(client: FlaskClient, email: str, password: str) -> None:
    """Nobody learns whether an address has an account."""
    reply = _sign_in(client, email, password)
    assert reply.status_code == 200
    assert "do not belong together" in reply.text
    for said in ("exist", "Invalid", "required"):
        assert said not in reply.text.replace(" required", "")
    assert client.get("/staff/").status_code == 302


def test_without_the_forms_token_nobody_signs_in(client: FlaskClient) -> None:
    client.post(accounts.SIGN_IN, data={"email": EMAIL, "password": PASSWORD})
    assert client.get("/staff/").status_code == 302


def test_tries_at_one_account_run_out(client: FlaskClient) -> None:
    token = _token(client)
    data = {"email": EMAIL.upper(), "password": "wrong", "csrf_token": token}
    codes = [client.post(accounts.SIGN_IN, data=data).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]
    assert _sign_in(client).status_code == 429
    check_page(_sign_in(client).text, respondent=False)


def test_signing_out_ends_it(client: FlaskClient) -> None:
    _sign_in(client)
    data = {"csrf_token": _token(client, "/staff/")}
    assert client.post("/staff/sign-out", data=data).headers["Location"] == accounts.SIGN_IN
    assert client.get("/staff/").status_code == 302


def test_another_site_cannot_sign_anyone_out(client: FlaskClient) -> None:
    _sign_in(client)
    client.post("/staff/sign-out")
    assert client.get("/staff/").status_code == 200
    assert client.get("/staff/sign-out").status_code == 405


def test_a_writing_form_without_its_token_does_nothing(client: FlaskClient) -> None:
    _sign_in(client)
    assert client.post("/staff/consultation/1/concern", data={"words": "x"}).status_code == 400


def test_nothing_else_of_the_library_is_open(app: Flask) -> None:
    """No registration, no reset, no second door."""
    rules = {rule.rule for rule in app.url_map.iter_rules() if "security" in rule.endpoint}
    assert rules == {accounts.SIGN_IN, "/staff/sign-out"}


def test_cookies_travel_only_encrypted_in_production(settings: Settings) -> None:
    production = type(settings)(**{**vars(settings), "environment": Environment.PRODUCTION})
    assert accounts._options(production)["SESSION_COOKIE_SECURE"] is True
    assert accounts._options(settings)["SESSION_COOKIE_SECURE"] is False
