"""Leaving: the visit is dead on the server, whatever the browser kept."""

from consult_app.models.visit import Visit
from tests.channels.web.phone import child_of_nine, said


def test_leaving_ends_the_visit_on_the_server(app, database, session):
    consultation_id, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    kept = phone.client.get_cookie("session").value
    phone.send("/answer/exit")
    assert phone.at == "/blank"
    phone.get("/answer/q", status=404)
    phone.client.set_cookie("session", kept)
    phone.get("/answer/q", status=404)
    assert phone.client.post("/answer/q", data={"text": "1"}).status_code == 400
    assert len(said(session, consultation_id)) == 1
    assert session.query(Visit).one().ended_at is not None


def test_leaving_needs_no_token_and_no_visit(client):
    response = client.post("/answer/exit")
    assert response.status_code == 303
    assert response.headers["Location"] == "/blank"
    assert response.headers["Clear-Site-Data"] == '"cache"'


def test_leaving_keeps_nothing_in_the_cookie(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    phone.send("/answer/exit")
    assert phone.client.get_cookie("session") is None


def test_the_page_after_leaving_says_nothing(client):
    html = client.get("/blank").text
    assert "Your say" not in html
    assert "<script" not in html


def test_the_link_opens_again_after_leaving(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    phone.send("/answer/exit")
    phone.open()
    assert phone.at == "/answer/q"
