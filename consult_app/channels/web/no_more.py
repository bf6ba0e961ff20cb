"""No more e-mails: where the link at the end of each leads, also for a mail program's own button."""

from flask import Blueprint
from werkzeug.wrappers import Response

from consult_app import edge
from consult_app.actions.inviting import mail_stops
from consult_app.channels.web.page import closed, page, wanted
from consult_app.models.person import Person

blueprint = Blueprint("no_more", __name__)


@blueprint.get("/no-more/<token>")
def ask(token: str) -> Response:
    """A button: programs that open every link in a mail change nothing."""
    return _show(mail_stops.whose(edge.session(), token), done=False)


@blueprint.post("/no-more/<token>")
def stop(token: str) -> Response:
    """No more to this address. RFC 8058 lets mail programs post here without having been here."""
    return _show(mail_stops.stop(edge.session(), token), done=True)


def _show(person: Person | None, *, done: bool) -> Response:
    if person is None:
        return closed()
    return page("no_more.html", wanted(person.language_read), done=done)
