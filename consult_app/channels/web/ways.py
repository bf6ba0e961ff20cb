"""Other ways to answer a question than words, and the way from a question to them and back."""

import re
from collections.abc import Mapping

from flask import request

from consult_app.channels.web.page import words_in
from consult_app.channels.web.shown import field_name, said
from consult_app.conversation.form import Form, Kind, Question, Value
from consult_app.models.answer import Said
from consult_app.models.kinds import MediaKind

KINDS: Mapping[str, MediaKind] = {
    "draw": MediaKind.DRAWING,
    "photo": MediaKind.PHOTO,
    "voice": MediaKind.VOICE,
}
SHEET = re.compile(r"/answer/(?:form/\d+|page|together/\w+)")
ASKED = re.compile(rf"(?:{'|'.join(KINDS)})/\d+")


def wanted(page: str = "") -> str | None:
    """The page of another way that was tapped, when what was sent asks for one.

    It leads back to `page`, or to the question in the chat.
    """
    way = request.form.get("way", "")
    if not ASKED.fullmatch(way):
        return None
    return f"/answer/{way}" + (f"?from={page}" if page else "")


def question_at(form: Form, place: int) -> Question | None:
    """The question that a page names by its place in the form."""
    return form.questions[place] if place < len(form.questions) else None


def came_from() -> str:
    """The page of several questions that led here; empty for the chat."""
    page = request.values.get("from", "")
    return page if SHEET.fullmatch(page) else ""


def back_to(form: Form, question: Question) -> str:
    """Where this respondent met `question`: on a page of several, or alone in the chat."""
    if came_from():
        return f"{came_from()}#q-{field_name(question.id)}"
    return f"/answer/q/{form.questions.index(question)}"


def told(question: Question, value: Value, row: Said | None, tag: str) -> str:
    """An answer in words; of a drawing, a photo or a recording without words, that it was sent."""
    sent = row is not None and question.kind is Kind.TEXT and row.code
    return said(question, value, tag) or (words_in(tag)(f"media.sent.{sent}") if sent else "")
