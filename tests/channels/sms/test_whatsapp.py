"""WhatsApp through the real client: free words for a day after they wrote, a template otherwise."""

import dataclasses
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.inviting.invitations import invite
from consult_app.channels.sms.sender_twilio import TwilioSender
from consult_app.channels.sms.whatsapp import NO_TEMPLATE, WhatsAppCarrier, read_templates
from consult_app.config import BadSettings
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Channel, Role
from consult_app.outbox.deliver import deliver
from consult_app.outbox.outcomes import Accepted, Refused
from consult_app.outbox.quiet import Quiet
from consult_app.outbox.ways import Claimed, Ways, by_text
from consult_app.sealing import ring
from tests import factories
from tests.channels.sms.test_whole import Conversation
from tests.conftest import with_account
from tests.outbox.letters import NUMBER

SID = "HX" + "0a" * 16
OURS = "+447700900998"


@pytest.fixture
def settings(settings, twilio, tmp_path):
    templates = tmp_path / "templates.yml"
    templates.write_text(f"invite.carer: {{en-GB: {SID}}}\n")
    return dataclasses.replace(
        with_account(settings, twilio),
        whatsapp_from=OURS,
        whatsapp_templates=str(templates),
    )


@pytest.fixture
def carrier(settings, database):
    return WhatsAppCarrier(settings, database, TwilioSender(settings, timeout=2))


def claimed(**values) -> Claimed:
    details = json.dumps({"template": "invite.carer", "values": {"1": "Jo", "3": "https://x.org"}})
    made = Claimed(
        7, NUMBER, "Hello", 1, clock.now(), Channel.WHATSAPP, language="en-GB", details=details
    )
    return dataclasses.replace(made, **values)


def wrote(database, twilio, *, ago: timedelta, channel: Channel = Channel.WHATSAPP) -> None:
    """They wrote to us so long ago."""
    with database.transaction() as session:
        session.add(
            Inbound(
                provider_id=f"SM{ago}",
                from_hash=ring().hash(NUMBER),
                sender=NUMBER,
                body="1",
                received_at=clock.now() - ago,
                channel=channel,
            )
        )
    text = twilio.arrive(sender=f"whatsapp:{NUMBER}", to=f"whatsapp:{OURS}", body="1")
    text.made_at -= ago


def test_while_they_are_writing_our_words_go_as_they_are(carrier, database, twilio):
    wrote(database, twilio, ago=timedelta(hours=23))
    assert isinstance(carrier(claimed(details="{}")), Accepted)
    (entry,) = twilio.ledger
    assert (entry["To"], entry["From"]) == (f"whatsapp:{NUMBER}", f"whatsapp:{OURS}")
    assert (entry["Body"], entry.get("ContentSid")) == ("Hello", None)
    assert entry["StatusCallback"].endswith("/sms/status?message=7")


@pytest.mark.parametrize(
    "before",
    [
        None,
        {"ago": timedelta(hours=25)},
        {"ago": timedelta(minutes=5), "channel": Channel.SMS},
    ],
    ids=["never", "too long ago", "by text only"],
)
def test_otherwise_only_words_that_were_agreed_go(carrier, database, twilio, before):
    if before:
        wrote(database, twilio, **before)
    assert isinstance(carrier(claimed()), Accepted)
    (entry,) = twilio.ledger
    assert entry["ContentSid"] == SID
    assert json.loads(entry["ContentVariables"]) == {"1": "Jo", "3": "https://x.org"}
    assert "Body" not in entry


@pytest.mark.parametrize("without", [{"details": "{}"}, {"language": "ti"}])
def test_without_a_template_nobody_is_called(carrier, twilio, without):
    assert carrier(claimed(**without)) == NO_TEMPLATE
    assert twilio.texts == []


def test_the_stand_in_refuses_free_words_outside_the_window(settings, twilio):
    """As Twilio does: 63016 for free words, 21910 for a pair of two channels."""
    sender = TwilioSender(settings, timeout=2)
    to, ours = f"whatsapp:{NUMBER}", f"whatsapp:{OURS}"
    assert sender.create(to, 1, body="x", from_=ours) == Refused("63016", permanent=True)
    twilio.arrive(sender=to, to=ours, body="hello")
    assert isinstance(sender.create(to, 1, body="x", from_=ours), Accepted)
    assert sender.create(to, 1, body="x", from_="+447700900999").code == "21910"
    wrong = {"content_sid": "HX1", "from_": ours}
    assert sender.create(to, 1, **wrong) == Refused("21655", permanent=True)
    values = {"content_sid": SID, "content_variables": "[", "from_": ours}
    assert sender.create(to, 1, **values) == Refused("21656", permanent=True)


def test_who_writes_on_whatsapp_is_known_and_answered_there(
    client, database, settings, twilio, carrier
):
    """Invited by text, they write on WhatsApp: heard as the same person, answered there."""
    held = Conversation(client, database, settings, twilio)
    held.sender = Ways({Channel.SMS: by_text(held.sender), Channel.WHATSAPP: carrier})
    with database.transaction() as session:
        person = factories.make_person(session, whatsapp=True, mobile=held.number)
        review = factories.make_review(session)
        factories.make_involvement(session, review.child, Role.CARER, person=person)
        invite(session, settings, clock.today(), clock.now())
    deliver(database, held.sender, quiet=Quiet(0, 0))
    assert twilio.ledger[-1]["From"] == "+447700900999"
    twilio.arrive(sender=f"whatsapp:{held.number}", to=f"whatsapp:{OURS}", body="1")
    number, held.number = held.number, f"whatsapp:{held.number}"
    reply = held.say("1")
    assert "Who is filling this in?" in reply
    assert twilio.ledger[-1]["From"] == f"whatsapp:{OURS}"
    with database.reading() as session:
        inbound = session.scalars(select(Inbound)).one()
        assert (inbound.sender, inbound.channel) == (number, Channel.WHATSAPP)


@pytest.mark.parametrize("words", ["- a", "invite: x", "invite: {en-GB: HX12}", "a: [b", "\x00"])
def test_templates_that_cannot_be_meant(tmp_path, words):
    file = tmp_path / "templates.yml"
    file.write_text(words)
    with pytest.raises(BadSettings):
        read_templates(str(file))
    with pytest.raises(BadSettings):
        read_templates(str(tmp_path / "nothing.yml"))
