"""Whole consultations by text, from the signed webhook to the provider's ledger."""

import dataclasses

import pytest
from sqlalchemy import event, select

from consult_app import clock, language
from consult_app.actions.answering import remembering
from consult_app.actions.texts.hearing import hear_waiting
from consult_app.channels.sms.sender_twilio import TwilioSender
from consult_app.channels.sms.signature import HEADER, sign
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, ConsultationStatus
from consult_app.outbox.deliver import deliver
from consult_app.standin.ledger import StandIn
from tests import transcript
from tests.across.players import concerns, invited
from tests.conftest import with_account
from tests.factories import mobile
from tests.transcript import Transcript

NEVER_SAID = {"child", "care", "review", "social worker", "council"}
ANOTHER_WORD = {"ro": {"care"}}
"""What is spelt alike and means something else: Romanian's care is which."""


@pytest.fixture
def settings(settings, twilio: StandIn):
    """All is said within a second here, and each text is an answer."""
    return dataclasses.replace(with_account(settings, twilio), join_seconds=0)


class Conversation:
    """Somebody with a phone on one side, the service on the other, the provider between."""

    def __init__(self, client, database: Database, settings, twilio: StandIn) -> None:
        self.client, self.database, self.settings = client, database, settings
        self.twilio, self.sender = twilio, TwilioSender(settings)
        self.number, self.sent = mobile(), 0

    def say(self, body: str) -> str:
        """Send a text twice, as networks do, and read the one reply."""
        self.sent += 1
        fields = {"MessageSid": f"SM{self.sent}", "From": self.number, "Body": body}
        headers = {HEADER: sign(self.settings, "/sms/inbound", fields)}
        for _ in range(2):
            answer = self.client.post("/sms/inbound", data=fields, headers=headers)
            assert answer.status_code == 200
        hear_waiting(self.database, self.settings, clock.now())
        before = len(self.twilio.ledger)
        deliver(self.database, self.sender)
        (reply,) = self.twilio.ledger[before:]
        assert reply["To"] == self.number
        return reply["Body"]


@pytest.mark.parametrize("played", transcript.ALL, ids=lambda played: played.name)
def test_a_whole_consultation(client, database, settings, twilio, played: Transcript) -> None:
    held = Conversation(client, database, settings, twilio)
    with database.transaction() as session:
        consultation_id = invited(session, played, held.number).id
    reply = held.say("1")
    for asked, said in played.turns:
        question = played.form.by_id[asked]
        # After a cry for help nothing is asked; what was asked before still waits.
        helped = "999" in reply and "1111" in reply
        assert helped or language.question_words(question, played.language, text=True) in reply
        reply = held.say(said)
    assert (
        language.words("texts.thanks.finished", played.language, iro="Jo", day="").split()[0]
        in reply
    )
    with database.reading() as session:
        _ended_well(session, consultation_id, played)
    _says_nothing_it_should_not(twilio, played)


def _ended_well(session, consultation_id: int, played: Transcript) -> None:
    row = session.get_one(Consultation, consultation_id)
    assert (row.status, row.finished) == (ConsultationStatus.SUBMITTED, True)
    assert (row.channel_begun, row.channel_finished) == (Channel.SMS, Channel.SMS)
    rows = session.scalars(select(Answer).order_by(Answer.id)).all()
    assert {r.question: remembering.value(played.form, r) for r in rows} == played.answers
    assert {(r.channel, r.language) for r in rows} == {(Channel.SMS, played.language)}
    assert tuple(concerns(session, consultation_id)) == played.concerns


def _says_nothing_it_should_not(twilio: StandIn, played: Transcript) -> None:
    for entry in twilio.ledger:
        body = entry["Body"].lower().replace("childline", "")
        assert "⟦" not in body
        never = NEVER_SAID - ANOTHER_WORD.get(played.language, set())
        assert not [word for word in never if word in body], body
        assert "%{" not in body


@pytest.mark.parametrize("tag", ["en-GB", "ar", "ti"])
def test_stop_and_help_in_every_language(client, database, settings, twilio, tag: str) -> None:
    played = next(each for each in transcript.ALL if each.language == tag)
    held = Conversation(client, database, settings, twilio)
    with database.transaction() as session:
        invited(session, played, held.number)
    reply = held.say(language.listed("replies.help", tag)[0])
    assert "999" in reply
    for word in language.listed("replies.stop", tag)[:1]:
        assert held.say(word) == language.words("texts.stopped", tag)
    assert held.say(language.listed("replies.start", tag)[0]) == language.words(
        "texts.restarted", tag
    )


def statements_of(pools, doing) -> list[str]:
    """What `doing` says to the database, without the calls that begin and end it."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    for engine in pools:
        event.listen(engine, "before_cursor_execute", note)
    doing()
    for engine in pools:
        event.remove(engine, "before_cursor_execute", note)
    return [statement for statement in seen if not statement.startswith("BEGIN")]


def test_an_inbound_text_costs_few_statements(client, database, settings, twilio) -> None:
    played = transcript.ALL[0]
    held = Conversation(client, database, settings, twilio)
    with database.transaction() as session:
        invited(session, played, held.number)
    held.say("1")
    fields = {"MessageSid": "SMcount", "From": held.number, "Body": played.turns[0][1]}
    headers = {HEADER: sign(settings, "/sms/inbound", fields)}
    inbox = client.application.extensions["consult_inbox"]
    stored = statements_of(
        [inbox.engine], lambda: client.post("/sms/inbound", data=fields, headers=headers)
    )
    assert len(stored) == 1, stored
    assert stored[0].startswith("INSERT INTO inbound")
    may_join = dataclasses.replace(settings, join_seconds=120)
    heard = statements_of(database.pools, lambda: hear_waiting(database, may_join, clock.now()))
    looks = [statement for statement in heard if "FROM inbound" in statement]
    assert len(looks) == 3, looks  # is there one, take it, is there another
    soon_after = [statement for statement in heard if "JOIN inbound" in statement]
    assert len(soon_after) == 1, heard  # is it more of the last answer
    assert len(heard) - len(looks) - len(soon_after) <= 6, heard
