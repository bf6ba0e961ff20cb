"""What a page costs: bytes on a slow phone, statements in the database."""

import re
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.channels.web.phone import Phone, child_of_nine

FIRST_PAGE = 14 * 1024
STATEMENTS = 6


@contextmanager
def counted(app):
    """The statements that the service sends meanwhile, BEGIN not among them."""
    pools, seen = app.extensions["consult_database"].pools, []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    for engine in pools:
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in pools:
        event.remove(engine, "before_cursor_execute", note)


def weight(phone: Phone, path: str) -> tuple[int, int]:
    """Bytes on the wire for a page and all that it loads, and how many requests that is."""
    squeezed = {"Accept-Encoding": "gzip, br"}
    page = phone.client.get(path, headers=squeezed)
    phone.get(path)
    loads = re.findall(
        r'<link rel="stylesheet" href="([^"]+)"|<(?:script|img)[^>]* src="', phone.html
    )
    parts = [page, *(phone.client.get(address, headers=squeezed) for address in loads)]
    heads = [len(str(part.headers).encode()) for part in parts]
    bodies = [len(part.data) for part in parts]
    for part in parts:
        part.close()
    return sum(bodies) + sum(heads), len(parts)


@pytest.mark.parametrize("tag", ["en-GB", "ar", "ti"])
def test_door_and_first_question_fit_in_fourteen_kilobytes(app, database, tag):
    _, phone = child_of_nine(app, database)
    bytes_at_door, requests = weight(phone, f"/r/{phone.token}?l={tag}")
    assert bytes_at_door < FIRST_PAGE
    assert requests == 2
    phone.begin(tag)
    bytes_asked, requests = weight(phone, "/answer/q")
    assert bytes_asked < FIRST_PAGE
    assert requests == 2


def test_no_request_of_a_respondent_needs_more_than_six_statements(app, database):
    _, phone = child_of_nine(app, database)
    steps = [
        lambda: phone.client.get(f"/r/{phone.token}"),
        lambda: phone.client.get("/answer/readers"),
        lambda: phone.client.get("/answer/way"),
        lambda: phone.client.post("/answer/q", data=phone.hidden("/answer/q") | {"text": "1"}),
        lambda: phone.client.get("/answer/q"),
        lambda: phone.client.get("/answer/form/0"),
        lambda: phone.client.get("/answer/check"),
    ]
    phone.begin()
    for number, step in enumerate(steps):
        with counted(app) as seen:
            assert step().status_code in (200, 303)
        assert 0 < len(seen) <= STATEMENTS, (number, seen)


def test_a_page_of_answers_needs_no_more_statements_than_one(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin(skin="form")
    data = phone.hidden("/answer/form/0") | {"helper": "me", "feel": "5", "home": "4"}
    with counted(app) as seen:
        phone.client.post("/answer/form/0", data=data)
    assert len(seen) <= STATEMENTS, seen


def test_a_question_is_one_look_and_an_answer_a_look_and_a_write(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    with counted(app) as seen:
        phone.client.get("/answer/q")
    assert len(seen) == 1, seen
    given = phone.hidden("/answer/q") | {"text": "1"}
    with counted(app) as seen:
        phone.client.post("/answer/q", data=given)
    writes = 1 if database.engine.dialect.name == "postgresql" else 2
    assert len(seen) == 1 + writes, seen
    assert not any("FOR UPDATE" in statement for statement in seen)
