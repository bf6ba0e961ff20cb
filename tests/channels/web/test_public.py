"""Pages that anyone may read, and what is said at the end."""

import pytest

from consult_app.models.kinds import Role
from tests.channels.web.phone import Phone, child_of_nine, invite


@pytest.mark.parametrize("tag", ["en-GB", "en-GB-x-easy", "ar", "ti"])
@pytest.mark.parametrize("path", ["about", "privacy", "accessibility", "our-numbers"])
def test_public_pages_in_every_language(app, path, tag):
    html = Phone(app.test_client(), "").get(f"/{path}?l={tag}")
    assert f'<html lang="{tag}"' in html
    assert "⟦en⟧" not in html


def test_how_to_know_that_a_text_is_ours(client, settings):
    html = client.get("/our-numbers").text
    assert "07700\u00a0900999" in html
    assert f"{settings.public_url}/r/" in html
    assert "never ask for your full name, your address, a password or money" in html


def test_the_statement_says_what_falls_short(client):
    html = client.get("/accessibility").text
    assert "What we tested" in html
    assert "no native reader has checked" in html


@pytest.mark.parametrize(
    ("role", "words"), [(Role.CHILD, "What you think comes first"), (Role.HEALTH, "no account")]
)
def test_the_door_speaks_to_who_stands_before_it(app, database, role, words):
    _, phone = invite(app, database, role=role)
    assert words in phone.get(f"/r/{phone.token}")


def test_the_language_of_the_browser_is_met(app):
    phone = app.test_client()
    html = phone.get("/privacy", headers={"Accept-Language": "ti-ER,ar;q=0.5"}).text
    assert '<html lang="ti" dir="ltr">' in html


def test_numbers_read_left_to_right_in_arabic(client):
    html = client.get("/our-numbers?l=ar").text
    assert '<bdi dir="ltr">0800 1111</bdi>' in html
    assert '<bdi dir="ltr">07700 900999</bdi>' in html


def test_healthz(client):
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


def test_a_failure_is_told_kindly(app, database):
    _, phone = child_of_nine(app, database)
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    app.jinja_env.globals.pop("csrf_token")
    response = phone.client.get(f"/r/{phone.token}")
    assert response.status_code == 500
    assert "It is not your fault" in response.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    ("role", "words"),
    [(Role.CHILD, "your reviewing officer"), (Role.CARER, "the reviewing officer")],
)
def test_who_reads_this_is_said_before_the_first_question(app, database, role, words):
    _, phone = invite(app, database, role=role)
    phone.open()
    assert phone.at == "/answer/readers"
    assert f"is {words}" in phone.html
    assert "not safe" in phone.html


def test_what_happens_next_has_a_name_and_a_day(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    phone.get("/answer/check")
    phone.send("/answer/send")
    assert "will read this before the meeting on" in phone.html
    phone.open()
    assert phone.at == "/answer/check"
    assert "You can still change it" in phone.html
