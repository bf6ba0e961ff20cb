"""Caps on the longest of everything, since it is the tail that makes code hard to read."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house import tree

FUNCTION, CLASS, FILE, PARAMETERS = 40, 150, 300, 5
TEST_FILE, TEMPLATE, STYLESHEET = 400, 150, 400
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _longer(paths: list[Path], cap: int) -> list[str]:
    return [f"{tree.name(p)}: {_lines(p)} lines" for p in paths if _lines(p) > cap]


def _defined(path: Path, kind: type | tuple[type, ...]) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree.parsed(path)) if isinstance(node, kind))


def _length(node: ast.AST) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1  # type: ignore[attr-defined]  # only nodes with lines come


def _parameters(function: Function) -> int:
    given = function.args
    names = [a.arg for a in given.posonlyargs + given.args + given.kwonlyargs]
    return len([name for name in names if name not in ("self", "cls")])


def _is_command(function: Function) -> bool:
    """A command's parameters are its options, each declared in a decorator."""
    return any("option" in ast.dump(decorator) for decorator in function.decorator_list)


def _over(path: Path, kind: tuple[type, ...], cap: int) -> list[str]:
    return [
        f"{tree.name(path)}:{node.lineno} {node.name}: {_length(node)} lines"  # type: ignore[attr-defined]  # only named ones come
        for node in _defined(path, kind)
        if _length(node) > cap
    ]


def _everything() -> list[Path]:
    return tree.code() + tree.under("tests", ".py")


def test_files_are_short() -> None:
    assert _longer(tree.code(), FILE) == []


def test_test_files_are_short() -> None:
    assert _longer(tree.under("tests", ".py"), TEST_FILE) == []


def test_templates_are_short() -> None:
    assert _longer(tree.under("templates", ".html", ".txt", ".xml"), TEMPLATE) == []


def test_stylesheets_are_short() -> None:
    assert _longer(tree.under("static", ".css"), STYLESHEET) == []


def test_functions_are_short() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    assert [line for path in _everything() for line in _over(path, kinds, FUNCTION)] == []


def test_classes_are_short() -> None:
    assert [line for path in _everything() for line in _over(path, (ast.ClassDef,), CLASS)] == []


def test_functions_take_few_parameters() -> None:
    many = [
        f"{tree.name(path)}:{f.lineno} {f.name}: {_parameters(f)} parameters"
        for path in tree.code()
        for f in _defined(path, (ast.FunctionDef, ast.AsyncFunctionDef))
        if isinstance(f, Function) and _parameters(f) > PARAMETERS and not _is_command(f)
    ]
    assert many == []
