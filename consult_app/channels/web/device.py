"""What a person wants when they come back: this telephone remembered, or a picture lock."""

from flask import Blueprint, current_app, request, session
from werkzeug.wrappers import Response

from consult_app import clock
from consult_app.actions.doors import devices, locks
from consult_app.channels.web.visitor import DEVICE, Visitor, device_secret, go, inside_still

blueprint = Blueprint("device", __name__, url_prefix="/answer")

A_DAY = 86_400


@blueprint.get("/remember")
@inside_still
def choose(visitor: Visitor) -> Response:
    """How earlier answers are shown when they come back. Nothing on a worker's machine."""
    if visitor.is_beside:
        return go("/answer/check")
    known = devices.shows_from(visitor.db, visitor.asked.id, device_secret(), clock.now())
    return visitor.page(
        "remember.html",
        remembered=known is not None,
        locked=locks.find(visitor.db, visitor.asked.id) is not None,
        note=session.pop("note", "") or "",
    )


@blueprint.post("/remember")
@inside_still
def remember(visitor: Visitor) -> Response:
    """Remember this telephone, or forget it."""
    response = go("/answer/remember")
    if visitor.is_beside:
        return go("/answer/check")
    if "forget" in request.form:
        devices.forget(visitor.db, visitor.asked.id, device_secret())
        return response
    secret = devices.remember(visitor.db, visitor.visit, device_secret(), clock.now())
    response.set_cookie(
        DEVICE,
        secret,
        max_age=devices.DAYS * A_DAY,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response
