"""Questions read aloud: what is recorded, in which language, and the way to add a voice."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from consult_app import edge, language
from consult_app.actions.answering import recordings
from consult_app.actions.answering.attachments import Unfit
from consult_app.conversation.form import Question
from consult_app.models.kinds import StaffRole
from consult_app.models.recording import Recording
from consult_app.questionnaires.load import load, names
from consult_app.staff.guard import account, allow

pages = Blueprint("staff_recording", __name__, url_prefix="/staff")

MANAGER, SUPPORT = StaffRole.MANAGER, StaffRole.SUPPORT
BAD_INPUT = 422
Known = Mapping[tuple[str, str], Recording]


@dataclass(frozen=True)
class Coverage:
    """How many questions of one questionnaire are recorded, by language."""

    name: str
    total: int
    recorded: Mapping[str, int]


@dataclass(frozen=True)
class Line:
    """One question with its recording; `stale` when its words have changed since."""

    question: Question
    words: str
    recording: Recording | None
    stale: bool


@pages.get("/recordings")
@allow(MANAGER, SUPPORT)
def show_recordings() -> str:
    """What is recorded, and each question of the questionnaire and language that were chosen."""
    return _page()


@pages.post("/recordings")
@allow(MANAGER, SUPPORT)
def keep_recording() -> str | tuple[str, int] | Response:
    """Take a recording of one question."""
    name, tag = _name(), _tag()
    question = load(name).by_id.get(request.values.get("question", ""))
    if question is None:
        return _page(Unfit.EMPTY), BAD_INPUT
    kept = recordings.keep(edge.session(), question, tag, _sent(), staff_id=account().id)
    if not isinstance(kept, Recording):
        return _page(kept, question.id), BAD_INPUT
    here = url_for(".show_recordings", form=name, language=tag, _anchor=f"q-{question.id}")
    return redirect(here, 303)


def _name() -> str:
    name = request.values.get("form", "")
    return name if name in names() else next(iter(names()))


def _tag() -> str:
    return language.get(request.values.get("language", "")).tag


def _sent() -> bytes:
    """The file that came, and of one that is too large just enough to know it."""
    file = request.files.get("file")
    return file.read(recordings.LARGEST + 1) if file else b""


def _page(unfit: Unfit | None = None, missed: str = "") -> str:
    name, tag, known = _name(), _tag(), _known(edge.session())
    return render_template(
        "staff/recordings.html",
        coverage=[_coverage(one, known) for one in names()],
        lines=[_line(question, tag, known) for question in load(name).questions],
        name=name,
        language=language.get(tag),
        languages=language.languages(),
        unfit=unfit,
        missed=missed,
    )


def _known(session: Session) -> Known:
    every = [question for name in names() for question in load(name).questions]
    return recordings.among(session, every)


def _coverage(name: str, known: Known) -> Coverage:
    questions = load(name).questions
    recorded = {
        one.tag: sum(_stands(question, one.tag, known) for question in questions)
        for one in language.languages()
    }
    return Coverage(name, len(questions), recorded)


def _stands(question: Question, tag: str, known: Known) -> bool:
    found = known.get((question.words, tag))
    return found is not None and found.words_hash == recordings.words_hash(question, tag)


def _line(question: Question, tag: str, known: Known) -> Line:
    found = known.get((question.words, tag))
    words = language.question_words(question, tag)
    return Line(question, words, found, found is not None and not _stands(question, tag, known))
