"""Who is answering: the guard before every page of a consultation."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import g, redirect, request, session
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from consult_app import clock, edge, language, sealing
from consult_app.actions.answering import talk
from consult_app.actions.answering.remembering import Source
from consult_app.actions.answering.talk import Heard
from consult_app.actions.doors import links
from consult_app.channels.web.page import Words, closed, page, words_in
from consult_app.conversation.form import Audience
from consult_app.models.answer import Said
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import Channel, Role, Typist
from consult_app.models.visit import Visit

P = ParamSpec("P")

KEPT_IN_COOKIE = (
    "visit", "skin", "chosen", "read", "note", "said", "l", "aloud", "speaks", "csrf_token",
)  # fmt: skip
"""All that a respondent's cookie may hold; the secret of the visit first."""

A_MOMENT = timedelta(seconds=1)
DEVICE = "device"
"""The cookie of a telephone that its owner asked us to remember; it outlives a visit."""

AFTER_ALL = "/answer/tell"
"""Where who comes back after the review finds what they can still do."""

YOUNG = frozenset({Role.CHILD, Role.CARE_LEAVER})
SKINS: Mapping[str, Channel] = {
    "chat": Channel.WEB_CHAT,
    "form": Channel.WEB_FORM,
    "page": Channel.WEB_PAGE,
}


@dataclass(frozen=True)
class Visitor:
    """The respondent whose visit this is, and the transaction that serves them."""

    db: Session
    consultation: Consultation
    visit: Visit

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

    @property
    def is_over(self) -> bool:
        """True when what was sent can be changed no more: the review has been."""
        return not links.may_change(self.consultation, clock.now())

    @property
    def since(self) -> datetime:
        """Answers from before this moment are hidden in this visit."""
        return self.visit.shown_from or self.visit.opened_at

    @property
    def sees_all(self) -> bool:
        """True when nothing can be hidden in this visit."""
        return self.since == links.FROM_THE_START

    @property
    def mark(self) -> str:
        """What tells this visit from others to a page, without naming anybody."""
        return sealing.ring().hash(f"visit {self.visit.id}")[:16]

    @property
    def is_beside(self) -> bool:
        """True on a worker's machine."""
        return self.visit.typist is not Typist.SELF

    @property
    def is_reachable(self) -> bool:
        """True when a text can go to a number of their own."""
        person = self.consultation.person
        return person is not None and person.mobile_hash is not None

    def here(self) -> Heard:
        """Where the conversation stands."""
        return talk.current(self.db, self.consultation)

    def standing(self, here: Heard, question: str) -> Said | None:
        """The answer that stands to a question: the last one given."""
        return next((row for row in reversed(here.rows) if row.question == question), None)

    def is_earlier(self, row: Said) -> bool:
        """True for an answer that is hidden here: whoever holds the phone now may not see it."""
        return row.said_at < self.since

    @property
    def speaks(self) -> language.Language | None:
        """The language they understand when it is spoken, where it is another than they read."""
        tag = session.get("speaks", "")
        return language.get(tag) if language.is_offered(tag) and tag != self.tag else None

    def page(
        self, template: str, *, status: int = 200, switch: str = "", **values: object
    ) -> Response:
        """A page in their language."""
        heard = {"aloud": session.get("aloud", False), "speaks": self.speaks}
        return page(
            template, self.tag, status=status, switch=switch, who=self.who, heard=heard, **values
        )


def inside(view: Callable[Concatenate[Visitor, P], Response]) -> Callable[P, Response]:
    """Let in who has a visit that is still going on; all others see the closed page.

    A writing request holds the consultation, so that two taps at once are heard one by one.
    When the review is over and the answers were sent, the way leads to writing to the officer.
    """
    return _guarded(view, lambda visitor: go(AFTER_ALL) if visitor.is_over else None)


def inside_still(view: Callable[Concatenate[Visitor, P], Response]) -> Callable[P, Response]:
    """The same for a page that stays open when nothing can be changed any more."""
    return _guarded(view, lambda _visitor: None)


def _guarded(
    view: Callable[Concatenate[Visitor, P], Response],
    elsewhere: Callable[[Visitor], Response | None],
) -> Callable[P, Response]:
    @wraps(view)
    def enter(*args: P.args, **values: P.kwargs) -> Response:
        db, secret = edge.session(), session.get("visit", "")
        hold = request.method == "POST"
        visit = links.find_visit(db, secret, clock.now(), hold=hold) if secret else None
        if visit is None:
            return closed()
        g.visitor = Visitor(db, visit.consultation, visit)
        return elsewhere(g.visitor) or view(g.visitor, *args, **values)

    return enter


def source(skin: str, question: str | None = None, audience: Audience | None = None) -> Source:
    """Where this request's answers come from, with the id that its page was given.

    What a telephone kept from an earlier visit is an earlier answer, though it comes only now.
    """
    client_id = request.form.get("id", "")[:40] or new_client_id()
    visitor: Visitor = g.visitor
    if visitor.visit.shown_from is None and request.form.get("kept", visitor.mark) != visitor.mark:
        visitor.visit.shown_from = clock.now() + A_MOMENT
    typist = visitor.visit.typist
    return Source(SKINS[skin], client_id, typist, question=question, audience=audience)


def device_secret() -> str:
    """What the cookie of a remembered telephone says; empty without one."""
    return request.cookies.get(DEVICE, "")[:40]


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
