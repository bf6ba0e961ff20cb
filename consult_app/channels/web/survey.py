"""The quarterly survey: open to anyone, without a name, and nobody can come to help from it."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from consult_app import clock, edge, language
from consult_app.actions.answering import survey
from consult_app.channels.web.page import page, wanted
from consult_app.channels.web.shown import Shown, show
from consult_app.channels.web.visitor import go

blueprint = Blueprint("survey", __name__)

COOKIE, PATH = "s", "/survey"
"""The cookie holds the quarter in which this browser answered, and nothing else."""
HUNDRED_DAYS = 100 * 24 * 60 * 60
BAD_INPUT = 422


@blueprint.get("/survey")
def ask() -> Response:
    """All questions on one page; a browser that has answered this quarter is told so."""
    if _has_answered():
        return page("survey_done.html", already=True)
    return _page()


@blueprint.post("/survey")
def keep() -> Response:
    """Keep one reply for each browser and quarter; an empty one is asked for again."""
    quarter = _quarter()
    if not _has_answered():
        asked = _questions(wanted())
        said = {one.id: request.form.get(one.name) for one in asked}
        if not survey.keep(edge.session(), quarter, said, wanted()):
            return _page(status=BAD_INPUT)
    response = go(f"/survey/thanks?l={wanted()}")
    https = edge.settings().public_url.startswith("https://")
    response.set_cookie(
        COOKIE, quarter, HUNDRED_DAYS, path=PATH, httponly=True, secure=https, samesite="Lax"
    )
    return response


@blueprint.get("/survey/thanks")
def thanks() -> Response:
    """What happens with it."""
    return page("survey_done.html", already=False)


def _page(status: int = 200) -> Response:
    tag = language.get(wanted()).tag
    sections: dict[str, list[Shown]] = {}
    for one in _questions(tag):
        sections.setdefault(language.section_words(one.section, tag), []).append(one)
    return page(
        "survey.html",
        tag,
        status=status,
        sections=sections,
        missed=status == BAD_INPUT,
        given=request.form,
    )


def _questions(tag: str) -> list[Shown]:
    form = survey.form()
    return [show(form, question.id, tag) for question in form.questions]


def _quarter() -> str:
    return survey.quarter_of(clock.today())


def _has_answered() -> bool:
    return request.cookies.get(COOKIE) == _quarter()
