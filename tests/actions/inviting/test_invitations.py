"""Everyone who should be asked is asked once, and who is not has a reason."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select, update

from consult_app import workdays
from consult_app.actions.doors import links
from consult_app.actions.inviting.invitations import invite, split_reason
from consult_app.models.consultation import Consultation
from consult_app.models.involvement import Involvement
from consult_app.models.kinds import (
    ConsultationStatus,
    MessageKind,
    MessageState,
    ReviewKind,
    ReviewStatus,
    Role,
)
from consult_app.models.link import Link
from consult_app.models.message import Message
from consult_app.outbox import opted_out
from consult_app.sealing import ring
from tests import factories

ON = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = date(2026, 3, 19)
FORBIDDEN = re.compile(
    r"\b(child|children|care|carers?|social|worker|review\w*|council|department)\b", re.IGNORECASE
)


@pytest.fixture
def review(session):
    """A review of a girl of twelve, with a carer and two parents, thirteen working days ahead."""
    child = factories.make_child(session)
    for role in (Role.CHILD, Role.CARER, Role.PARENT, Role.PARENT):
        factories.make_involvement(session, child, role)
    iro = factories.make_iro(session, name="Marnie Sample")
    return factories.make_review(session, child=child, iro=iro, day=DAY)


def run(session, settings, on=ON):
    """One run of invite on a day, at nine."""
    done = invite(session, settings, on, datetime.combine(on, time(9), tzinfo=UTC))
    session.flush()
    return done


def consultations(session):
    """All consultations, by role and ordinal."""
    session.expire_all()
    return session.scalars(
        select(Consultation).order_by(Consultation.role, Consultation.ordinal)
    ).all()


def messages(session, kind=MessageKind.INVITATION):
    """All messages of a kind, oldest first."""
    return session.scalars(select(Message).where(Message.kind == kind).order_by(Message.id)).all()


def person_of(session, review, role):
    """The person who has `role`, asked or not."""
    query = select(Involvement).where(
        Involvement.child_id == review.child_id, Involvement.role == role
    )
    return session.scalars(query).first()


def test_a_consultation_for_the_child_each_parent_and_each_carer(session, settings, review):
    done = run(session, settings)
    rows = consultations(session)
    assert (done.invited, done.not_consulted, done.reminded) == (4, 0, 0)
    assert [(row.role, row.ordinal, row.questionnaire) for row in rows] == [
        (Role.CARER, 1, "carer"),
        (Role.CHILD, 1, "child_12_15"),
        (Role.PARENT, 1, "parent"),
        (Role.PARENT, 2, "parent"),
    ]
    assert {row.status for row in rows} == {ConsultationStatus.SENT}
    assert all(row.sent_at == NOW and row.proposed_at == NOW for row in rows)


def test_inviting_twice_changes_nothing(session, settings, review):
    run(session, settings)
    before = [(row.id, row.status, row.sent_at) for row in consultations(session)]
    again = run(session, settings)
    assert (again.invited, again.not_consulted, again.proposals) == (0, 0, ())
    assert [(row.id, row.status, row.sent_at) for row in consultations(session)] == before
    assert len(messages(session)) == 4
    assert session.scalar(select(func.count()).select_from(Link)) == 4


def test_each_text_waits_in_the_outbox_with_a_link_that_opens(session, settings, review):
    run(session, settings)
    for message in messages(session):
        token = re.search(r"http://consult\.test/r/(\S{22})(?:\s|$)", message.body)[1]
        assert message.state is MessageState.QUEUED
        assert links.peek(session, token, NOW).id == message.consultation_id
        assert message.to == message.consultation.person.mobile


def test_texts_name_no_child_no_care_and_say_who_is_writing(session, settings, review):
    run(session, settings)
    for after in settings.reminder_days:
        run(session, settings, workdays.after(ON, after))
    bodies = [m.body for m in (*messages(session), *messages(session, MessageKind.REMINDER))]
    assert len(bodies) == 12
    for body in bodies:
        without_link = re.sub(r"http\S+", "", body)
        assert not FORBIDDEN.search(without_link)
        assert "Alex" not in body
        assert "Your say" in body
        assert "%{" not in body
    assert all("Marnie" in body for body in bodies[:4])


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (date(2026, 3, 2), True),
        (date(2026, 3, 23), True),
        (date(2026, 3, 24), False),
        (date(2026, 3, 1), False),
    ],
)
def test_only_reviews_within_fifteen_working_days(session, settings, review, day, asked):
    review.day = day
    assert bool(run(session, settings).proposals) is asked


@pytest.mark.parametrize("status", [ReviewStatus.HELD, ReviewStatus.CANCELLED])
def test_only_reviews_still_to_come(session, settings, review, status):
    review.status, review.held_on = status, DAY
    assert run(session, settings).proposals == ()


@pytest.mark.parametrize(
    ("read", "asked_in"), [("ti", "ti"), ("ar", "ar"), ("en-GB", "en-GB"), ("ln", "en-GB")]
)
def test_asked_in_the_language_they_read_when_it_is_offered(
    session, settings, review, read, asked_in
):
    person_of(session, review, Role.CHILD).person.language_read = read
    run(session, settings)
    row = next(row for row in consultations(session) if row.role is Role.CHILD)
    sent = next(m for m in messages(session) if m.consultation_id == row.id)
    assert row.language == sent.language == asked_in


def test_without_an_officer_the_text_still_says_who_reads(session, settings, review):
    review.iro_id = None
    session.flush()
    session.expire_all()
    run(session, settings)
    assert all("the person who runs the meeting" in m.body for m in messages(session))


class TestNotConsulted:
    """Who is left out, and why."""

    def not_to_be_contacted(self, session, review):
        carer = person_of(session, review, Role.CARER)
        carer.contact_ok, carer.contact_reason = False, "court order"
        return Role.CARER, ("reason.no_contact", "court order")

    def no_number(self, session, review):
        person = person_of(session, review, Role.CARER).person
        person.mobile = person.mobile_hash = None
        return Role.CARER, ("reason.no_number", "")

    def said_stop(self, session, review):
        person = person_of(session, review, Role.CARER).person
        opted_out.add(session, ring().hashes(person.mobile))
        return Role.CARER, ("reason.opted_out", "")

    def too_young(self, session, review):
        review.child.born_on = date(2022, 3, 20)
        factories.make_consultation(
            session,
            review=review,
            person=person_of(session, review, Role.CARER).person,
            role=Role.OBSERVER,
        )
        return Role.CHILD, ("reason.under_four", "")

    def of_no_known_age(self, session, review):
        review.child.born_on = None
        return Role.CHILD, ("reason.no_age", "")

    def nobody_named(self, session, review):
        session.delete(person_of(session, review, Role.CHILD))
        return Role.CHILD, ("reason.nobody_named", "")

    CASES = (
        not_to_be_contacted,
        no_number,
        said_stop,
        too_young,
        of_no_known_age,
        nobody_named,
    )

    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
    def test_is_recorded_with_its_reason(self, session, settings, review, case):
        role, reason = case(self, session, review)
        session.flush()
        done = run(session, settings)
        left_out = [row for row in consultations(session) if row.reason is not None]
        assert (done.invited, done.not_consulted) == (3, 1)
        assert [row.role for row in left_out] == [role]
        assert left_out[0].status is ConsultationStatus.NOT_CONSULTED
        assert split_reason(left_out[0].reason) == reason
        assert left_out[0].sent_at is None
        assert run(session, settings).proposals == ()

    def test_is_asked_as_soon_as_the_reason_is_gone(self, session, settings, review):
        self.nobody_named(session, review)
        session.flush()
        run(session, settings)
        factories.make_involvement(session, review.child, Role.CHILD)
        assert run(session, settings).invited == 1
        row = next(row for row in consultations(session) if row.role is Role.CHILD)
        assert (row.status, row.reason) == (ConsultationStatus.SENT, None)
        assert row.person is not None

    def test_stays_left_out_when_a_person_decided_it(self, session, settings, review):
        carer = person_of(session, review, Role.CARER)
        factories.make_consultation(
            session,
            review=review,
            person=carer.person,
            role=Role.CARER,
            status=ConsultationStatus.NOT_CONSULTED,
            reason="the carer moved this week",
        )
        assert run(session, settings).invited == 3


def test_a_paper_form_already_sent_is_not_asked_for_again(session, settings, review):
    row = factories.make_consultation(session, review=review, role=Role.PARENT)
    row.person_id = None
    session.flush()
    done = run(session, settings)
    assert [p.role for p in done.proposals].count(Role.PARENT) == 1


def test_a_pathway_plan_asks_the_care_leaver(session, settings, review):
    review.kind, review.child.born_on = ReviewKind.PATHWAY_PLAN, date(2007, 3, 1)
    done = run(session, settings)
    assert [(p.role, p.questionnaire, p.reason) for p in done.proposals] == [
        (Role.CARE_LEAVER, "care_leaver", None)
    ]
    assert "There is a meeting" in messages(session)[0].body


class TestUnderFour:
    """A child too young to be asked: who knows them well says what they show."""

    def test_a_carer_is_asked_twice_and_the_child_not(self, session, settings, review):
        review.child.born_on = date(2022, 3, 20)
        done = run(session, settings)
        assert (done.invited, done.not_consulted) == (4, 1)
        rows = {(row.role, row.ordinal): row for row in consultations(session)}
        carer, observer = rows[Role.CARER, 1], rows[Role.OBSERVER, 1]
        assert (carer.questionnaire, observer.questionnaire) == ("carer", "observer")
        assert carer.person_id == observer.person_id
        assert rows[Role.CHILD, 1].status is ConsultationStatus.NOT_CONSULTED
        assert len(messages(session)) == 4

    def test_an_observer_who_is_named_speaks_instead(self, session, settings, review):
        review.child.born_on = date(2022, 3, 20)
        named = factories.make_involvement(session, review.child, Role.OBSERVER)
        run(session, settings)
        asked = [row for row in consultations(session) if row.role is Role.OBSERVER]
        assert [row.person_id for row in asked] == [named.person_id]

    def test_nobody_observes_a_child_of_four(self, session, settings, review):
        review.child.born_on = date(2022, 3, 19)
        factories.make_involvement(session, review.child, Role.OBSERVER)
        run(session, settings)
        assert Role.OBSERVER not in {row.role for row in consultations(session)}


def test_health_and_education_are_asked_where_the_files_name_them(session, settings, review):
    for role in (Role.HEALTH, Role.EDUCATION):
        factories.make_involvement(session, review.child, role)
    done = run(session, settings)
    asked = {p.role: p.questionnaire for p in done.proposals if p.reason is None}
    assert (asked[Role.HEALTH], asked[Role.EDUCATION]) == ("health", "education")
    bodies = [m.body for m in messages(session) if m.consultation.role is Role.HEALTH]
    assert "no part in it" in bodies[0]
    assert not FORBIDDEN.search(re.sub(r"http\S+", "", bodies[0]))


def test_one_number_with_two_invitations_is_counted(session, settings, review):
    carer, parent = (person_of(session, review, role).person for role in (Role.CARER, Role.PARENT))
    parent.mobile, parent.mobile_hash = carer.mobile, carer.mobile_hash
    done = run(session, settings)
    assert (done.invited, done.shared_numbers) == (4, 1)


class TestReminders:
    """Two at most, only to the silent, each with a link of its own."""

    def test_go_on_the_fourth_and_eighth_working_day(self, session, settings, review):
        run(session, settings)
        later = [ON + timedelta(days=step) for step in range(1, 18)]
        counts = [run(session, settings, day).reminded for day in later]
        days = [day for day, count in zip(later, counts, strict=True) if count]
        assert days == [date(2026, 3, 6), date(2026, 3, 12)]
        assert sum(counts) == 8
        tokens = {re.search(r"/r/(\S{22})", m.body)[1] for m in all_messages(session)}
        assert len(tokens) == 12

    @pytest.mark.parametrize(
        "status",
        [
            ConsultationStatus.STARTED,
            ConsultationStatus.SUBMITTED,
            ConsultationStatus.DECLINED,
            ConsultationStatus.UNDELIVERABLE,
        ],
    )
    def test_leave_alone_whoever_answered_or_cannot_be_reached(
        self, session, settings, review, status
    ):
        run(session, settings)
        session.execute(update(Consultation).values(status=status))
        assert run(session, settings, ON + timedelta(days=10)).reminded == 0

    def test_stop_with_the_number(self, session, settings, review):
        run(session, settings)
        for message in messages(session):
            opted_out.add(session, ring().hashes(message.to))
        assert run(session, settings, ON + timedelta(days=10)).reminded == 0

    def test_after_missed_days_only_the_latest_goes(self, session, settings, review):
        run(session, settings)
        late = ON + timedelta(days=11)
        assert run(session, settings, late).reminded == 4
        keys = [m.once_key for m in messages(session, MessageKind.REMINDER)]
        assert all(key.startswith("reminder2:") for key in keys)
        assert run(session, settings, late + timedelta(days=1)).reminded == 0

    def test_end_when_the_review_is_off_or_over(self, session, settings, review):
        run(session, settings)
        review.status = ReviewStatus.CANCELLED
        assert run(session, settings, ON + timedelta(days=10)).reminded == 0


def all_messages(session):
    """Every message there is."""
    return session.scalars(select(Message)).all()
