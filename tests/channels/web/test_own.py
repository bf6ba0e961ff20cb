"""One's own copy: read again and kept, in one's language, without what is covered."""

import pytest

from tests.channels.web.phone import child_of_nine
from tests.house_check import check_page

SECRET = "purple-canary"


def said(app, database, tag="en-GB"):
    """A child who chose a face and wrote some words."""
    consultation_id, phone = child_of_nine(app, database)
    phone.begin(tag, skin="form")
    phone.send("/answer/form/0", helper="me", feel="5", home="4", home__change=SECRET)
    return consultation_id, phone


def test_the_copy_has_their_own_words(app, database):
    _, phone = said(app, database)
    html = phone.get("/answer/own")
    assert SECRET in html
    assert "covered" not in html


def test_the_file_stands_alone_under_a_neutral_name(app, database):
    _, phone = said(app, database)
    response = phone.client.get("/answer/own/copy")
    assert response.headers["Content-Disposition"] == 'attachment; filename="copy.html"'
    assert SECRET in response.text
    assert "<title>My copy</title>" in response.text
    assert not any(sign in response.text for sign in ("<script", "<link", "href=", "src="))
    check_page(response.text, respondent=False)


@pytest.mark.parametrize(("tag", "title"), [("ar", "نسختي"), ("ti", "ቅዳሐይ")])
def test_the_file_is_in_their_language(app, database, tag, title):
    _, phone = said(app, database, tag)
    text = phone.client.get("/answer/own/copy").text
    assert f'<html lang="{tag}"' in text
    assert f"<h1>{title}</h1>" in text


def test_what_was_said_before_is_covered_on_return(app, database):
    _, phone = said(app, database)
    phone.open()
    html = phone.get("/answer/own")
    assert SECRET not in html
    assert "is covered" in html
    assert SECRET not in phone.client.get("/answer/own/copy").text


def test_what_was_added_stands_beside_what_was_said(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    phone.say("1")
    phone.get("/answer/check")
    phone.send("/answer/send")
    for words in ("First more", "Second more"):
        phone.get("/answer/add")
        phone.send("/answer/add", words=words)
    html = phone.get("/answer/own")
    assert html.index("First more") < html.index("Second more")
    assert html.count("Added later") == 2


def test_nobody_reads_a_copy_without_a_visit(client):
    for path in ("/answer/own", "/answer/own/copy", "/answer/tell", "/answer/thanks"):
        assert client.get(path).status_code == 404
