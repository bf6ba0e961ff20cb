"""After a review the link speaks of a meeting that is over; who has no part in one may say so."""

from datetime import timedelta

import pytest

from consult_app import clock, language
from consult_app.models.kinds import ConsultationStatus, Purpose, Role
from consult_app.statistics.measures import draw_up
from consult_app.statistics.table import Period
from tests.channels.web.phone import consultation, invite, said

TAGS = ("en-GB", "en-GB-x-easy", "ar", "ti")


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(
    ("role", "name"), [(Role.CHILD, "after_child"), (Role.CARER, "after_carer")]
)
def test_a_link_after_a_review_speaks_of_a_meeting_that_is_over(app, database, role, name, tag):
    _, phone = invite(
        app, database, role=role, questionnaire=name, purpose=Purpose.AFTER, language=tag
    )
    phone.get(f"/r/{phone.token}?l={tag}")
    assert language.words("pages.door.what.after", tag) in phone.html
    assert language.words("pages.door.what", tag) not in phone.html
    phone.send("")
    who = "child" if role is Role.CHILD else "adult"
    told = language.words(f"pages.readers.{who}.reads.after", tag, iro="\u2068Jo\u2069")
    assert told in phone.html


def test_a_child_marks_the_meeting(app, database, session):
    consultation_id, phone = invite(
        app, database, role=Role.CHILD, questionnaire="after_child", purpose=Purpose.AFTER
    )
    phone.begin()
    phone.say("yes")
    phone.say("1")
    assert said(session, consultation_id) == {"after.came": "yes", "after.listened": "5"}


def not_involved(app, database, name):
    """A professional who says that they have no part in it."""
    consultation_id, phone = invite(app, database, role=Role(name), questionnaire=name)
    phone.begin()
    phone.say("2")
    phone.send("/answer/send")
    return consultation_id, phone


@pytest.mark.parametrize("name", ["health", "education"])
def test_not_involved_ends_with_thanks(app, database, session, name):
    consultation_id, phone = not_involved(app, database, name)
    assert phone.at == "/answer/thanks"
    row = consultation(session, consultation_id)
    assert row.status is ConsultationStatus.NOT_INVOLVED
    assert said(session, consultation_id) == {"involved": "no"}


def test_not_involved_stands_beside_the_rate(app, database, session):
    consultation_id, _ = not_involved(app, database, "health")
    row = consultation(session, consultation_id)
    with database.transaction() as writing:
        review = writing.get(type(row), row.id).review
        review.status, review.held_on = "held", review.day
    day = clock.today() + timedelta(days=10)
    found = draw_up(session, "forms", Period(day, day)).found
    health = next(row for row in found.rows if row["role"] == "health")
    assert (health["sent"], health["received"]) == (0, 0)
    assert {note.name: note.count for note in found.notes}["not_involved"] == 1


def test_who_said_so_by_mistake_can_go_on(app, database, session):
    consultation_id, phone = not_involved(app, database, "health")
    phone.open()
    assert phone.at == "/answer/check"
    phone.get("/answer/q/0")
    phone.say("1")
    row = consultation(session, consultation_id)
    assert (row.status, row.submitted_at) == (ConsultationStatus.STARTED, None)
    assert said(session, consultation_id)["involved"] == "yes"
