"""Who is answering: the guard before every page of a consultation."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, wraps
from typing import Concatenate, NamedTuple, ParamSpec

from flask import g, redirect, request, session
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from consult_app import clock, edge, language, sealing
from consult_app.actions.answering import lightly, talk
from consult_app.actions.answering.remembering import Source
from consult_app.actions.answering.talk import Heard
from consult_app.actions.doors import links
from consult_app.actions.doors.glance import Glance, glance
from consult_app.channels.web.page import Words, closed, page, words_in
from consult_app.conversation.form import Audience
from consult_app.models.answer import Said
from consult_app.models.consultation import Asked, Consultation
from consult_app.models.kinds import Channel, Role, Typist
from consult_app.models.visit import Entered, Visit

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


class Hears(NamedTuple):
    """How a respondent is read to: by itself or when asked, and in which other language too."""

    aloud: bool
    speaks: language.Language | None


class HoldFirst(Exception):
    """This request changes more than it can at a glance: it begins again, holding."""


@dataclass(frozen=True)
class Visitor:
    """The respondent whose visit this is: `seen` at a glance, or held to be changed."""

    entered: Visit | Entered
    asked: Asked
    seen: Glance | None = None

    @property
    def db(self) -> Session:
        """The transaction that serves them."""
        if request.method == "POST" and self.seen is not None:
            raise HoldFirst
        return edge.session()

    @cached_property
    def consultation(self) -> Consultation:
        """What they are asked about, as a row."""
        if isinstance(self.asked, Consultation):
            return self.asked
        return links.whole(self.db, self.asked.id)

    @cached_property
    def visit(self) -> Visit:
        """This visit, as a row."""
        if isinstance(self.entered, Visit):
            return self.entered
        return self.db.get_one(Visit, self.entered.id)

    @property
    def tag(self) -> str:
        """The language they read in."""
        return self.asked.language

    @property
    def words(self) -> Words:
        """The pages' words in their language."""
        return words_in(self.tag)

    @property
    def who(self) -> str:
        """`child` or `adult`: whose way of speaking the pages take."""
        return "child" if self.asked.role in YOUNG else "adult"

    @property
    def officer(self) -> str:
        """The first name of who runs the review, or words for them."""
        iro = self.consultation.review.iro
        return iro.first_name if iro else self.words(f"officer.{self.who}")

    @property
    def is_over(self) -> bool:
        """True when what was sent can be changed no more: the review has been."""
        ends = links.ends_with_the_review(self.asked)
        return ends and not links.may_change(self.consultation, clock.now())

    @property
    def since(self) -> datetime:
        """Answers from before this moment are hidden in this visit."""
        return self.entered.shown_from or self.entered.opened_at

    @property
    def sees_all(self) -> bool:
        """True when nothing can be hidden in this visit."""
        return self.since == links.FROM_THE_START

    @property
    def mark(self) -> str:
        """What tells this visit from others to a page, without naming anybody."""
        return sealing.ring().hash(f"visit {self.entered.id}")[:16]

    @property
    def is_beside(self) -> bool:
        """True on a worker's machine."""
        return self.entered.typist is not Typist.SELF

    @property
    def is_reachable(self) -> bool:
        """True when a text can go to a number of their own."""
        person = self.consultation.person
        return person is not None and person.mobile_hash is not None

    def here(self) -> Heard:
        """Where the conversation stands."""
        if self.seen is None:
            return talk.current(self.db, self.consultation)
        return talk.standing(self.asked, self.seen.rows)

    def hear(self, text: str, told: Source) -> Heard:
        """Hear one message: held where it must be, else without anybody waiting meanwhile."""
        if self.seen is None:
            return talk.hear(self.db, self.consultation, text, told)
        heard = lightly.hear(edge.database(), self.seen, text, told)
        if heard is None:
            raise HoldFirst
        return heard

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

    @property
    def hears(self) -> Hears:
        """How they are read to."""
        return Hears(session.get("aloud", False), self.speaks)

    def page(
        self, template: str, *, status: int = 200, switch: str = "", **values: object
    ) -> Response:
        """A page in their language."""
        told = {"who": self.who, "heard": self.hears} | values
        return page(template, self.tag, status=status, switch=switch, **told)


def inside(view: Callable[Concatenate[Visitor, P], Response]) -> Callable[P, Response]:
    """Let in who has a visit that is still going on; all others see the closed page.

    A writing request holds the consultation, so that two taps at once are heard one by one.
    When the review is over and the answers were sent, the way leads to writing to the officer.
    """
    return _guarded(view, _after_all, holding=True)


def inside_lightly(view: Callable[Concatenate[Visitor, P], Response]) -> Callable[P, Response]:
    """The same for what only hears: it holds the consultation when it asks for more than that."""
    return _guarded(view, _after_all, holding=False)


def inside_still(view: Callable[Concatenate[Visitor, P], Response]) -> Callable[P, Response]:
    """The same for a page that stays open when nothing can be changed any more."""
    return _guarded(view, lambda _visitor: None, holding=True)


def _after_all(visitor: Visitor) -> Response | None:
    return go(AFTER_ALL) if visitor.is_over else None


def _guarded(
    view: Callable[Concatenate[Visitor, P], Response],
    elsewhere: Callable[[Visitor], Response | None],
    *,
    holding: bool,
) -> Callable[P, Response]:
    def let_in(visitor: Visitor | None, *args: P.args, **values: P.kwargs) -> Response:
        g.pop("visitor", None)  # of before it began again
        if visitor is None:
            return closed()
        g.visitor = visitor
        return elsewhere(visitor) or view(visitor, *args, **values)

    @wraps(view)
    def enter(*args: P.args, **values: P.kwargs) -> Response:
        secret = session.get("visit", "")
        if request.method == "POST" and holding:
            return let_in(_held(secret), *args, **values)
        try:
            return let_in(_at_a_glance(secret), *args, **values)
        except HoldFirst:
            return let_in(_held(secret), *args, **values)

    return enter


def _at_a_glance(secret: str) -> Visitor | None:
    if not secret:
        return None
    with edge.database().glancing() as connection:
        seen = glance(connection, secret, clock.now())
    return None if seen is None else Visitor(seen.visit, seen.consultation, seen)


def _held(secret: str) -> Visitor | None:
    visit = links.hold_visit(edge.session(), secret, clock.now()) if secret else None
    return None if visit is None else Visitor(visit, visit.consultation)


def source(skin: str, question: str | None = None, audience: Audience | None = None) -> Source:
    """Where this request's answers come from, with the id that its page was given.

    What a telephone kept from an earlier visit is an earlier answer, though it comes only now.
    """
    client_id = request.form.get("id", "")[:40] or new_client_id()
    visitor: Visitor = g.visitor
    kept_in = request.form.get("kept", visitor.mark)
    if visitor.entered.shown_from is None and kept_in != visitor.mark:
        visitor.visit.shown_from = clock.now() + A_MOMENT
    typist = visitor.entered.typist
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
