"""Habits of the code that a reader relies on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from house.tree import PACKAGE, functions, name, parsed, python_files

CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*|__\w+__")
MUTABLE = ("dict", "list", "set", "defaultdict", "deque", "Counter", "OrderedDict")


def library() -> list[Path]:
    return [path for path in python_files() if path.is_relative_to(PACKAGE)]


def test_the_library_prints_nothing() -> None:
    """What a person sees is written by the commands; a library that prints spoils their output."""
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in library()
        if path.relative_to(PACKAGE).parts[0] != "cli"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_is_caught_without_a_name() -> None:
    wrong = [
        f"{name(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert not wrong, "\n".join(wrong)


def test_no_globals() -> None:
    wrong = [
        f"{name(path)}:{node.lineno} global {', '.join(node.names)}"
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Global)
    ]
    assert not wrong, "\n".join(wrong)


def test_names_of_a_module_are_constants_or_types() -> None:
    """A value made at import is a constant (upper case) or a type alias (capitalised); nothing there changes later."""
    wrong = []
    for path in library():
        for line, target, value in _assigned(parsed(path)):
            alias = re.fullmatch(r"_?[A-Z]\w*", target) and not _mutable(value)
            table = isinstance(value, ast.Call) and ast.unparse(value.func) == "Table"
            alembic = "migrations" in path.parts and target in ("revision", "down_revision")
            if not (alias or table or alembic or CONSTANT.fullmatch(target)):
                wrong.append(f"{name(path)}:{line} {target}")
    assert not wrong, "\n".join(wrong)


def _assigned(tree: ast.Module) -> Iterator[tuple[int, str, ast.expr | None]]:
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            for inner in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(inner, ast.Name):
                    yield node.lineno, inner.id, node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None


def _mutable(value: ast.expr | None) -> bool:
    called = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in MUTABLE
    return called or isinstance(value, ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp | ast.SetComp)


def test_constants_are_not_changed() -> None:
    """No function assigns into, adds to or empties a name of its module."""
    changing = {
        "append",
        "extend",
        "add",
        "update",
        "pop",
        "clear",
        "setdefault",
        "remove",
        "insert",
        "discard",
        "popitem",
    }
    wrong = []
    for path in library():
        held = {target for _, target, _ in _assigned(parsed(path))}
        for function in functions(parsed(path)):
            for node in ast.walk(function):
                if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
                    owner = node.value
                elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in changing:
                    owner = node.func.value
                else:
                    continue
                if isinstance(owner, ast.Name) and owner.id in held:
                    wrong.append(f"{name(path)}:{node.lineno} changes {owner.id}")
    assert not wrong, "\n".join(wrong)


def test_nothing_is_left_to_be_done_in_comments() -> None:
    """What is unfinished stands in an issue, where somebody sees it."""
    left = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")
    wrong = [
        f"{name(path)}:{number}"
        for path in python_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if left.search(line)
    ]
    assert not wrong, "\n".join(wrong)


def test_public_things_say_what_they_do() -> None:
    wrong = []
    for path in library():
        tree = parsed(path)
        if not ast.get_docstring(tree):
            wrong.append(f"{name(path)}:1 the module")
        wrong += [f"{name(path)}:{node.lineno} {node.name}" for node in _public(tree) if not ast.get_docstring(node)]
    assert not wrong, "\n".join(wrong)


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    inner
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and not inner.name.startswith("_")
                )
