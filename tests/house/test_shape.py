"""The shape of the house: directions, names, docstrings, where imports stand, who writes."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import tree

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base"}
PURE_ROOMS = ("conversation", "reviewing")
READING_ROOMS = ("statistics", "channels", "staff", "records")
WRITES = {"add", "add_all", "merge", "delete", "bulk_save_objects", "commit"}
OVERRIDES = {"process_bind_param", "process_result_value", "handle_starttag"}
WRITING_STATEMENTS = {"insert", "update", "delete"}


def test_import_contracts_hold() -> None:
    """In a process of its own: the linter silences every logger of the one it runs in."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    ran = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def _imported(path: Path) -> set[str]:
    """The modules that a file imports, in full."""
    found = set()
    for node in ast.walk(tree.parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_pure_rooms_import_only_the_standard_library() -> None:
    strangers = [
        f"{tree.name(path)}: {module}"
        for room in PURE_ROOMS
        for path in tree.under(f"consult_app/{room}", ".py")
        for module in _imported(path)
        if module.split(".")[0] not in sys.stdlib_module_names
        and not module.startswith(f"consult_app.{room}")
    ]
    assert strangers == []


def test_modules_are_named_after_what_they_know() -> None:
    assert [tree.name(p) for p in tree.code() if {p.stem, p.parent.name} & FORBIDDEN_NAMES] == []


def test_packages_hold_a_docstring_at_most() -> None:
    full = [
        tree.name(path)
        for path in tree.code()
        if path.name == "__init__.py" and len(tree.parsed(path).body) > _docstrings(path)
    ]
    assert full == []


def _docstrings(path: Path) -> int:
    return int(ast.get_docstring(tree.parsed(path)) is not None)


def test_every_module_and_public_function_says_what_it_is_for() -> None:
    silent = []
    for path in tree.code():
        module = tree.parsed(path)
        if module.body and not ast.get_docstring(module):
            silent.append(tree.name(path))
        silent += [f"{tree.name(path)}:{node.lineno} {node.name}" for node in _mute(module)]
    assert silent == [], silent


def _mute(module: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    """Public functions, classes and methods without a docstring."""
    named = [n for n in module.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    inner = [n for c in named if isinstance(c, ast.ClassDef) for n in c.body]
    every = named + [n for n in inner if isinstance(n, ast.FunctionDef)]
    return [
        n
        for n in every
        if not n.name.startswith("_") and n.name not in OVERRIDES
        if not ast.get_docstring(n) and not _stub(n)
    ]


def _stub(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """An overload or a protocol's method: its body is three dots."""
    last = node.body[-1]
    return isinstance(last, ast.Expr) and getattr(last.value, "value", None) is Ellipsis


def test_imports_inside_functions_state_their_cost() -> None:
    bare = [f"{tree.name(path)}:{line}" for path in tree.code() for line in _unexplained(path)]
    assert bare == [], bare


def _unexplained(path: Path) -> set[int]:
    """Lines of imports inside functions with no comment on them or above them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    functions = [n for n in ast.walk(tree.parsed(path)) if isinstance(n, ast.FunctionDef)]
    inner = [node for function in functions for node in ast.walk(function)]
    imports = [node for node in inner if isinstance(node, ast.Import | ast.ImportFrom)]
    return {node.lineno for node in imports if not _explained(lines, node)}


def _explained(lines: list[str], node: ast.Import | ast.ImportFrom) -> bool:
    """A comment on one of its lines, or in the block of comments and imports above it."""
    if any("#" in line for line in lines[node.lineno - 1 : node.end_lineno]):
        return True
    above = lines[: node.lineno - 1]
    while above and above[-1].lstrip().startswith(("import ", "from ")):
        if "#" in above.pop():
            return True
    return bool(above) and above[-1].lstrip().startswith("#")


@pytest.mark.parametrize("room", READING_ROOMS)
def test_only_actions_and_the_outbox_write(room: str) -> None:
    writing = [
        f"{tree.name(path)}:{node.lineno}"
        for path in tree.under(f"consult_app/{room}", ".py")
        for node in ast.walk(tree.parsed(path))
        if _writes(node)
    ]
    assert writing == []


def _writes(node: ast.AST) -> bool:
    """session.add(…) and its like, or an insert, update or delete taken from SQLAlchemy."""
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
        return bool(WRITING_STATEMENTS & {alias.name for alias in node.names})
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    owner = ast.unparse(node.func.value)
    return node.func.attr in WRITES and owner.split(".")[-1].rstrip("()").endswith("session")
