"""A small house: two officers with a review each, a manager, business support, canary answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.answering import talk
from consult_app.actions.answering.attachments import examined
from consult_app.conversation.form import Audience
from consult_app.db import Database
from consult_app.models.attachment import Attachment
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import (
    Channel,
    ConcernLevel,
    InboundState,
    MediaKind,
    Role,
    StaffRole,
)
from consult_app.models.staff import Staff, StaffRoleRow
from tests import factories

CANARY = "zebra-canary"
"""Stands in every answer, concern and text that only one officer may read."""
PEOPLE = ("own", "other", "manager", "support")


@dataclass(frozen=True)
class House:
    """Ids of what stands in the small house; everything belongs to the officer `own`."""

    review: int
    consultation: int
    concern: int
    child_name: str
    attachment: str


@pytest.fixture
def house(app: Flask, database: Database) -> House:
    """One review with a child's answers, a concern and a text that may belong to it."""
    app.config["WTF_CSRF_ENABLED"] = False
    with database.transaction() as session:
        own = factories.make_iro(session, name="Olive Own")
        other = factories.make_iro(session, name="Otto Other")
        people = {"own": ("iro", own), "other": ("iro", other)}
        for name in PEOPLE:
            role, iro = people.get(name, (name, None))
            _account(session, name, StaffRole(role), iro.id if iro else None)
        child = factories.make_child(session, first_name="Wren")
        review = factories.make_review(session, child=child, iro=own)
        factories.make_review(session, iro=other)
        asked = factories.make_consultation(session, review=review)
        factories.make_consultation(session, review=review, role=Role.CARER)
        say(session, asked, {"home": "5", "home.change": f"{CANARY} iro"})
        say(session, asked, {"home.like": f"{CANARY} meeting", "iro_know": "no"})
        concern = trouble(session, asked)
        spoken = speak(session, asked, "working")
        return House(review.id, asked.id, concern.id, "Wren", spoken.key)


def _account(session: Session, name: str, role: StaffRole, iro_id: int | None) -> None:
    row = session.query(StaffRoleRow).filter_by(name=role.value).one_or_none()
    row = row or StaffRoleRow(name=role.value)
    session.add(
        Staff(
            email=f"{name}@westmere.example", password="!", name=name, iro_id=iro_id,
            fs_uniquifier=f"account-{name}", roles=[row],
        )
    )  # fmt: skip
    session.flush()


def trouble(session: Session, asked: Consultation) -> Concern:
    """An open concern, and a text that may belong to the same consultation."""
    concern = Concern(
        consultation_id=asked.id, level=ConcernLevel.SAFETY, reason="word",
        evidence=f"{CANARY} concern", opened_at=clock.now() - timedelta(hours=1),
    )  # fmt: skip
    text = Inbound(
        provider_id="SM1", from_hash="x", sender=factories.mobile(), body=f"{CANARY} text",
        received_at=clock.now(), state=InboundState.QUARANTINED, consultation_id=asked.id,
    )  # fmt: skip
    session.add_all([concern, text])
    session.flush()
    return concern


def say(
    session: Session,
    consultation: Consultation,
    values: dict[str, str | None],
    audiences: dict[str, Audience] | None = None,
) -> None:
    """Answer a page of questions on the web."""
    source = talk.Source(Channel.WEB_FORM, f"page-{clock.now().timestamp()}")
    talk.answer_page(session, consultation, values, source, audiences or {})
    session.flush()


def speak(
    session: Session, consultation: Consultation, question: str, audience: Audience | None = None
) -> Attachment:
    """Answer a question with a voice note whose bytes hold the canary."""
    sound = examined(MediaKind.VOICE, b"OggS" + f"{CANARY} voice".encode())
    source = talk.Source(Channel.WEB_CHAT, f"note-{question}", question=question, audience=audience)
    talk.attach(session, consultation, sound, source)
    session.flush()
    return session.query(Attachment).filter_by(question=question).one()


@pytest.fixture
def enter(app: Flask) -> Callable[[str], FlaskClient]:
    """A browser in which someone of the house is signed in: `enter("own")`."""

    def signed_in(name: str) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as held:
            held.update({"_user_id": f"account-{name}", "_fresh": True})
        return client

    return signed_in


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The questions that the service asks its database meanwhile."""
    pools = app.extensions["consult_database"].pools
    seen: list[str] = []

    def note(*args: object) -> None:
        if str(args[2]).lstrip().startswith("SELECT"):
            seen.append(str(args[2]))

    for engine in pools:
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in pools:
        event.remove(engine, "before_cursor_execute", note)
