"""The outbox for those who keep it going: what waits, what is unknown, what failed, its cost."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult_app import clock, edge, language
from consult_app.language import ENGLISH
from consult_app.models.kinds import StaffRole
from consult_app.outbox import standing
from consult_app.outbox.by_hand import decide
from consult_app.outbox.prices import prices
from consult_app.staff.guard import allow

pages = Blueprint("staff_queue", __name__, url_prefix="/staff")

MANAGER, SUPPORT = StaffRole.MANAGER, StaffRole.SUPPORT
DECISIONS = {"again": True, "went": False}


@pages.get("/queue")
@allow(MANAGER, SUPPORT)
def show_queue() -> str:
    """How the outbox stands; no number and no word of any text."""
    session, now = edge.session(), clock.now()
    return render_template(
        "staff/queue.html",
        counts=standing.counts(session),
        on_their_way=standing.ON_THEIR_WAY,
        oldest=standing.oldest_due(session, now),
        unknown=standing.unknown(session),
        failures=standing.failures(session, now),
        costs=standing.costs(session, prices(edge.settings()), now),
        own_name=lambda tag: language.get(tag).own_name,
        month_words=_month,
    )


@pages.post("/queue/<id:message_id>")
@allow(MANAGER, SUPPORT)
def decide_unknown(message_id: int) -> Response:
    """Settle one unknown text: it went, or it is to go again."""
    again = DECISIONS.get(request.form.get("choice", ""))
    if again is None or not decide(edge.session(), message_id, again=again, now=clock.now()):
        abort(404)
    return redirect(url_for(".show_queue", _anchor="unknown"), 303)


def _month(year: int, month: int) -> str:
    return language.words(f"staff_queue.month.{month}", ENGLISH, year=year)
