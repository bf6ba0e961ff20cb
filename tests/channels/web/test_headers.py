"""What every response tells the browser."""

import pytest

from tests.channels.web.phone import child_of_nine

PATHS = (
    "/about",
    "/privacy",
    "/accessibility",
    "/our-numbers",
    "/blank",
    "/healthz",
    "/r/x",
    "/no",
)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_others_runs_and_nothing_is_kept(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_nonce_is_used_once(client):
    nonces = {
        client.get("/about").headers["Content-Security-Policy"].split("nonce-")[1][:16]
        for _ in range(5)
    }
    assert len(nonces) == 5


def test_the_cookie_is_closed_to_scripts_and_to_other_sites(app, database):
    _, phone = child_of_nine(app, database)
    response = phone.client.get(f"/r/{phone.token}")
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_static_files_are_small_and_kept_for_a_year(client):
    html = client.get("/about").text
    address = html.split('rel="stylesheet" href="')[1].split('"')[0]
    with client.get(address, headers={"Accept-Encoding": "br, gzip"}) as response:
        assert response.headers["Content-Encoding"] == "br"
        assert "immutable" in response.headers["Cache-Control"]


def test_a_page_that_repeats_what_was_posted_is_not_compressed(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    squeezed = {"Accept-Encoding": "gzip"}
    data = phone.hidden("/answer/q") | {"text": "something long " * 100}
    answer = phone.client.post("/answer/q", data=data, headers=squeezed)
    assert answer.status_code == 422
    assert "Content-Encoding" not in answer.headers
    page = phone.client.get("/answer/q", headers=squeezed)
    assert page.headers["Content-Encoding"] == "gzip"
