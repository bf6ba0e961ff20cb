"""GOV.UK Notify as a second provider: texts in English and Welsh, e-mails, letters."""

import dataclasses
import json
import socket
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult_app import clock
from consult_app.actions.inviting.invitations import invite
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.channels.notify.client import NotifyClient
from consult_app.channels.notify.sender_notify import NotifyCarrier
from consult_app.commands.ways import by_notify, make_books, make_ways
from consult_app.config import BadSettings, from_environment
from consult_app.models.answer import Answer
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import Channel, ConsultationStatus, MessageState, Role
from consult_app.models.message import Message
from consult_app.outbox.deliver import deliver
from consult_app.outbox.following import follow
from consult_app.outbox.outcomes import Accepted, Refused, Unknown
from consult_app.outbox.reconcile import settle_unknowns
from consult_app.outbox.ways import Claimed
from tests import conftest, factories
from tests.channels.notify.test_scripts import WRITTEN
from tests.notify_server import KEY, running
from tests.outbox.letters import NUMBER, posted

TEMPLATES = {"sms": "t-sms", "email": "t-email", "letter": "t-letter"}
SMS, EMAIL, LETTER = Channel.SMS, Channel.EMAIL, Channel.LETTER


@pytest.fixture
def notify():
    with running() as notify:
        yield notify


def service(notify, url="sqlite:///nowhere", **values):
    """Settings of a service that sends through the stand-in."""
    environ = conftest.environment(url) | {
        "SMS_SENDER": "notify",
        "NOTIFY_API_KEY": KEY,
        "NOTIFY_BASE_URL": notify.url,
        **{f"NOTIFY_{name.upper()}_TEMPLATE": key for name, key in TEMPLATES.items()},
    }
    return from_environment(environ | values)


def claimed(channel=SMS, **values) -> Claimed:
    details = json.dumps({"subject": "Your say", "stop": "https://say.example/no-more/1-a"})
    made = Claimed(77, NUMBER, "Hello, this is Your say.", 1, clock.now(), channel, details=details)
    return dataclasses.replace(made, **values)


def sent(notify) -> dict:
    (one,) = notify.ledger
    return {name: value for name, value in one.items() if name not in ("id", "kind")}


def test_a_text(notify):
    outcome = NotifyCarrier(service(notify))(claimed())
    assert outcome == Accepted(notify.ledger[0]["id"])
    assert sent(notify) == {
        "phone_number": NUMBER,
        "personalisation": {"body": "Hello, this is Your say."},
        "template_id": "t-sms",
        "reference": "77",
    }


def test_an_email_in_any_script(notify):
    words = claimed(EMAIL, to="sam@example.org", body="مرحبا", language="ar")
    assert isinstance(NotifyCarrier(service(notify))(words), Accepted)
    assert sent(notify) == {
        "email_address": "sam@example.org",
        "personalisation": {"subject": "Your say", "body": "مرحبا"},
        "one_click_unsubscribe_url": "https://say.example/no-more/1-a",
        "template_id": "t-email",
        "reference": "77",
    }


def test_a_letter(notify):
    words = claimed(LETTER, to="Sam Example\n1 High Street\nWM1 1AA")
    assert isinstance(NotifyCarrier(service(notify))(words), Accepted)
    assert sent(notify)["personalisation"] == {
        "address_line_1": "Sam Example",
        "address_line_2": "1 High Street",
        "address_line_3": "WM1 1AA",
        "subject": "Your say",
        "body": "Hello, this is Your say.",
    }


@pytest.mark.parametrize(("channel", "words", "goes"), WRITTEN)
def test_words_that_would_arrive_as_question_marks_are_refused_before_the_call(
    notify, channel, words, goes
):
    outcome = NotifyCarrier(service(notify))(claimed(channel, to="a\nb\nc", body=words))
    assert (outcome == Refused("script", permanent=True)) is not goes
    assert len(notify.ledger) == (1 if goes else 0)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("400", Refused("notify 400", permanent=True)),
        ("trial", Refused("notify account", permanent=False)),
        ("403", Refused("notify 403", permanent=False)),
        ("429", Refused("notify 429", permanent=False, retry_after=60)),
        ("today", Refused("notify 429", permanent=False, retry_after=3600)),
        ("500", Unknown("status 500")),
        ("take-then-500", Unknown("status 500")),
        ("redirect", Refused("notify 302", permanent=False)),
    ],
)
def test_each_documented_error(notify, fault, outcome):
    notify.faults = [fault]
    assert NotifyCarrier(service(notify))(claimed()) == outcome


@pytest.mark.parametrize("fault", ["hang", "lose"])
def test_silence_is_unknown(notify, fault):
    notify.faults = [fault]
    given = service(notify)
    client = NotifyClient(given, timeout=0.3)
    assert isinstance(NotifyCarrier(given, client=client)(claimed()), Unknown)


def test_nobody_there(notify):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    away = service(notify, NOTIFY_BASE_URL=f"http://127.0.0.1:{port}")
    assert NotifyCarrier(away)(claimed()) == Refused("no connection", permanent=False)


def test_a_wrong_key_is_told_from_a_key_that_is_none(notify):
    other = KEY[:-1] + ("1" if KEY[-1] == "0" else "0")
    wrong = NotifyCarrier(service(notify, NOTIFY_API_KEY=other))
    assert wrong(claimed()) == Refused("notify 403", permanent=False)
    assert notify.ledger == []
    for key in ("", "key", KEY + "x"):
        with pytest.raises(BadSettings):
            NotifyCarrier(service(notify, NOTIFY_API_KEY=key))
    with pytest.raises(BadSettings):
        NotifyCarrier(service(notify, NOTIFY_BASE_URL="http://notify.example"))


def test_what_stayed_unknown_is_found_under_our_own_id(notify, database, database_url):
    """Taken and never answered: it went. Never taken: it goes again, once, and only when proven."""
    given = service(notify, database_url)
    ways, (book,) = make_ways(given, database), make_books(given)
    with database.transaction() as session:
        posted(session, to=NUMBER, body="one", due_at=clock.now())
        posted(session, to="+447700900124", body="two", due_at=clock.now())
    notify.faults = ["take-then-500", "500"]
    noon = clock.now() + timedelta(seconds=1)
    assert deliver(database, ways, now=lambda: noon).unknown == 2
    notify.asking_faults = ["500"]
    for minutes in (3, 5, 7):
        later = noon + timedelta(minutes=minutes)
        settle_unknowns(database, book.records, channels=book.channels, now=lambda at=later: at)
    assert deliver(database, ways, now=lambda: noon + timedelta(minutes=8)).accepted == 1
    assert sorted(one["personalisation"]["body"] for one in notify.ledger) == ["one", "two"]
    with database.reading() as session:
        states = set(session.scalars(select(Message.state)))
    assert states == {MessageState.DELIVERED, MessageState.ACCEPTED}


def test_after_a_week_its_silence_proves_nothing_and_holds_nobody_up(
    notify, database, database_url
):
    given = service(notify, database_url)
    ways, (book,) = make_ways(given, database), make_books(given)
    noon = clock.now().replace(hour=12) + timedelta(days=1)
    notify.faults = ["500", "take-then-500"]
    for body, days in (("old", 0), ("young", 7)):
        at = noon + timedelta(days=days)
        with database.transaction() as session:
            posted(session, to=f"+4477009001{days:02}", body=body, due_at=at)
        assert deliver(database, ways, now=lambda at=at: at).unknown == 1
    for minutes in (3, 5, 90):
        later = noon + timedelta(days=7, minutes=minutes)
        settle_unknowns(database, book.records, channels=book.channels, now=lambda at=later: at)
    with database.reading() as session:
        states = {row.body: row.state for row in session.scalars(select(Message))}
    assert states == {"old": MessageState.UNKNOWN, "young": MessageState.DELIVERED}


def test_a_text_it_would_destroy_goes_by_email_instead(notify, database, database_url):
    """An Arabic reader: the text is refused before the call, and the next run writes an e-mail."""
    given = service(notify, database_url)
    with database.transaction() as session:
        person = factories.make_person(session, language_read="ar", email="sam@example.org")
        review = factories.make_review(session)
        factories.make_involvement(session, review.child, Role.PARENT, person=person)
        invite(session, given, clock.today(), clock.now())
    ways, noon = make_ways(given, database), clock.now() + timedelta(seconds=1)
    noon = noon.replace(hour=12) + timedelta(days=1)
    assert deliver(database, ways, now=lambda: noon).refused == 1
    with database.transaction() as session:
        assert invite(session, given, clock.today(), clock.now()).elsewhere == 1
    assert deliver(database, ways, now=lambda: noon).accepted == 1
    assert notify.ledger[0]["email_address"] == "sam@example.org"
    with database.reading() as session:
        (row,) = {m.consultation for m in session.scalars(select(Message))}
        assert row.status is ConsultationStatus.SENT


def test_each_channel_has_one_way(notify):
    assert by_notify(service(notify)) == {SMS, EMAIL, LETTER}
    mixed = service(notify, SMS_SENDER="simulator", MAIL_URL="smtp://127.0.0.1")
    assert by_notify(mixed) == {LETTER}
    assert by_notify(service(notify, NOTIFY_LETTER_TEMPLATE="")) == {SMS, EMAIL}


@pytest.mark.parametrize(
    ("word", "state", "asks_again"),
    [
        ("delivered", MessageState.DELIVERED, False),
        ("permanent-failure", MessageState.UNDELIVERED, False),
        ("sending", MessageState.ACCEPTED, True),
        ("a word nobody knows", MessageState.ACCEPTED, True),
    ],
)
def test_what_was_taken_is_followed_to_its_end(
    notify, database, database_url, word, state, asks_again
):
    given = service(notify, database_url)
    ways, (book,) = make_ways(given, database), make_books(given)
    with database.transaction() as session:
        posted(session, to=NUMBER, due_at=clock.now())
    noon = clock.now() + timedelta(seconds=1)
    assert deliver(database, ways, now=lambda: noon).accepted == 1
    notify.status = word

    def follow_at(minutes: float) -> int:
        at = noon + timedelta(minutes=minutes)
        return follow(database, book.records, book.channels, at)

    assert follow_at(1) == 0
    assert follow_at(6) == (state is not MessageState.ACCEPTED)
    with database.reading() as session:
        assert session.scalars(select(Message.state)).one() is state
    notify.status = "delivered"
    assert follow_at(7) == 0
    assert follow_at(70) == asks_again


def test_what_they_answer_is_fetched_and_heard_and_answered(notify, database, database_url):
    """Notify keeps what came in; the worker asks for it, page by page, and answers."""
    given = service(notify, database_url)
    ways, (book,) = make_ways(given, database), make_books(given)
    with database.transaction() as session:
        person = factories.make_person(session)
        number = person.mobile
        review = factories.make_review(session)
        factories.make_involvement(session, review.child, Role.CARER, person=person)
        invite(session, given, clock.today(), clock.now())
    moment = clock.now().isoformat()
    for body in ("1", "1", "7"):
        notify.arrive(number, body, moment)
    notify.page = 2
    notify.asking_faults = ["500"]
    assert book.fetch(database) is None  # nobody answers: nothing is lost
    for _ in range(2):
        book.fetch(database)
        hear_waiting(database, given, clock.now() + timedelta(seconds=1))
    with database.reading() as session:
        assert [row.body for row in session.scalars(select(Inbound))] == ["1", "1", "7"]
        answers = session.scalars(select(Answer.question).order_by(Answer.id)).all()
    assert answers == ["helper", "scale"]
    noon = clock.now().replace(hour=12) + timedelta(days=1)
    deliver(database, ways, now=lambda: noon)
    assert {one["phone_number"] for one in notify.ledger} == {number}
