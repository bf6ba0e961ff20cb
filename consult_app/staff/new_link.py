"""A new link for a respondent: shown once to hand over, or sent to their own number."""

from flask import Blueprint, abort, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult_app import clock, edge
from consult_app.actions.doors import handing, links, way_back
from consult_app.actions.doors.way_back import Wanted
from consult_app.models.consultation import Consultation
from consult_app.models.kinds import StaffRole
from consult_app.models.review import Review
from consult_app.staff.guard import account, allow, runs

IRO, SUPPORT = StaffRole.IRO, StaffRole.SUPPORT
pages = Blueprint("staff_link", __name__, url_prefix="/staff")


@pages.get("/consultation/<id:consultation_id>/link")
@allow(IRO, SUPPORT)
def show_link(consultation_id: int) -> str:
    """What a new link does, before one is made."""
    return _page(asked_here(consultation_id))


@pages.post("/consultation/<id:consultation_id>/link")
@allow(IRO, SUPPORT)
def make_link(consultation_id: int) -> str:
    """Make the link: shown this once, or queued as a text."""
    asked, settings, now = asked_here(consultation_id), edge.settings(), clock.now()
    if not handing.can_open(asked):
        return _page(asked)
    if "text" in request.form:
        wanted = Wanted(asked, settings, now)
        return _page(asked, queued=way_back.text_link(edge.session(), wanted))
    token = handing.by_hand(edge.session(), asked, now, settings.link_days)
    return _page(asked, link=links.address(settings.public_url, token or ""))


def asked_here(consultation_id: int) -> Consultation:
    """The consultation, for business support or the officer of its review."""
    query = (
        select(Consultation)
        .where(Consultation.id == consultation_id)
        .options(
            joinedload(Consultation.person),
            joinedload(Consultation.review).options(
                joinedload(Review.child), joinedload(Review.iro)
            ),
        )
    )
    asked = edge.session().scalar(query) or abort(404)
    if not account().has_any(SUPPORT) and not runs(asked.review):
        abort(403)
    return asked


def _page(asked: Consultation, *, link: str = "", queued: bool | None = None) -> str:
    return render_template(
        "staff/new_link.html",
        asked=asked,
        link=link,
        queued=queued,
        days=edge.settings().link_days,
        is_open=handing.can_open(asked),
        back="staff.show_chasing" if account().has_any(SUPPORT) else "staff.show_desk",
    )
