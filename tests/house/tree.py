"""What the house tests look at: the files of this checkout, parsed once."""

import ast
import functools
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "waqai"
DATA = PACKAGE / "knowledge" / "data"
CODE = ("src", "tests", "tools", "bench")
_LEFT_OUT = {
    ".git",
    ".venv",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    ".pytest_cache",
    "build",
    "dist",
    "out",
    "node_modules",
}
_TEXT = {".py", ".md", ".yaml", ".json", ".jsonl", ".toml", ".tsv", ".csv", ".txt", ".html", ".lock", ".sh", ".cfg", ""}


def files(*folders: str) -> list[Path]:
    """Every file of the checkout (or of these folders) that belongs to the project."""
    found: list[Path] = []
    for folder in folders or (".",):
        for where, inner, names in os.walk(ROOT / folder):
            inner[:] = [name for name in inner if name not in _LEFT_OUT and not name.endswith(".egg-info")]
            found += [Path(where) / name for name in names]
    return sorted(path for path in found if path.suffix != ".pyc")


@functools.cache
def python_files() -> tuple[Path, ...]:
    """The Python files of the project."""
    return tuple(path for path in files(*CODE) if path.suffix == ".py")


@functools.cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def texts() -> Iterator[tuple[Path, str]]:
    """The files that hold text, with their text; compiled.json is left out: it repeats the YAML."""
    for path in files():
        if path.suffix in _TEXT and path.name != "compiled.json":
            yield path, path.read_text(encoding="utf-8")


def name(path: Path) -> str:
    """The path below the checkout."""
    return path.relative_to(ROOT).as_posix()


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function in a tree, methods and inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node
