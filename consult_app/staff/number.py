"""A person's number as staff see it: not safe, safe again, or known to be right."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult_app import clock, edge
from consult_app.actions.inviting import numbers, releasing
from consult_app.actions.inviting.asking import Desk
from consult_app.models.kinds import StaffRole
from consult_app.models.person import Person
from consult_app.staff.guard import account, allow
from consult_app.staff.new_link import asked_here

IRO, SUPPORT = StaffRole.IRO, StaffRole.SUPPORT
SHOWN_DIGITS = 3
pages = Blueprint("staff_number", __name__, url_prefix="/staff")


@pages.get("/consultation/<id:consultation_id>/number")
@allow(IRO, SUPPORT)
def show_number(consultation_id: int) -> str:
    """What is known of the number, and what may be said about it."""
    asked = asked_here(consultation_id)
    person = asked.person if asked.person and asked.person.mobile else None
    return render_template(
        "staff/number.html",
        asked=asked,
        person=person,
        digits=(person.mobile or "")[-SHOWN_DIGITS:] if person else "",
        is_shared=person is not None and len(numbers.known(edge.session(), person)) > 1,
        state=numbers.state(person, clock.now(), edge.settings().number_days) if person else "",
        back="staff.show_chasing" if account().has_any(SUPPORT) else "staff.show_desk",
    )


@pages.post("/consultation/<id:consultation_id>/number")
@allow(IRO, SUPPORT)
def judge_number(consultation_id: int) -> Response:
    """Say that it is not safe, safe again, or right."""
    person = asked_here(consultation_id).person
    judge = JUDGEMENTS.get(request.form.get("say", ""))
    if person is None or judge is None:
        abort(404)
    judge(person)
    return redirect(url_for(".show_number", consultation_id=consultation_id), 303)


def _unsafe(person: Person) -> None:
    numbers.mark_unsafe(edge.session(), person, account().id, clock.now())


def _safe(person: Person) -> None:
    numbers.mark_safe(edge.session(), person)


def _right(person: Person) -> None:
    """Confirmed by staff: what waited for it goes out."""
    session, now = edge.session(), clock.now()
    everyone = numbers.sharing(session, person)
    numbers.confirm(everyone, now)
    releasing.release(Desk(session, edge.settings(), now), everyone)


JUDGEMENTS = {"unsafe": _unsafe, "safe": _safe, "right": _right}
