"""E-mails over a real line: what is in them, and what each way of failing means."""

import dataclasses
import json
import socket
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.inviting.invitations import invite
from consult_app.channels.email.letter import Unfit, draw_up
from consult_app.channels.email.sender_smtp import SmtpCarrier
from consult_app.channels.email.server import mail_server
from consult_app.config import BadSettings, from_environment
from consult_app.models.kinds import Channel, MessageState, Role
from consult_app.models.message import Message
from consult_app.outbox.deliver import deliver
from consult_app.outbox.outcomes import Accepted, Refused, Unknown
from consult_app.outbox.reconcile import settle_unknowns
from consult_app.outbox.ways import Claimed, Ways
from tests import conftest, factories
from tests.certificate import contexts
from tests.outbox.letters import NOON, posted
from tests.smtp_server import Box, running

READER = "sam@example.org"
WORDS = "Hello,\n\nthis is Your say.\n.\n.hidden\n\nhttp://consult.test/r/abc"
STOP = "https://say.westmere.example/no-more/1-" + "a" * 90


@pytest.fixture
def box():
    with running() as box:
        yield box


def plain(**values):
    """Settings without a database, on the server given."""
    environ = conftest.environment("sqlite:///nowhere") | {
        "CONSULT_MAIL_FROM": "Your say <say@westmere.example>"
    }
    return from_environment(environ | values)


def carrier(box: Box, **values) -> SmtpCarrier:
    settings = plain(MAIL_URL=f"smtp://127.0.0.1:{box.port}", **values)
    return SmtpCarrier(mail_server(settings), timeout=1)


def claimed(**values) -> Claimed:
    details = {"subject": "Your say: a few short questions", "stop": STOP}
    made = Claimed(
        77,
        READER,
        WORDS,
        1,
        NOON + timedelta(minutes=2),
        Channel.EMAIL,
        details=json.dumps(details),
    )
    return dataclasses.replace(made, **values)


def test_one_mail_to_one_reader(box):
    assert carrier(box)(claimed()) == Accepted("mail77")
    (mail,) = box.mails
    assert box.envelopes == [("say@westmere.example", READER)]
    assert mail["From"] == "Your say <say@westmere.example>"
    assert (mail["To"], mail["Cc"], mail["Bcc"]) == (READER, None, None)
    assert mail["Message-ID"] == "<77.consult@westmere.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == f"<{STOP}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Content-Language"] == "en-GB"
    assert abs(mail["Date"].datetime - clock.now()) < timedelta(minutes=1)
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().replace("\r\n", "\n").strip() == WORDS
    assert mail.get_content_charset() == "utf-8"


def test_words_from_right_to_left_say_so_to_every_program(box):
    details = json.dumps({"subject": "صوتك: أسئلة قليلة قصيرة"}, ensure_ascii=False)
    assert carrier(box)(claimed(language="ar", body="مرحبا", details=details)) == Accepted("mail77")
    (mail,) = box.mails
    assert mail.get_content().strip() == "\u200fمرحبا"
    assert mail["Subject"] == "\u200fصوتك: أسئلة قليلة قصيرة"
    assert box.raw[0].isascii()


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("550", Refused("smtp 550", permanent=True)),
        ("451", Refused("smtp 451", permanent=False)),
        ("at-mail 421", Refused("smtp 421", permanent=False)),
        ("at-data 554", Refused("smtp 554", permanent=True)),
        ("after 452", Refused("smtp 452", permanent=False)),
        ("after 550", Refused("smtp 550", permanent=True)),
        ("drop-early", Refused("no connection", permanent=False)),
        ("drop", Unknown("after DATA SMTPServerDisconnected")),
        ("take-then-drop", Unknown("after DATA SMTPServerDisconnected")),
    ],
)
def test_each_way_of_failing(box, fault, outcome):
    box.faults = [fault]
    assert carrier(box)(claimed()) == outcome


def test_a_frozen_server_is_left_after_the_time_limit(box):
    box.faults = ["freeze"]
    outcome = carrier(box)(claimed())
    assert isinstance(outcome, Unknown)
    assert outcome.reason in ("after DATA TimeoutError", "after DATA SMTPServerDisconnected")


def test_nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert carrier(Box(port))(claimed()) == Refused("no connection", permanent=False)


def test_who_we_are(box):
    box.login = ("say", "p@ss/word")
    given = plain(MAIL_URL=f"smtp://say:p%40ss%2Fword@127.0.0.1:{box.port}")
    assert SmtpCarrier(mail_server(given))(claimed()) == Accepted("mail77")
    given = plain(MAIL_URL=f"smtp://say:wrong@127.0.0.1:{box.port}")
    assert SmtpCarrier(mail_server(given))(claimed()) == Refused("smtp 535", permanent=False)


def test_a_line_that_nobody_overhears(box, tmp_path):
    """The server is known by its certificate before a password or a word goes over."""
    box.tls, trusting = contexts(tmp_path)
    box.login = ("say", "secret")
    server = mail_server(plain(MAIL_URL=f"smtp://say:secret@127.0.0.1:{box.port}?starttls=1"))
    assert SmtpCarrier(server, timeout=2, context=trusting)(claimed()) == Accepted("mail77")
    assert SmtpCarrier(server, timeout=2)(claimed()) == Refused("no connection", permanent=False)
    assert len(box.mails) == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"to": "sam@example.org\r\nBcc: eve@example.org"},
        {"to": "sam@example.org, eve@example.org"},
        {"to": "sam@example.org>\r\nRCPT TO:<eve@example.org"},
        {"to": ""},
        {"details": json.dumps({"subject": "Hello\r\nBcc: eve@example.org"})},
        {"details": json.dumps({"subject": "x", "stop": "http://x.org>\r\nBcc: <eve@example.org"})},
    ],
)
def test_no_header_can_be_slipped_in(box, bad):
    line = carrier(box)
    with pytest.raises(Unfit):
        draw_up(claimed(**bad), mail_server(plain(MAIL_URL="smtp://127.0.0.1")))
    assert line(claimed(**bad)) == Refused("bad address", permanent=True)
    assert box.mails == []


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("smtp://mail.example", ("mail.example", 25, False, False)),
        ("smtp://mail.example?starttls=1", ("mail.example", 587, False, True)),
        ("smtps://u:p@mail.example", ("mail.example", 465, True, False)),
        ("smtp://mail.example:2525", ("mail.example", 2525, False, False)),
    ],
)
def test_where_the_server_is(address, parts):
    server = mail_server(plain(MAIL_URL=address))
    assert (server.host, server.port, server.tls, server.starttls) == parts


@pytest.mark.parametrize(
    "wrong",
    [
        {"MAIL_URL": "http://mail.example"},
        {"MAIL_URL": "smtp://"},
        {"MAIL_URL": "smtp://mail.example:port"},
        {"MAIL_URL": "smtp://mail.example", "CONSULT_MAIL_FROM": ""},
        {"MAIL_URL": "smtp://mail.example", "CONSULT_MAIL_FROM": "say"},
    ],
)
def test_settings_that_cannot_be_meant(wrong):
    with pytest.raises(BadSettings):
        mail_server(plain(**wrong))


def test_from_the_invitation_to_the_readers_box(box, database, settings):
    """Greylisted once, it goes later; what is lost after DATA stays unknown and is never doubled."""
    settings = dataclasses.replace(
        settings, mail_url=f"smtp://127.0.0.1:{box.port}", mail_from="say@westmere.example"
    )
    with database.transaction() as session:
        person = factories.make_person(session)
        person.mobile, person.mobile_hash, person.email = None, None, READER
        review = factories.make_review(session)
        factories.make_involvement(session, review.child, Role.PARENT, person=person)
        invite(session, settings, clock.today(), clock.now())
    ways = Ways({Channel.EMAIL: SmtpCarrier(mail_server(settings), timeout=1)})
    moment = NOON.replace(year=clock.today().year + 1)  # a noon after today
    box.faults = ["451"]
    assert deliver(database, ways, now=lambda: moment).later == 1
    moment += timedelta(minutes=5)
    assert deliver(database, ways, now=lambda: moment).accepted == 1
    assert deliver(database, ways, now=lambda: moment + timedelta(days=1)).accepted == 0
    (mail,) = box.mails
    assert "http://consult.test/r/" in mail.get_content()


class Nobody:
    """A provider of texts whose records know of nothing."""

    def sent_to(self, to: str, since: datetime):
        return ()

    def received(self, since: datetime):
        return ()


def test_a_mail_lost_after_its_words_is_shown_to_staff_and_never_sent_again(box, database):
    with database.transaction() as session:
        posted(session, to=READER, channel=Channel.EMAIL, details="{}")
    ways = Ways({Channel.EMAIL: carrier(box)})
    box.faults = ["take-then-drop"]
    assert deliver(database, ways, now=lambda: NOON).unknown == 1
    for day in range(3):
        later = NOON + timedelta(days=day, hours=1)
        settle_unknowns(database, Nobody(), now=lambda later=later: later)
        deliver(database, ways, now=lambda later=later: later)
    assert len(box.mails) == 1
    with database.reading() as session:
        assert session.scalars(select(Message.state)).all() == [MessageState.UNKNOWN]


def test_a_frozen_mail_server_holds_up_no_text(box, database):
    """Three silences in a row and the lane of e-mails rests; texts go on."""
    with database.transaction() as session:
        for number in range(5):
            posted(session, to=f"sam{number}@example.org", channel=Channel.EMAIL, details="{}")
        for number in range(3):
            posted(session, to=f"+44770090010{number}")
    sent = []
    ways = Ways(
        {
            Channel.EMAIL: carrier(box),
            Channel.SMS: lambda claimed: sent.append(claimed.to) or Accepted(f"SM{claimed.id}"),
        }
    )
    box.faults = ["drop"] * 5
    done = deliver(database, ways, now=lambda: NOON)
    assert (done.accepted, done.unknown, len(sent)) == (3, 3, 3)
    moment = datetime(2026, 3, 3, 12, 1, tzinfo=UTC)
    assert deliver(database, ways, now=lambda: moment).unknown == 2
