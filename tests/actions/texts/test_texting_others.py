"""By text too: a professional without a part in it, and a child after the meeting."""

import pytest

from consult_app import clock
from consult_app.actions.texts.text_turn import InboundText
from consult_app.actions.texts.texting import receive
from consult_app.models.kinds import ConsultationStatus, Purpose, Role
from tests import factories


@pytest.fixture
def text(session, settings):
    """Send a text as the person of a consultation."""
    sent = []

    def send(row, body):
        sent.append(body)
        said = InboundText(f"SM{len(sent)}", row.person.mobile, body, clock.now())
        receive(session, said, settings)
        session.flush()

    return send


def test_not_involved_closes_it(session, text):
    row = factories.make_consultation(session, role=Role.HEALTH, depth="short")
    for body in ("1", "2"):
        text(row, body)
    assert (row.status, row.finished) == (ConsultationStatus.NOT_INVOLVED, True)


def test_who_has_a_part_goes_on(session, text):
    row = factories.make_consultation(session, role=Role.EDUCATION, depth="short")
    for body in ("1", "1"):
        text(row, body)
    assert row.status is ConsultationStatus.STARTED
    assert row.waiting not in (None, "involved")


def test_after_the_meeting_the_first_number_begins_what_was_asked_last(session, text):
    before = factories.make_consultation(session, role=Role.CHILD)
    after = factories.make_consultation(
        session,
        review=before.review,
        person=before.person,
        role=Role.CHILD,
        purpose=Purpose.AFTER,
        questionnaire="after_child",
        depth="short",
    )
    for body in ("1", "yes"):
        text(after, body)
    assert before.status is ConsultationStatus.SENT
    assert (after.status, after.waiting) == (ConsultationStatus.STARTED, "after.listened")
