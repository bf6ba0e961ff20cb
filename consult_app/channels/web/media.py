"""A drawing, a photo or a voice note as an answer, where question and authority allow it."""

from flask import Blueprint, request, session
from werkzeug.wrappers import Response

from consult_app import edge
from consult_app.actions.answering import attachments, talk
from consult_app.actions.answering.attachments import LARGEST, Media
from consult_app.actions.answering.talk import Heard
from consult_app.channels.web import notes, ways
from consult_app.channels.web.shown import show
from consult_app.channels.web.start import skin_of
from consult_app.channels.web.visitor import Visitor, go, inside, new_client_id, source
from consult_app.conversation.form import Audience, Kind, Question
from consult_app.models.kinds import MediaKind

blueprint = Blueprint("media", __name__, url_prefix="/answer")

ADDRESS = "/<any(draw, photo, voice):way>/<int:place>"
BAD_INPUT = 422


@blueprint.get(ADDRESS)
@inside
def offer(visitor: Visitor, way: str, place: int) -> Response:
    """The page on which one draws, chooses a photo, or speaks."""
    here = visitor.here()
    question = _allowed(here, way, place)
    return go("/answer/") if question is None else _page(visitor, here, question, way)


@blueprint.post(ADDRESS)
@inside
def send(visitor: Visitor, way: str, place: int) -> Response:
    """Take what was drawn, photographed or said as the answer."""
    here = visitor.here()
    question = _allowed(here, way, place)
    if question is None:
        return go("/answer/")
    media = attachments.examined(ways.KINDS[way], _sent())
    if not isinstance(media, Media):
        return _page(visitor, here, question, way, f"media.error.{media}")
    narrow = Audience.IRO if "narrow" in request.form else None
    told = source(skin_of(visitor), question.id, narrow)
    heard = talk.attach(visitor.db, visitor.consultation, media, told)
    session["note"] = notes.raised(heard.outcomes) or f"media.kept.{way}"
    return go(ways.back_to(heard.form, question) if ways.came_from() else "/answer/q")


@blueprint.post(f"{ADDRESS}/back")
@inside
def take_back(visitor: Visitor, way: str, place: int) -> Response:
    """What was sent shall stand no longer."""
    here = visitor.here()
    question = _allowed(here, way, place)
    if question is None:
        return go("/answer/")
    if _standing(visitor, here, question):
        told = source(skin_of(visitor), question.id)
        talk.take_back(visitor.db, visitor.consultation, told)
        session["note"] = "media.taken_back"
    return go(ways.back_to(here.form, question))


def _allowed(here: Heard, way: str, place: int) -> Question | None:
    """The question at `place`, when it may be answered in this way."""
    question = ways.question_at(here.form, place)
    if question is None or question.kind is not Kind.TEXT:
        return None
    return question if way in question.extras and way in edge.settings().media else None


def _sent() -> bytes:
    """The file that came, and of one that is too large just enough to know it."""
    file = request.files.get("file")
    return file.read(LARGEST + 1) if file else b""


def _standing(visitor: Visitor, here: Heard, question: Question) -> MediaKind | None:
    """What was sent to the question and stands: a drawing, a photo or a recording."""
    row = visitor.standing(here, question.id)
    return MediaKind(row.code) if row is not None and row.code else None


def _seen_by(visitor: Visitor, here: Heard, question: Question) -> str:
    """Who may see what is sent: as it stands with the answer, else as the question has it."""
    row = visitor.standing(here, question.id)
    return row.audience if row else question.audience.value


def _page(visitor: Visitor, here: Heard, question: Question, way: str, error: str = "") -> Response:
    return visitor.page(
        "media.html",
        status=BAD_INPUT if error else 200,
        way=way,
        q=show(here.form, question.id, visitor.tag),
        sent=_standing(visitor, here, question),
        seen_by=_seen_by(visitor, here, question),
        error=error,
        back=ways.back_to(here.form, question),
        page=ways.came_from(),
        largest=LARGEST,
        id=new_client_id(),
    )
