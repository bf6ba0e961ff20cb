"""One answer instead of two, where the page's script asks for it."""

import pytest

from consult_app.channels.web.follow import is_ours
from tests.channels.web.phone import child_of_nine, said

FOLLOW = {"X-Follow": "1"}


def test_a_tap_comes_back_with_the_next_question(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    data = phone.hidden("/answer/q") | {"text": "1"}
    response = phone.client.post("/answer/q", data=data, headers=FOLLOW)
    assert response.status_code == 200
    assert response.headers["X-At"] == "/answer/q"
    assert 'name="question" value="feel"' in response.text
    assert said(session, consultation_id) == {"helper": "me"}


def test_cookies_set_on_the_way_arrive_and_count_on_the_way(app, database):
    _, phone = child_of_nine(app, database)
    phone.get(f"/r/{phone.token}?l=en-GB")
    data = phone.hidden("") | {"l": "en-GB"}
    response = phone.client.post(f"/r/{phone.token}", data=data, headers=FOLLOW)
    assert response.status_code == 200
    assert response.headers["X-At"] == "/answer/readers"
    phone.get("/answer/readers")


def test_without_the_header_a_redirect_is_a_redirect(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    response = phone.client.post("/answer/q", data=phone.hidden("/answer/q") | {"text": "1"})
    assert response.status_code == 303
    assert "X-At" not in response.headers


def test_bad_input_stays_where_it_is(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    data = phone.hidden("/answer/q") | {"text": "what?"}
    response = phone.client.post("/answer/q", data=data, headers=FOLLOW)
    assert response.status_code == 422
    assert "X-At" not in response.headers


def test_leaving_takes_the_cookie_away_on_the_way(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    response = phone.client.post("/answer/exit", headers=FOLLOW)
    assert response.headers["X-At"] == "/blank"
    assert phone.client.get_cookie("session") is None
    phone.get("/answer/q", status=404)


@pytest.mark.parametrize("place", ["", "//elsewhere.example/", "https://elsewhere.example/"])
def test_only_our_own_pages_are_followed(place):
    assert not is_ours(place)
