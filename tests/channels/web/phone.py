"""A phone without JavaScript: follows pages, fills in forms, and holds every page to the house."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult_app import clock
from consult_app.actions.doors import links
from consult_app.db import Database
from consult_app.models.answer import Answer
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Role
from tests.factories import make_consultation
from tests.house_check import check_page

BARE = ("/blank", "/healthz")


@dataclass
class Forms(HTMLParser):
    """The hidden fields of each form, by the form's action."""

    hidden: dict[str, dict[str, str]] = field(default_factory=dict)
    action: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a form, and what it sends by itself."""
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = has.get("action", "")
            self.hidden.setdefault(self.action, {})
        if tag == "input" and has.get("type") == "hidden":
            self.hidden[self.action][has["name"]] = has["value"]


class Phone:
    """One respondent's browser. Every page that comes is checked."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.token = client, token
        self.at, self.html = "", ""

    def get(self, path: str, *, status: int = 200) -> str:
        """Open an address, follow where it leads, and read the page."""
        return self._read(self.client.get(path, follow_redirects=True), status)

    def send(self, action: str, *, status: int = 200, **fields: Any) -> str:
        """Send the form with this action, as the page that is open holds it."""
        own = {name.replace("__", "-"): value for name, value in fields.items()}
        data = self.hidden(action) | own
        path = action or self.at
        return self._read(self.client.post(path, data=data, follow_redirects=True), status)

    def hidden(self, action: str) -> dict[str, str]:
        """What the form with this action sends by itself."""
        forms = Forms()
        forms.feed(self.html)
        assert action in forms.hidden, f"{self.at} has no form for {action!r}"
        return forms.hidden[action]

    def open(self, language: str = "en-GB") -> str:
        """Tap the link, read the door in a language, and open it."""
        self.get(f"/r/{self.token}?l={language}")
        return self.send("")

    def begin(self, language: str = "en-GB", *, skin: str = "chat", depth: str = "full") -> str:
        """Go through to the first question."""
        self.open(language)
        if self.at == "/answer/readers":
            self.send("/answer/readers")
        self.get("/answer/way")
        return self.send("/answer/way", skin=skin, depth=depth)

    def say(self, text: str, **fields: Any) -> str:
        """Answer the question that is open in the chat."""
        return self.send("/answer/q", text=text, **fields)

    def _read(self, response: TestResponse, status: int) -> str:
        assert response.status_code == status, f"{response.request.path}: {response.status}"
        self.at, self.html = response.request.path, response.text
        if self.at not in BARE:
            check_page(self.html, respondent=True)
        return self.html


def ask(database: Database, **values: Any) -> tuple[int, str]:
    """A consultation that was sent, by its id, and a link to it."""
    with database.transaction() as session:
        consultation = make_consultation(session, **values)
        return consultation.id, links.new_link(session, consultation, clock.now(), 60)


def invite(app: Flask, database: Database, **values: Any) -> tuple[int, Phone]:
    """Someone who was asked, and their phone."""
    consultation_id, token = ask(database, **values)
    return consultation_id, Phone(app.test_client(), token)


def child_of_nine(app: Flask, database: Database, **values: Any) -> tuple[int, Phone]:
    """A child of eight to eleven who was asked."""
    return invite(app, database, role=Role.CHILD, questionnaire="child_8_11", **values)


def answers(session: Session, consultation_id: int) -> list[Answer]:
    """Every answer written, oldest first; the session is left free."""
    rows = session.query(Answer).filter_by(consultation_id=consultation_id).order_by(Answer.id)
    return _freed(session, rows.populate_existing().all())


def said(session: Session, consultation_id: int) -> dict[str, str | None]:
    """What stands to each question."""
    return {row.question: row.code or row.text for row in answers(session, consultation_id)}


def consultation(session: Session, consultation_id: int) -> Consultation:
    """The consultation as the database has it now."""
    return _freed(session, [session.get_one(Consultation, consultation_id)])[0]


def _freed(session: Session, rows: list[Any]) -> list[Any]:
    """Rows for reading, their transaction ended so that the service can write."""
    for row in rows:
        session.expunge(row)
    session.rollback()
    return rows
