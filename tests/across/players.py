"""The same conversation over each channel: a browser without script, and a phone."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app import clock
from consult_app.actions.doors import links
from consult_app.actions.texts import texting
from consult_app.actions.texts.text_turn import InboundText
from consult_app.channels.web.shown import field_name
from consult_app.config import Settings
from consult_app.db import Database
from consult_app.models.concern import Concern
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Role
from tests.factories import make_consultation, make_person, mobile
from tests.transcript import Transcript

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
ID = re.compile(r'name="id" value="([^"]+)"')
ASKED = re.compile(r'name="asked" value="([^"]*)"')


def invited(session: Session, played: Transcript, number: str) -> Consultation:
    """The consultation a transcript is about, sent and not yet begun."""
    form = played.form
    return make_consultation(
        session,
        role=Role(played.role),
        person=make_person(session, mobile=number, language_read=played.language),
        questionnaire=form.name,
        version=form.version,
        modules=" ".join(played.modules),
        depth=played.depth.value,
        language=played.language,
    )


def concerns(session: Session, consultation_id: int) -> list[str]:
    """What is open for a person to look at, as transcripts write it."""
    rows = select(Concern).where(Concern.consultation_id == consultation_id).order_by(Concern.id)
    return [f"{row.question} {row.reason} {row.level.value}" for row in session.scalars(rows)]


class Phone:
    """Texts in, as the provider hands them over; each has an id of its own."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings
        self.number, self.sent = mobile(), 0

    def say(self, text: str) -> None:
        """One text, heard in a transaction of its own, minutes after the one before."""
        self.sent += 1
        moment = clock.now() + timedelta(minutes=3 * self.sent)
        with self.database.transaction() as session:
            said = InboundText(f"SM{self.number}{self.sent}", self.number, text, moment)
            texting.receive(session, said, self.settings)


class Browser:
    """A browser without script: forms are sent as their pages were drawn."""

    def __init__(self, app: Flask, database: Database, consultation_id: int) -> None:
        self.client = app.test_client()
        with database.transaction() as session:
            asked = session.get_one(Consultation, consultation_id)
            token = links.new_link(session, asked, clock.now(), 60)
        self.page = self.client.get(f"/r/{token}").text
        self.post(f"/r/{token}", {})

    def post(self, path: str, fields: Mapping[str, Any]) -> None:
        """Send a form with its page's token, and follow where it leads."""
        found = CSRF.search(self.page)
        token = {"csrf_token": found[1]} if found else {}
        answer = self.client.post(path, data={**token, **fields}, follow_redirects=True)
        assert answer.status_code in (200, 422), (path, answer.status_code)
        self.page = answer.text
        self.at = answer.request.path

    def begin(self, skin: str, depth: str) -> None:
        """From the door to the first question."""
        self.post("/answer/language", {"l": self.language()})
        self.post("/answer/readers", {})
        self.post("/answer/way", {"skin": skin, "depth": depth})

    def language(self) -> str:
        """The language the page is in."""
        found = re.search(r'<html[^>]* lang="([^"]+)"', self.page)
        assert found
        return found[1]

    def say(self, asked: str, text: str) -> None:
        """Answer one question of the chat; from a page beside it, go back to it first."""
        if not ID.search(self.page):
            self.page = self.client.get("/answer/q").text
        found = ID.search(self.page)
        assert found, self.page
        self.post("/answer/q", {"question": asked, "text": text, "id": found[1]})

    def fill(self, answers: Mapping[str, Any]) -> None:
        """Answer page after page of the form until all is said."""
        for _ in range(30):
            if not self.at.startswith("/answer/form/"):
                return
            found, made = ASKED.search(self.page), ID.search(self.page)
            assert found
            assert made
            asked = found[1].split()
            fields = {field_name(name): answers.get(name) or "" for name in asked}
            self.post(self.at, {**fields, "asked": found[1], "id": made[1]})
        raise AssertionError("the form does not end")
