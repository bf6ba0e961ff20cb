"""Taps that come at the same moment: each is heard, one by one, and none twice."""

from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import update

from consult_app import clock
from consult_app.actions.answering import lightly
from consult_app.models.answer import Answer
from consult_app.models.kinds import ConsultationStatus
from consult_app.models.visit import Visit
from tests.channels.web.phone import Phone, child_of_nine, consultation, said

FEEL = {"helper": "1", "feel": "2", "home": "3", "fun": "I like football.", "school": "1"}


def tapped(app: Flask, phone: Phone, taps: list[dict[str, str]]) -> list[int]:
    """The status of each, all sent at once with the same cookie."""
    start, found = Barrier(len(taps)), []
    cookie = "; ".join(f"{one.key}={one.value}" for one in phone.client._cookies.values())

    def tap(data: dict[str, str]) -> None:
        start.wait(timeout=30)
        client = app.test_client(use_cookies=False)
        found.append(client.post("/answer/q", data=data, headers={"Cookie": cookie}).status_code)

    threads = [Thread(target=tap, args=(data,)) for data in taps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[bool]:
    """For each message, whether it had to be heard again, holding.

    As many as the test says have all looked before the first of them is heard.
    """
    again, hear = [], lightly.hear
    all_looked = Barrier(getattr(request, "param", 1))

    def watched(*given):
        all_looked.wait(timeout=30)
        heard = hear(*given)
        again.append(heard is None)
        return heard

    monkeypatch.setattr(lightly, "hear", watched)
    return again


@pytest.mark.parametrize("held", [len(FEEL)], indirect=True)
def test_answers_to_many_questions_are_all_kept(app, database, session, held) -> None:
    number, phone = child_of_nine(app, database)
    phone.begin()
    token = phone.hidden("/answer/q")["csrf_token"]
    taps = [
        {"csrf_token": token, "id": f"tap {question}", "question": question, "text": text}
        for question, text in FEEL.items()
    ]
    assert tapped(app, phone, taps) == [303] * len(taps)
    assert said(session, number).keys() == FEEL.keys()
    assert session.query(Answer).count() == len(FEEL)
    assert sorted(held) == [False, *[True] * (len(FEEL) - 1)]


@pytest.mark.parametrize("held", [6], indirect=True)
def test_the_same_tap_many_times_is_heard_once(app, database, session, held) -> None:
    number, phone = child_of_nine(app, database)
    phone.begin()
    given = phone.hidden("/answer/q") | {"text": "1"}
    assert tapped(app, phone, [given] * 6) == [303] * 6
    assert session.query(Answer).count() == 1
    assert consultation(session, number).waiting != given["question"]
    assert sorted(held) == [False, *[True] * 5]


def test_an_answer_changed_after_sending_is_heard_holding(app, database, session, held) -> None:
    number, phone = child_of_nine(app, database)
    phone.begin()
    given = phone.hidden("/answer/q")
    phone.client.post("/answer/q", data=given | {"text": "1"})
    phone.get("/answer/check")
    phone.client.post("/answer/send", data=phone.hidden("/answer/send"))
    changed = {"text": "2", "id": "changed", "question": "feel"}
    assert phone.client.post("/answer/q", data=given | changed).status_code == 303
    assert held == [False]
    assert consultation(session, number).status is ConsultationStatus.SUBMITTED
    assert "feel" in said(session, number)


def test_who_is_put_out_while_they_tap_sees_the_closed_door(app, database, monkeypatch) -> None:
    _, phone = child_of_nine(app, database)
    phone.begin()
    given, hear = phone.hidden("/answer/q") | {"text": "1"}, lightly.hear

    def put_out(*seen):
        with database.transaction() as other:
            other.execute(update(Visit).values(ended_at=clock.now()))
        return hear(*seen)

    monkeypatch.setattr(lightly, "hear", put_out)
    late = phone.client.post("/answer/q", data=given)
    stranger = app.test_client().get("/answer/q")
    assert (late.status_code, stranger.status_code) == (404, 404)
    assert "data-kept" not in late.text
    assert "/answer/way" not in late.text
    assert main(late.text) == main(stranger.text)


def main(html: str) -> str:
    """What a page says, without its frame."""
    return html.partition("<main")[2].partition("</main>")[0]
