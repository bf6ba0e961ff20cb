"""Texts nobody could place: each with those it may be about, and one tap that says so.

Business support and managers see those that belong to nobody for sure; an officer sees those that
can only be about children whose reviews they run.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from consult_app import clock, edge
from consult_app.actions.texts import placing
from consult_app.actions.texts.placing import Placed
from consult_app.db import read_id
from consult_app.models.consultation import Consultation
from consult_app.models.inbound import Inbound
from consult_app.models.kinds import StaffRole
from consult_app.models.person import Person
from consult_app.models.review import Review
from consult_app.staff import addresses
from consult_app.staff.guard import account, allow

IRO, MANAGER, SUPPORT = StaffRole.IRO, StaffRole.MANAGER, StaffRole.SUPPORT
PAGE = 20
S = TypeVar("S", bound="Select[*tuple[Any, ...]]")
pages = Blueprint("staff_unplaced", __name__, url_prefix="/staff")


@dataclass(frozen=True)
class Text:
    """One text, whose number it came from where that is known, and whom it may be about."""

    inbound: Inbound
    person: Person | None
    candidates: tuple[Consultation, ...]


@dataclass(frozen=True)
class Page:
    """A page of texts: what may be a cry for help, then the newest first."""

    rows: tuple[Text, ...]
    more: bool
    number: int


@pages.get("/texts")
@allow(IRO, MANAGER, SUPPORT)
def show_texts() -> str:
    """What came in and has no place yet."""
    page = read(edge.session(), addresses.page(request.args))
    return render_template("staff/texts.html", page=page)


@pages.post("/texts/<id:inbound_id>")
@allow(IRO, MANAGER, SUPPORT)
def place_text(inbound_id: int) -> Response:
    """It belongs to one of them, or to none."""
    session, now, staff_id = edge.session(), clock.now(), account().id
    session.scalar(_seen(select(Inbound.id)).where(Inbound.id == inbound_id)) or abort(404)
    chosen = request.form.get("consultation", "")
    about = read_id(chosen)
    if about is not None:
        placed = Placed(about, staff_id, now)
        done = placing.place(session, edge.settings(), inbound_id, placed)
    else:
        done = chosen == "none" and placing.set_aside(session, inbound_id, staff_id, now)
    here = url_for(".show_texts", page=addresses.page(request.args))
    return redirect(here, 303) if done else abort(404)


def read(session: Session, number: int) -> Page:
    """One page of what the account may read."""
    query = (
        _seen(select(Inbound, Person))
        .outerjoin(Person, Inbound.person_id == Person.id)
        .order_by(Inbound.alarm.desc(), Inbound.received_at.desc(), Inbound.id.desc())
    )
    found = session.execute(query.offset((number - 1) * PAGE).limit(PAGE + 1)).all()
    meant = placing.candidates(session, [row for row, _ in found[:PAGE]])
    rows = tuple(Text(row, who, tuple(meant[row.from_hash])) for row, who in found[:PAGE])
    return Page(rows, len(found) > PAGE, number)


def count(session: Session) -> int:
    """How many wait for the account."""
    return session.scalar(_seen(select(func.count(Inbound.id)))) or 0


def _seen(query: S) -> S:
    """`query` over Inbound, narrowed to what waits and the account may read."""
    waits = Inbound.state.in_(placing.WAITING)
    return query.where(waits, or_(_nobodys(), _own()))


def _nobodys() -> ColumnElement[bool]:
    nobodys = Inbound.consultation_id.is_(None)
    return nobodys if account().has_any(SUPPORT, MANAGER) else false()


def _own() -> ColumnElement[bool]:
    """Those that are, or can only be, about reviews that the account runs."""
    who = account()
    if not who.has_any(IRO) or who.iro_id is None:
        return false()
    certain = select(Consultation.id).join(Consultation.review).where(Review.iro_id == who.iro_id)
    meant = placing.may_be_about(Inbound.from_hash).with_only_columns(Consultation.id)
    mine = meant.where(Review.iro_id == who.iro_id).correlate(Inbound).exists()
    others = Review.iro_id.is_(None) | (Review.iro_id != who.iro_id)
    anothers = meant.where(others).correlate(Inbound).exists()
    unsure = and_(Inbound.consultation_id.is_(None), mine, ~anothers)
    return or_(Inbound.consultation_id.in_(certain), unsure)
