"""The quarterly survey: no name, no visit, one reply for each browser and quarter."""

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.answering import survey
from consult_app.models.survey_answer import SurveyAnswer
from tests.channels.web.phone import Phone
from tests.channels.web.test_budget import STATEMENTS, counted


def replies(database) -> dict[str, list[SurveyAnswer]]:
    """What was kept, reply by reply."""
    with database.reading() as session:
        kept: dict[str, list[SurveyAnswer]] = {}
        for row in session.scalars(select(SurveyAnswer)):
            kept.setdefault(row.reply, []).append(row)
        session.expunge_all()
        return kept


def open_survey(app, tag="en-GB") -> tuple[Phone, str]:
    """Someone's browser with the survey, and where its form goes."""
    phone = Phone(app.test_client(), "")
    phone.get(f"/survey?l={tag}")
    return phone, f"/survey?l={tag}"


@pytest.mark.parametrize("tag", ["en-GB", "en-GB-x-easy", "ar", "ti"])
def test_a_reply_is_kept_in_every_language(app, database, tag):
    phone, action = open_survey(app, tag)
    assert "⟦en⟧" not in phone.html
    assert "0800 1111" in phone.html
    phone.send(action, q__mood="happy", q__change="More cats")
    assert phone.at == "/survey/thanks"
    assert f'<html lang="{tag}"' in phone.html
    (rows,) = replies(database).values()
    said = {row.question: row.code or row.text for row in rows}
    assert (said["q.mood"], said["q.change"]) == ("happy", "More cats")
    assert {row.quarter for row in rows} == {survey.quarter_of(clock.today())}
    assert {row.language for row in rows} == {tag}


def test_one_reply_for_each_browser_and_quarter(app, database):
    phone, action = open_survey(app)
    data = phone.hidden(action) | {"q-mood": "sad"}
    for _ in range(2):
        assert phone.client.post("/survey", data=data).status_code == 303
    assert len(replies(database)) == 1
    assert "has answered already" in phone.get("/survey")
    other, action = open_survey(app)
    other.send(action, q__mood="okay")
    assert len(replies(database)) == 2


def test_the_next_quarter_it_may_answer_again(app, database):
    phone, _ = open_survey(app)
    phone.client.set_cookie("s", "2020-Q1", path="/survey")
    assert "How do you feel" in phone.get("/survey")


def test_the_cookie_says_nothing_but_the_quarter(app, database):
    phone, action = open_survey(app)
    data = phone.hidden(action) | {"q-mood": "sad"}
    cookies = phone.client.post("/survey", data=data).headers.getlist("Set-Cookie")
    (ours,) = [cookie for cookie in cookies if cookie.startswith("s=")]
    assert ours.startswith(f"s={survey.quarter_of(clock.today())};")
    assert "HttpOnly" in ours
    assert "SameSite=Lax" in ours


@pytest.mark.parametrize("said", [{}, {"q__mood": "rich"}, {"q__change": "  "}])
def test_an_empty_reply_is_asked_for_again(app, database, said):
    phone, action = open_survey(app)
    phone.send(action, status=422, **said)
    assert "Please answer at least one question" in phone.html
    assert replies(database) == {}


def test_nobody_else_can_send_it(app, database):
    assert app.test_client().post("/survey", data={"q-mood": "sad"}).status_code == 400
    assert replies(database) == {}


def test_it_needs_few_statements_and_no_visit(app, database):
    phone, action = open_survey(app)
    data = phone.hidden(action) | {"q-mood": "sad"}
    with counted(app) as seen:
        phone.client.get("/survey")
        phone.client.post(action, data=data)
    assert len(seen) <= STATEMENTS
    assert not any("visit" in statement or "person" in statement for statement in seen)
