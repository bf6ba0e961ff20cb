"""After sending and between reviews: adding something, and writing to the reviewing officer."""

from datetime import timedelta

import pytest

from consult_app import clock
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import ConcernLevel, ConsultationStatus, Role
from tests.channels.web.phone import answers, child_of_nine, invite
from tests.channels.web.test_budget import STATEMENTS, counted
from tests.factories import make_consultation, make_iro, make_review


def concerns(database) -> list[Concern]:
    """Every concern, oldest first."""
    with database.reading() as session:
        rows = session.query(Concern).order_by(Concern.id).all()
        session.expunge_all()
        return rows


def sent(app, database, **values):
    """A child who has answered one question and sent it."""
    consultation_id, phone = child_of_nine(app, database, **values)
    phone.begin()
    phone.say("1")
    phone.get("/answer/check")
    phone.send("/answer/send")
    return consultation_id, phone


def let_pass(database, consultation_id: int) -> None:
    """The review was yesterday."""
    with database.transaction() as session:
        review = session.get_one(Consultation, consultation_id).review
        review.day = review.planned_on = clock.today() - timedelta(days=1)


def test_what_is_added_stands_beside_what_was_said_and_calls_the_officer(app, database, session):
    consultation_id, phone = sent(app, database)
    phone.get("/answer/add")
    phone.send("/answer/add", words="And the swimming badge")
    assert "gets your message" in phone.html
    row = answers(session, consultation_id)[-1]
    assert (row.question, row.text, row.audience) == ("other", "And the swimming badge", "iro")
    assert row.client_id.startswith("add-")
    (concern,) = concerns(database)
    assert (concern.level, concern.reason) == (ConcernLevel.REQUEST, "added")
    assert concern.evidence == "And the swimming badge"


def test_adding_twice_with_one_page_adds_once(app, database, session):
    consultation_id, phone = sent(app, database)
    phone.get("/answer/add")
    data = phone.hidden("/answer/add") | {"words": "Only once"}
    for _ in range(2):
        assert phone.client.post("/answer/add", data=data).status_code == 303
    assert [row.text for row in answers(session, consultation_id)].count("Only once") == 1
    assert len(concerns(database)) == 1


def test_nothing_written_is_asked_for_again(app, database):
    _, phone = sent(app, database)
    phone.get("/answer/add")
    phone.send("/answer/add", words="  ", status=422)
    assert "Please write something first" in phone.html
    assert concerns(database) == []


def test_nothing_is_added_before_sending(app, database):
    _, phone = child_of_nine(app, database)
    phone.begin()
    phone.get("/answer/add")
    assert phone.at == "/answer/tell"


def test_a_message_reaches_the_officer_with_its_topic(app, database):
    consultation_id, phone = child_of_nine(app, database)
    phone.open()
    phone.get("/answer/tell")
    assert "reads what you write here" in phone.html
    phone.send("/answer/tell", topic="problem", words="My bike is gone")
    assert phone.at == "/answer/told"
    assert "Messages are read in office hours" in phone.html
    (concern,) = concerns(database)
    assert (concern.consultation_id, concern.level) == (consultation_id, ConcernLevel.REQUEST)
    assert (concern.reason, concern.question) == ("message", "tell.problem")
    assert concern.evidence == "My bike is gone"
    assert b"bike" not in (concern.evidence_sealed or b"")


@pytest.mark.parametrize("words", ["he hits me", "help"])
def test_words_of_distress_are_a_matter_of_safety(app, database, words):
    _, phone = child_of_nine(app, database)
    phone.open()
    phone.get("/answer/tell")
    phone.send("/answer/tell", topic="tell", words=words)
    assert "call 999" in phone.html
    assert concerns(database)[0].level is ConcernLevel.SAFETY


def test_the_same_message_again_is_one_and_another_is_two(app, database):
    _, phone = child_of_nine(app, database)
    phone.open()
    for words in ("Good marks", "Good marks", "A new friend"):
        phone.get("/answer/tell")
        phone.send("/answer/tell", topic="good", words=words)
    assert [concern.evidence for concern in concerns(database)] == ["Good marks", "A new friend"]


@pytest.mark.parametrize(
    ("topic", "status"),
    [
        ("advocate", 200),
        ("complaint", 200),
        ("language", 200),
        ("tell", 422),
        ("", 422),
        ("x", 422),
    ],
)
def test_what_is_asked_for_needs_no_words_and_news_do(app, database, topic, status):
    _, phone = child_of_nine(app, database)
    phone.open()
    phone.get("/answer/tell")
    phone.send("/answer/tell", topic=topic, words="", status=status)
    assert len(concerns(database)) == (status == 200)


def test_after_the_review_the_link_leads_to_writing_and_nothing_changes(app, database, session):
    consultation_id, phone = sent(app, database)
    let_pass(database, consultation_id)
    before = len(answers(session, consultation_id))
    phone.open()
    assert phone.at == "/answer/tell"
    assert "your answers stay as they are" in phone.html
    for path in ("/answer/q", "/answer/form/0", "/answer/check", "/answer/add", "/answer/way"):
        phone.get(path)
        assert phone.at == "/answer/tell", path
    data = phone.hidden("/answer/tell") | {"text": "2", "words": "late"}
    for path in ("/answer/q", "/answer/add", "/answer/form/0", "/answer/send"):
        assert phone.client.post(path, data=data).headers["Location"] == "/answer/tell", path
    assert len(answers(session, consultation_id)) == before


def test_after_the_review_the_language_can_be_changed(app, database):
    consultation_id, phone = sent(app, database)
    let_pass(database, consultation_id)
    phone.open()
    phone.send("/answer/language", l="ti")
    assert phone.at == "/answer/tell"
    assert '<html lang="ti"' in phone.html


def test_a_message_goes_to_who_runs_the_newest_review(app, database):
    consultation_id, phone = sent(app, database)
    let_pass(database, consultation_id)
    with database.transaction() as session:
        old = session.get_one(Consultation, consultation_id)
        review = make_review(
            session, child=old.review.child, iro=make_iro(session, name="Nova Newer")
        )
        newer = make_consultation(session, review=review, person=old.person).id
    phone.open()
    assert "Nova" in phone.html
    phone.send("/answer/tell", topic="tell", words="Hello again")
    assert "Nova" in phone.html
    assert concerns(database)[0].consultation_id == newer


def test_another_persons_review_gets_no_message(app, database):
    consultation_id, phone = sent(app, database)
    with database.transaction() as session:
        old = session.get_one(Consultation, consultation_id)
        review = make_review(
            session, child=old.review.child, day=clock.today() + timedelta(days=90)
        )
        make_consultation(session, review=review, role=Role.PARENT)
    phone.get("/answer/tell")
    phone.send("/answer/tell", topic="good", words="All well")
    assert concerns(database)[0].consultation_id == consultation_id


def test_what_happens_next_is_said_with_a_day_and_ways_on(app, database):
    _, phone = sent(app, database)
    assert "What happens next" in phone.html
    for way in ("/answer/own", "/answer/add", "/answer/check", "/answer/tell"):
        assert f'href="{way}"' in phone.html


def test_who_has_no_part_in_it_is_thanked(app, database):
    consultation_id, phone = invite(app, database, role=Role.CARER)
    phone.open()
    with database.transaction() as session:
        session.get_one(Consultation, consultation_id).status = ConsultationStatus.NOT_INVOLVED
    phone.get("/answer/thanks")
    assert "You have no part in this" in phone.html
    assert "will read this before" not in phone.html


@pytest.mark.parametrize("tag", ["en-GB", "en-GB-x-easy", "ar", "ti"])
def test_each_page_in_each_language(app, database, tag):
    _, phone = sent(app, database)
    phone.send("/answer/language", l=tag)
    for path in ("thanks", "own", "add", "tell", "told"):
        phone.get(f"/answer/{path}")
        assert f'<html lang="{tag}"' in phone.html
        assert "⟦en⟧" not in phone.html


def test_no_page_needs_more_than_six_statements(app, database):
    _, phone = sent(app, database)
    phone.get("/answer/tell")
    telling = phone.hidden("/answer/tell") | {"topic": "tell", "words": "x"}
    phone.get("/answer/add")
    adding = phone.hidden("/answer/add") | {"words": "y"}
    steps = [("tell", telling), ("add", adding)]
    steps += [(path, None) for path in ("thanks", "own", "own/copy", "tell", "told", "add")]
    for path, data in steps:
        with counted(app) as seen:
            if data is None:
                phone.client.get(f"/answer/{path}")
            else:
                phone.client.post(f"/answer/{path}", data=data)
        assert len(seen) <= STATEMENTS, (path, seen)
