"""Sitting beside: a worker hands over their machine, or types what a person says.

The worker is signed out before the first question: whoever holds the machine then finds no page
of the staff's, and nothing that was said before.
"""

from flask import Blueprint, redirect, render_template, request, session
from flask_security import logout_user
from werkzeug.wrappers import Response

from consult_app import clock, edge
from consult_app.actions.doors import handing, links
from consult_app.models.kinds import StaffRole, Typist
from consult_app.staff.guard import account, allow
from consult_app.staff.new_link import asked_here

IRO, SUPPORT = StaffRole.IRO, StaffRole.SUPPORT
pages = Blueprint("staff_beside", __name__, url_prefix="/staff")


@pages.get("/consultation/<id:consultation_id>/beside")
@allow(IRO, SUPPORT)
def show_beside(consultation_id: int) -> str:
    """What sitting beside means, before it begins."""
    return _page(consultation_id)


@pages.post("/consultation/<id:consultation_id>/beside")
@allow(IRO, SUPPORT)
def sit_beside(consultation_id: int) -> str | Response:
    """Sign the worker out and open the questions, with who types written down."""
    asked, typist = asked_here(consultation_id), request.form.get("typist", "")
    if typist not in (Typist.HELPER, Typist.STAFF) or not handing.can_open(asked):
        return _page(consultation_id)
    secret = links.sit_beside(
        edge.session(), asked, clock.now(), typist=Typist(typist), staff_id=account().id
    )
    logout_user()
    session.clear()
    session["visit"] = secret
    return redirect("/answer/", 303)


def _page(consultation_id: int) -> str:
    asked = asked_here(consultation_id)
    return render_template("staff/beside.html", asked=asked, is_open=handing.can_open(asked))
