"""By which channel somebody is asked, reminded, and asked again where no text arrives."""

import dataclasses
import json
from datetime import UTC, datetime, time

import pytest
from sqlalchemy import func, select

from consult_app import workdays
from consult_app.actions.inviting import asking, mail_stops
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, ConsultationStatus, MessageState, Role
from consult_app.models.link import Link
from consult_app.models.message import Message
from consult_app.outbox import opted_out
from consult_app.outbox.reach import note_end
from consult_app.sealing import ring
from tests import factories
from tests.actions.inviting.test_invitations import DAY, ON, run
from tests.house_check import check_page

ADDRESS = "1 High Street\nWestmere\nWM1 1AA"
EMAIL = "sam@example.org"
SMS, WHATSAPP, MAIL, LETTER = Channel.SMS, Channel.WHATSAPP, Channel.EMAIL, Channel.LETTER


@pytest.fixture
def settings(settings):
    """A service that has every way."""
    return dataclasses.replace(
        settings,
        whatsapp_from="+447700900998",
        mail_url="smtp://127.0.0.1:25",
        mail_from="say@example.org",
        notify_templates={"letter": "t"},
    )


@pytest.fixture
def somebody(session):
    """Makes one person who is to be asked, with the ways that are named."""

    def make(role=Role.CARER, **ways):
        person = factories.make_person(session, language_read=ways.pop("language_read", "en-GB"))
        if not ways.pop("mobile", True):
            person.mobile = person.mobile_hash = None
        for name, value in ways.items():
            setattr(person, name, value)
        review = factories.make_review(session, day=DAY)
        factories.make_involvement(session, review.child, role, person=person, contact_ok=True)
        return person

    return make


def sent(session):
    """What stands in the outbox, oldest first."""
    session.flush()
    session.expire_all()
    return session.scalars(select(Message).order_by(Message.id)).all()


def asked(session):
    """The consultation of whoever could be asked."""
    return session.scalars(select(Consultation).where(Consultation.person_id.is_not(None))).one()


def states(database):
    with database.reading() as fresh:
        return list(fresh.scalars(select(Message.state)))


def reminder(number):
    return workdays.after(ON, (4, 8)[number - 1])


CHOICES = [
    ({}, SMS, SMS),
    ({"whatsapp": True}, SMS, WHATSAPP),
    ({"email": EMAIL}, SMS, MAIL),
    ({"email": EMAIL, "mobile": False}, MAIL, MAIL),
    ({"email": EMAIL, "whatsapp": True, "address": ADDRESS}, SMS, WHATSAPP),
    ({"address": ADDRESS}, SMS, LETTER),
    ({"address": ADDRESS, "mobile": False}, LETTER, LETTER),
    ({"role": Role.CHILD, "email": EMAIL}, SMS, SMS),
    ({"role": Role.CHILD, "email": EMAIL, "mobile": False}, MAIL, MAIL),
    ({"number_unsafe_at": datetime(2026, 1, 1, tzinfo=UTC), "email": EMAIL}, MAIL, MAIL),
]


@pytest.mark.parametrize(("ways", "first", "second"), CHOICES)
def test_the_second_reminder_goes_another_way_where_there_is_one(
    session, settings, somebody, ways, first, second
):
    somebody(**ways)
    for day in (ON, reminder(1), reminder(2), reminder(2)):
        run(session, settings, day)
    assert [message.channel for message in sent(session)] == [first, first, second]


def test_who_has_begun_is_not_reminded_by_any_way(session, settings, somebody):
    somebody(email=EMAIL)
    run(session, settings)
    asked(session).status = ConsultationStatus.STARTED
    session.flush()
    assert run(session, settings, reminder(1)).reminded == 0
    assert run(session, settings, reminder(2)).reminded == 0


def test_without_the_setting_a_way_is_not_taken(session, settings, somebody):
    somebody(email=EMAIL, mobile=False)
    bare = dataclasses.replace(settings, mail_url="")
    (proposal,) = [p for p in run(session, bare).proposals if p.role is Role.CARER]
    assert proposal.reason == "reason.no_number"


def test_stop_belongs_to_the_number_and_leaves_the_other_ways(session, settings, somebody):
    person = somebody(email=EMAIL, whatsapp=True)
    opted_out.add(session, [person.mobile_hash])
    run(session, settings)
    assert [message.channel for message in sent(session)] == [MAIL]
    opted_out.add(session, [ring().hash(EMAIL)])
    assert run(session, settings, reminder(1)).reminded == 0


def test_where_no_text_arrives_the_invitation_goes_another_way_once(session, settings, somebody):
    somebody(email=EMAIL)
    run(session, settings)
    (text,) = sent(session)
    text.state = MessageState.UNDELIVERED
    note_end(session, text)
    assert run(session, settings, reminder(1)).elsewhere == 1
    assert asked(session).status is ConsultationStatus.SENT
    mail = sent(session)[-1]
    assert (mail.channel, mail.to) == (MAIL, EMAIL)
    mail.state = MessageState.REFUSED
    note_end(session, mail)
    assert asked(session).status is ConsultationStatus.UNDELIVERABLE
    assert run(session, settings, reminder(2)).elsewhere == 0
    assert len(sent(session)) == 2


def test_every_way_is_tried_once_and_then_no_more(session, settings, somebody):
    somebody(email=EMAIL, whatsapp=True, address=ADDRESS)
    run(session, settings)
    for tried in ([SMS, WHATSAPP], [SMS, WHATSAPP, MAIL], [SMS, WHATSAPP, MAIL, LETTER]):
        last = sent(session)[-1]
        last.state = MessageState.REFUSED
        note_end(session, last)
        run(session, settings)
        assert [message.channel for message in sent(session)] == tried
    last = sent(session)[-1]
    last.state = MessageState.REFUSED
    note_end(session, last)
    links = session.scalar(select(func.count()).select_from(Link))
    assert run(session, settings, reminder(2)).elsewhere == 0
    assert session.scalar(select(func.count()).select_from(Link)) == links


@pytest.mark.parametrize("tag", ["en-GB", "ar", "ti"])
def test_a_mail_carries_a_link_only_and_says_how_to_have_no_more(session, settings, somebody, tag):
    person = somebody(email=EMAIL, mobile=False, language_read=tag)
    run(session, settings)
    (mail,) = sent(session)
    details = json.loads(mail.details)
    assert f"{settings.public_url}/r/" in mail.body
    assert details["stop"] in mail.body
    assert mail.segments == 0
    assert "%{" not in mail.body + details["subject"]
    for word in ("child", "care", "review", "council", person.name):
        assert word not in mail.body.lower()


def test_the_way_to_no_more_mails(session, database, settings, somebody, client):
    person = somebody(email=EMAIL, mobile=False, language_read="ar")
    run(session, settings)
    path = mail_stops.address("", person)
    session.commit()
    page = client.get(path)
    assert page.status_code == 200
    check_page(page.text, respondent=True)
    assert 'lang="ar"' in page.text
    assert EMAIL not in page.text
    assert states(database) == [MessageState.QUEUED]
    done = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    check_page(done.text, respondent=True)
    assert states(database) == [MessageState.CANCELLED]
    with database.reading() as fresh:
        assert opted_out.stopped_among(fresh, [EMAIL]) == {EMAIL}
    for wrong in (path[:-1], path + "0", "/no-more/1-", "/no-more/x", f"/no-more/{'9' * 40}-a"):
        assert client.get(wrong).status_code == 404
        assert client.post(wrong).status_code == 404


def test_what_is_not_posted_again_tells_nobody_of_another_day(session, settings, somebody):
    somebody()
    run(session, settings)
    row = asked(session)
    row.review.day = DAY.replace(day=20)
    desk = asking.Desk(session, settings, datetime.combine(ON, time(10), tzinfo=UTC))
    assert not asking.send(desk, row, asking.INVITATION)
    assert row.told_day == DAY
