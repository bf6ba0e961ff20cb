"""Transcripts as data: what we ask, what they say, and the answers it ends in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from consult_app import language
from consult_app.conversation.form import Depth, Form, Value
from consult_app.questionnaires.load import compose, names

FOLDER = Path(__file__).parent / "transcripts"


@dataclass(frozen=True)
class Transcript:
    """One consultation, turn by turn, for every channel to play."""

    name: str
    questionnaire: str
    modules: tuple[str, ...]
    role: str
    depth: Depth
    language: str
    turns: tuple[tuple[str, str], ...]
    answers: Mapping[str, Value]
    concerns: tuple[str, ...]

    @property
    def form(self) -> Form:
        """The questionnaire it plays, with its modules and at its depth."""
        version = names()[self.questionnaire]
        return compose(self.questionnaire, version, self.modules, self.depth)


def read(file: Path) -> Transcript:
    """One transcript file; lists of codes become tuples, as conversations hold them."""
    entry = yaml.safe_load(file.read_text(encoding="utf-8"))
    answers = {
        question: tuple(value) if isinstance(value, list) else value
        for question, value in entry["answers"].items()
    }
    return Transcript(
        name=file.stem,
        questionnaire=entry["questionnaire"],
        modules=tuple(entry.get("modules", ())),
        role=entry["role"],
        depth=Depth(entry["depth"]),
        language=entry["language"],
        turns=tuple((turn["ask"], turn["say"]) for turn in entry["turns"]),
        answers=answers,
        concerns=tuple(entry["concerns"]),
    )


language.load()
READ = tuple(read(file) for file in sorted(FOLDER.glob("*.yaml")))
ALL = tuple(played for played in READ if language.is_offered(played.language))
"""Those in a language that is offered; a draft that is not yet whole plays nowhere."""
