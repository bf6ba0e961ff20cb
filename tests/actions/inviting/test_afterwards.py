"""After a review whoever was asked or came is asked once how it was, and nothing else changes."""

import re
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from consult_app.actions.answering import talk
from consult_app.actions.answering.remembering import Source
from consult_app.actions.doors import links
from consult_app.actions.inviting import afterwards
from consult_app.actions.inviting.asking import Desk
from consult_app.actions.texts.whose import Words, whose
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import (
    Channel,
    ConsultationStatus,
    Purpose,
    ReviewStatus,
    Role,
)
from consult_app.models.message import Message
from consult_app.outbox import opted_out
from consult_app.sealing import ring
from consult_app.staff import pack
from consult_app.statistics.measures import draw_up
from consult_app.statistics.table import Period
from tests import factories

HELD = date(2026, 3, 2)
ON = date(2026, 3, 4)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
FORBIDDEN = re.compile(r"\b(child|children|care|carers?|social|review\w*|council)\b", re.I)


@pytest.fixture
def review(session):
    """A review that was held, of a girl of twelve, asked before it as her carer and parent were."""
    review = factories.make_review(session, day=HELD, held_on=HELD, status=ReviewStatus.HELD)
    for role in (Role.CHILD, Role.CARER, Role.PARENT, Role.HEALTH):
        part = factories.make_involvement(session, review.child, role)
        factories.make_consultation(session, review=review, person=part.person, role=role)
    return review


def run(session, settings, on=ON):
    """One morning's asking."""
    count = afterwards.ask(Desk(session, settings, datetime.combine(on, time(9), tzinfo=UTC)), on)
    session.flush()
    return count


def after(session, role=None):
    """What was asked after reviews."""
    query = select(Consultation).where(Consultation.purpose == Purpose.AFTER)
    rows = session.scalars(query.order_by(Consultation.id)).all()
    return [row for row in rows if role in (None, row.role)]


def before(session, role):
    """Who was asked as `role` before the review."""
    query = select(Consultation).where(
        Consultation.purpose == Purpose.BEFORE, Consultation.role == role
    )
    return session.scalars(query).one()


def test_whoever_was_asked_is_asked_how_it_was_once(session, settings, review):
    assert run(session, settings) == 4
    assert {row.role: row.questionnaire for row in after(session)} == {
        Role.CHILD: "after_child",
        Role.CARER: "after_carer",
        Role.PARENT: "after_parent",
        Role.HEALTH: "after_professional",
    }
    assert {row.status for row in after(session)} == {ConsultationStatus.SENT}
    assert run(session, settings) == 0


def test_the_texts_open_their_own_questions_and_tell_nobody_what_it_is(session, settings, review):
    run(session, settings)
    now = datetime.combine(ON, time(10), tzinfo=UTC)
    for message in session.scalars(select(Message)):
        token = re.search(r"/r/(\S{22})", message.body)[1]
        assert links.peek(session, token, now).purpose is Purpose.AFTER
        assert not FORBIDDEN.search(re.sub(r"http\S+", "", message.body))
        assert "The meeting on Monday 2 March is over" in message.body


@pytest.mark.parametrize(
    ("on", "asked"),
    [(HELD, 0), (date(2026, 3, 3), 4), (date(2026, 3, 16), 4), (date(2026, 3, 17), 0)],
)
def test_from_the_day_after_for_ten_working_days(session, settings, review, on, asked):
    assert run(session, settings, on) == asked


@pytest.mark.parametrize("status", [ReviewStatus.SCHEDULED, ReviewStatus.CANCELLED])
def test_only_when_it_was_held(session, settings, review, status):
    review.status = status
    assert run(session, settings) == 0


@pytest.mark.parametrize(
    "status",
    [ConsultationStatus.DECLINED, ConsultationStatus.UNDELIVERABLE,
     ConsultationStatus.NOT_INVOLVED, ConsultationStatus.WITHDRAWN],
)  # fmt: skip
def test_not_who_declined_had_no_part_or_is_out_of_reach(session, settings, review, status):
    before(session, Role.CARER).status = status
    assert run(session, settings) == 3
    assert after(session, Role.CARER) == []


def test_not_who_may_not_be_contacted_now_or_said_stop(session, settings, review):
    opted_out.add(session, ring().hashes(before(session, Role.CARER).person.mobile))
    parent = before(session, Role.PARENT).person
    factories.make_involvement(session, review.child, Role.OTHER, person=parent, contact_ok=False)
    assert run(session, settings) == 2


def test_a_child_who_came_is_asked_though_nobody_asked_before(session, settings):
    review = factories.make_review(
        session, day=HELD, held_on=HELD, status=ReviewStatus.HELD, child_attended=True
    )
    part = factories.make_involvement(session, review.child, Role.CHILD)
    part.person.language_read = "ti"
    assert run(session, settings) == 1
    (row,) = after(session)
    assert (row.role, row.person_id, row.language) == (Role.CHILD, part.person_id, "ti")
    assert run(session, settings) == 0


def test_a_child_under_four_is_not_asked(session, settings, review):
    review.child.born_on = date(2023, 1, 1)
    run(session, settings)
    assert after(session, Role.CHILD) == []


def test_a_text_is_about_what_was_asked_last(session, settings, review):
    run(session, settings)
    row = after(session, Role.CHILD)[0]
    since, written = datetime(2026, 1, 1, tzinfo=UTC), Words("1", row.sent_at)
    found = whose(session, row.person.mobile, since, written)
    assert found.one is row


def test_it_counts_neither_as_sent_nor_as_returned(session, settings, review):
    def rows():
        return [dict(row) for row in draw_up(session, "forms", YEAR).found.rows]

    counted = rows()
    run(session, settings)
    for row in after(session):
        talk.submit(row, Source(Channel.WEB_CHAT, "x"))
    session.flush()
    assert rows() == counted


def test_the_pack_shows_it_apart(session, settings, review):
    run(session, settings)
    row = after(session, Role.CHILD)[0]
    row.depth = "full"
    talk.answer_page(session, row, {"after.good": "Everybody had cake"}, Source(Channel.SMS, "y"))
    talk.submit(row, Source(Channel.SMS, "y"))
    session.flush()
    found = pack.read(session, review)
    assert {v.consultation.purpose for v in found.voices} == {Purpose.BEFORE}
    said = [s.words for v in found.afterwards for part in v.parts for s in part.said]
    assert said == [("Everybody had cake",)]
    assert not any(voice.late for voice in found.afterwards)
