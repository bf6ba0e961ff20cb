"""Published questionnaires: numbered YAML files, read once, never edited after release."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from consult_app.conversation.form import FIXED_OPTIONS, Audience, Depth, Form, Kind, Question

FOLDER = Path(__file__).parent
SHARED_LABELS = frozenset({Kind.YES_NO, Kind.YES_PARTLY_NO, Kind.FACES3, Kind.FACES5})


class UnknownQuestionnaire(Exception):
    """No questionnaire of that name and version is published."""


@cache
def names() -> Mapping[str, int]:
    """Every published questionnaire and its newest version."""
    found: dict[str, int] = {}
    for file in FOLDER.glob("*.yaml"):
        name, _, version = file.stem.rpartition("_")
        found[name] = max(found.get(name, 0), int(version))
    return dict(sorted(found.items()))


@cache
def load(name: str, version: int | None = None) -> Form:
    """One questionnaire, the newest version unless one is named. UnknownQuestionnaire if none."""
    file = FOLDER / f"{name}_{version or names().get(name, 0)}.yaml"
    if not file.is_file():
        raise UnknownQuestionnaire(f"no questionnaire {name} {version or ''}".strip())
    content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    questions = tuple(
        _question(entry, section["id"])
        for section in content["sections"]
        for entry in section["questions"]
    )
    screens = {part["id"]: part["screen"] for part in content["sections"] if "screen" in part}
    named = (content["name"], content["version"], content["role"])
    return Form(*named, questions, screens=screens)


@cache
def _composed(name: str, version: int, modules: tuple[str, ...], depth: Depth) -> Form:
    form = load(name, version)
    for module in modules:
        module_name, _, module_version = module.partition(":")
        form = form.joined(load(module_name, int(module_version)))
    return form if depth is Depth.FULL else form.at(depth)


def compose(
    name: str, version: int, modules: Iterable[str] = (), depth: Depth = Depth.FULL
) -> Form:
    """A questionnaire with its modules ("unaccompanied:1") as one conversation, at one depth."""
    return _composed(name, version, tuple(modules), depth)


def _question(entry: Mapping[str, Any], section: str) -> Question:
    kind = Kind(entry["kind"])
    words = entry.get("words", entry["id"])
    return Question(
        id=entry["id"],
        kind=kind,
        section=section,
        words=f"questions.{words}",
        option_words=entry.get("option_words") or _label_key(kind, words),
        audience=Audience(entry.get("audience", Audience.IRO)),
        options=FIXED_OPTIONS.get(kind) or tuple(entry.get("options", ())),
        short=entry.get("short", False),
        required=entry.get("required", False),
        when={earlier: tuple(codes) for earlier, codes in entry["when"].items()}
        if "when" in entry
        else None,
        concern=_codes(entry.get("concern")),
        request=_codes(entry.get("request")),
        extras=tuple(entry.get("extras", ())),
        may_widen=entry.get("may_widen", _is_practical(entry)),
    )


def _is_practical(entry: Mapping[str, Any]) -> bool:
    """True for plans and practical things: who is asked may have them said at the meeting too."""
    calls = entry.get("concern") or entry.get("request") or entry.get("required")
    return entry.get("audience") == Audience.IRO_SW and not calls


def _label_key(kind: Kind, words: str) -> str:
    return f"options.{kind}" if kind in SHARED_LABELS else f"questions.{words}.options"


def _codes(value: str | list[str] | None) -> tuple[str, ...]:
    """`any`, or a list of codes."""
    return (value,) if isinstance(value, str) else tuple(value or ())
