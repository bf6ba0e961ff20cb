"""Who is answering: the guard before every page of a consultation."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import g, redirect, request, session
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from consult_app import clock, edge
from consult_app.actions import links, talk
from consult_app.actions.remembering import Source
from consult_app.actions.talk import Heard
from consult_app.channels.web.page import Words, closed, page, words_in
from consult_app.conversation.form import Audience
from consult_app.models.answer import Answer
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, Role

P = ParamSpec("P")

KEPT_IN_COOKIE = ("visit", "skin", "chosen", "read", "note", "said", "l", "csrf_token")
"""All that a respondent's cookie may hold; the secret of the visit first."""

YOUNG = frozenset({Role.CHILD, Role.CARE_LEAVER})
SKINS: Mapping[str, Channel] = {"chat": Channel.WEB_CHAT, "form": Channel.WEB_FORM}


@dataclass(frozen=True)
class Visitor:
    """The respondent whose visit this is, and the transaction that serves them."""

    db: Session
    consultation: Consultation
    since: datetime

    @property
    def tag(self) -> str:
        """The language they read in."""
        return self.consultation.language

    @property
    def words(self) -> Words:
        """The pages' words in their language."""
        return words_in(self.tag)

    @property
    def who(self) -> str:
        """`child` or `adult`: whose way of speaking the pages take."""
        return "child" if self.consultation.role in YOUNG else "adult"

    @property
    def officer(self) -> str:
        """The first name of who runs the review, or words for them."""
        iro = self.consultation.review.iro
        return iro.first_name if iro else self.words(f"officer.{self.who}")

    def here(self) -> Heard:
        """Where the conversation stands."""
        return talk.current(self.db, self.consultation)

    def standing(self, here: Heard, question: str) -> Answer | None:
        """The answer that stands to a question: the last one given."""
        return next((row for row in reversed(here.rows) if row.question == question), None)

    def is_earlier(self, row: Answer) -> bool:
        """True for an answer given before this visit: whoever holds the phone now may not see it."""
        return row.said_at < self.since

    def page(
        self, template: str, *, status: int = 200, switch: str = "", **values: object
    ) -> Response:
        """A page in their language."""
        return page(template, self.tag, status=status, switch=switch, who=self.who, **values)


def inside(view: Callable[Concatenate[Visitor, P], Response]) -> Callable[P, Response]:
    """Let in who has a visit that is still going on; all others see the closed page.

    A writing request holds the consultation, so that two taps at once are heard one by one.
    """

    @wraps(view)
    def enter(*args: P.args, **values: P.kwargs) -> Response:
        db, secret = edge.session(), session.get("visit", "")
        visit = links.find_visit(db, secret, clock.now()) if secret else None
        if visit is None:
            return closed()
        if request.method == "POST":
            talk.lock(db, visit.consultation_id)
        g.visitor = Visitor(db, visit.consultation, visit.opened_at)
        return view(g.visitor, *args, **values)

    return enter


def source(skin: str, question: str | None = None, audience: Audience | None = None) -> Source:
    """Where this request's answers come from, with the id that its page was given."""
    client_id = request.form.get("id", "")[:40] or new_client_id()
    return Source(SKINS[skin], client_id, question=question, audience=audience)


def new_client_id() -> str:
    """An id for one page shown: sending the page twice counts once."""
    return secrets.token_hex(8)


def go(path: str) -> Response:
    """See the other page, with GET, whatever this request was."""
    return redirect(path, 303)


def forget() -> None:
    """Take everything out of the cookie, except that staff stay signed in on their own machine."""
    if "_user_id" not in session:
        session.clear()
    for key in KEPT_IN_COOKIE:
        session.pop(key, None)
