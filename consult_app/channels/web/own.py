"""After sending: what happens next, and what somebody said to read again and to keep."""

from dataclasses import dataclass

from flask import Blueprint
from werkzeug.wrappers import Response

from consult_app import clock, language
from consult_app.actions.answering import own_copy, telling
from consult_app.actions.answering.own_copy import OwnCopy, Piece
from consult_app.channels.web.page import render, words_in
from consult_app.channels.web.shown import said
from consult_app.channels.web.visitor import Visitor, go, inside_still
from consult_app.models.kinds import CLOSED_BY_THEM, ConsultationStatus, Purpose

blueprint = Blueprint("own", __name__, url_prefix="/answer")

FILE = "copy.html"


@dataclass(frozen=True)
class Told:
    """One question, and what was said to it in words."""

    ask: str
    words: str
    own_words: bool
    added: bool


@blueprint.get("/thanks")
@inside_still
def thanks(visitor: Visitor) -> Response:
    """What happens next, with a name and a day; kind words for who has no part in it."""
    asked = visitor.asked
    if asked.status not in CLOSED_BY_THEM:
        return go("/answer/check")
    return visitor.page(
        "thanks.html",
        iro=language.isolate(visitor.officer),
        day=_day_ahead(visitor),
        no_day=visitor.consultation.review.day is None,
        has_no_part=asked.status is ConsultationStatus.NOT_INVOLVED,
        may_add=telling.may_add(asked) and not visitor.is_over,
        may_change=not visitor.is_over,
    )


def _day_ahead(visitor: Visitor) -> str:
    """The review's day in words, while it is still to come."""
    day, asked = visitor.consultation.review.day, visitor.consultation
    if day is None or asked.purpose is not Purpose.BEFORE or day < clock.today():
        return ""
    return language.isolate(language.day_beside(day, visitor.tag))


@blueprint.get("/own")
@inside_still
def read(visitor: Visitor) -> Response:
    """What was said in this visit, or before it where that may be shown."""
    copy = _copy(visitor)
    return visitor.page(
        "own.html",
        sections=_sections(copy, visitor.tag),
        covered=copy.covered,
        is_sent=visitor.asked.status in CLOSED_BY_THEM,
    )


@blueprint.get("/own/copy")
@inside_still
def keep(visitor: Visitor) -> Response:
    """The same as a file in their language, under a name that says nothing."""
    html = render(
        "own_copy.html",
        visitor.tag,
        sections=_sections(_copy(visitor), visitor.tag),
        day=language.isolate(language.date_words(clock.today(), visitor.tag)),
    )
    response = Response(html, mimetype="text/html")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response


def _copy(visitor: Visitor) -> OwnCopy:
    rows = visitor.here().rows
    return own_copy.read(visitor.asked, rows, visitor.is_earlier)


def _sections(copy: OwnCopy, tag: str) -> dict[str, list[Told]]:
    """What was said under the titles of the form's sections."""
    titled: dict[str, list[Told]] = {}
    for piece in copy.pieces:
        title = language.section_words(piece.question.section, tag)
        titled.setdefault(title, []).append(_told(piece, tag))
    return titled


def _told(piece: Piece, tag: str) -> Told:
    words = said(piece.question, piece.value, tag)
    if not words and piece.media:
        words = words_in(tag, "later")(f"own.{piece.media}")
    ask = language.question_words(piece.question, tag)
    return Told(ask, words, own_words=not piece.question.is_chosen, added=piece.added)
