"""What a page needs to go on without a connection: a key for what it keeps, and what comes next.

The key is made anew from our own for each consultation and day, so that what a telephone keeps
opens for nobody after a day, and only inside a visit before that.
"""

from datetime import timedelta

from flask import Blueprint, jsonify
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from consult_app import clock, sealing
from consult_app.channels.web import chat
from consult_app.channels.web.page import render
from consult_app.channels.web.shown import show
from consult_app.channels.web.visitor import Visitor, inside, new_client_id

blueprint = Blueprint("offline", __name__, url_prefix="/answer")


@blueprint.get("/kept")
@inside
def keys(visitor: Visitor) -> Response:
    """Today's key first, then yesterday's; and marks that name nobody."""
    days = (clock.today(), clock.today() - timedelta(days=1))
    asked = visitor.asked.id
    return jsonify(
        keys=[key for day in days for key in sealing.ring().hashes(f"kept {asked} {day}")],
        whose=sealing.ring().hash(f"kept for {asked}")[:16],
        visit=visitor.mark,
        token=generate_csrf(),
    )


@blueprint.get("/ahead")
@inside
def ahead(visitor: Visitor) -> Response:
    """The questions still to come that everybody meets, each ready to be answered."""
    here = visitor.here()
    coming = [q for q in here.form.questions if q.when is None and q.id not in here.state.answers]
    shown = [show(here.form, question.id, visitor.tag) for question in coming]
    questions = [(one, chat.untouched(one, visitor.tag, visitor.who)) for one in shown]
    html = render("ahead.html", visitor.tag, questions=questions, new_id=new_client_id)
    return Response(html, mimetype="text/html")
