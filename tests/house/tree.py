"""The project's own files, as git knows them or as they lie where there is no git."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SKIPPED = {".venv", ".git", "__pycache__", "instance", "build", "consult.egg-info"}
SKIPPED |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis"}
BINARY = {".png", ".gz", ".br", ".ico", ".woff2", ".xlsx"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the project and still lies there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        found = [p for p in ROOT.rglob("*") if not SKIPPED & set(p.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def under(folder: str, *endings: str) -> list[Path]:
    """The files below `folder` that end so."""
    return [p for p in files() if p.is_relative_to(ROOT / folder) and p.name.endswith(endings)]


def texts() -> list[Path]:
    """Every file that is text."""
    return [path for path in files() if path.suffix not in BINARY]


def name(path: Path) -> str:
    """How a file is called in a message."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """A module as Python reads it."""
    return ast.parse(path.read_text(encoding="utf-8"))


def code() -> list[Path]:
    """The service's modules."""
    return under("consult_app", ".py")
