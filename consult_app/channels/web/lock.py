"""Seeing what was said before: the picture lock, or a new link to the person's own number.

What was tapped travels in the page, never in an address or a cookie.
"""

from flask import Blueprint, request, session
from werkzeug.wrappers import Response

from consult_app import clock, edge
from consult_app.actions.doors import locks, way_back
from consult_app.actions.doors.locks import Opening
from consult_app.actions.doors.way_back import Wanted
from consult_app.channels.web.visitor import Visitor, go, inside_still

blueprint = Blueprint("lock", __name__, url_prefix="/answer")

CHECK = "/answer/check"
REMEMBER = "/answer/remember"
BAD_INPUT = 422


@blueprint.get("/earlier")
@inside_still
def ways(visitor: Visitor) -> Response:
    """The ways to what was said before; straight there when nothing is hidden."""
    return go(CHECK) if visitor.sees_all and "note" not in session else _ways(visitor, [])


@blueprint.post("/earlier")
@inside_still
def tap(visitor: Visitor) -> Response:
    """One picture more; the third tries the lock."""
    tapped = _tapped()
    if len(tapped) < locks.TAPS:
        return _ways(visitor, tapped)
    opening = locks.try_lock(visitor.db, visitor.visit, tapped)
    if opening is Opening.OPENED:
        return go(CHECK)
    return _ways(visitor, [], opening, BAD_INPUT)


@blueprint.post("/earlier/text")
@inside_still
def send_link(visitor: Visitor) -> Response:
    """Text a link to the person's own number: the way that asks for no memory."""
    wanted = Wanted(visitor.consultation, edge.settings(), clock.now())
    way_back.text_link(visitor.db, wanted)
    session["note"] = "earlier.sent"
    return go(CHECK if "check" in request.form else "/answer/earlier")


@blueprint.get("/lock")
@inside_still
def choose(visitor: Visitor) -> Response:
    """Nine pictures, to choose a lock from."""
    return _choosing(visitor, [])


@blueprint.post("/lock")
@inside_still
def choose_more(visitor: Visitor) -> Response:
    """One picture more; three are shown once again before they are kept."""
    if "keep" not in request.form:
        return _choosing(visitor, _tapped())
    if not locks.set_lock(visitor.db, visitor.visit, _tapped(), clock.now()):
        return go("/answer/earlier")
    session["note"] = "lock.kept"
    return go(REMEMBER)


def _tapped() -> list[str]:
    """The pictures tapped so far, the last one with them; three at most."""
    if "again" in request.form:
        return []
    said = [*request.form.get("tapped", "").split(), request.form.get("picture", "")]
    return [one for one in said if one in locks.PICTURES][: locks.TAPS]


def _choosing(visitor: Visitor, tapped: list[str]) -> Response:
    return visitor.page("lock.html", pictures=locks.PICTURES, tapped=tapped, taps=locks.TAPS)


def _ways(
    visitor: Visitor, tapped: list[str], opening: Opening | None = None, status: int = 200
) -> Response:
    lock = locks.find(visitor.db, visitor.asked.id)
    spent = lock is not None and lock.tries >= locks.TRIES
    return visitor.page(
        "earlier.html",
        status=status,
        pictures=locks.PICTURES if lock is not None and not spent else (),
        tapped=tapped,
        spent=spent,
        wrong=opening is Opening.WRONG,
        reachable=visitor.is_reachable,
        note=session.pop("note", "") or "",
    )
