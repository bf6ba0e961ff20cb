"""What may stand in no file: other people's numbers, machine paths, hosts in locks."""

import re
import subprocess

import pytest

from tests.house import tree

LOCKS = ("requirements.lock", "requirements-dev.lock")
MOBILE = re.compile(r"(?<![\d.])(?:\+44|0044|0)[ -]?7[\d -]{8,13}\d")
DRAMA = re.compile(r"(?:44|0)7700900\d{1,4}")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/[\w.-]+")


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_name_no_host(lock: str) -> None:
    text = (tree.ROOT / lock).read_text()
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links|@ file", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_pin_every_package_by_hash(lock: str) -> None:
    text = (tree.ROOT / lock).read_text()
    packages = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^ *#.*\n?", "", text).strip())
    assert len(packages) > 50
    assert [p.split("\n")[0] for p in packages if "==" not in p or "--hash=sha256:" not in p] == []


def test_phone_numbers_are_from_the_range_for_drama() -> None:
    real = [
        f"{tree.name(path)}: {found}"
        for path in tree.texts()
        if path.name not in LOCKS
        for found in MOBILE.findall(path.read_text(encoding="utf-8", errors="replace"))
        if not DRAMA.fullmatch(re.sub(r"\D", "", found).removeprefix("00"))
    ]
    assert real == []


def test_no_file_names_a_machine() -> None:
    named = [
        f"{tree.name(path)}: {found}"
        for path in tree.texts()
        for found in MACHINE_PATH.findall(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert named == []


def test_the_top_level_stays_small() -> None:
    top = {path.relative_to(tree.ROOT).parts[0] for path in tree.files()}
    known = {
        ".ci", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md",
        "consult_app", "docs", "migrations", "pyproject.toml", "requirements-dev.lock",
        "requirements.lock", "static", "templates", "tests", "translations", "wsgi.py",
    }  # fmt: skip
    assert top - known == set()


def test_make_help_names_every_promised_target() -> None:
    asked = subprocess.run(
        ["make", "help"], cwd=tree.ROOT, capture_output=True, text=True, check=True
    )
    for target in ("setup", "demo", "test", "test-long", "check", "bench", "help"):
        assert f"make {target} " in asked.stdout
