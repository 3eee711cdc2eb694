"""Who may import whom. The table is the architecture; docs/ARCHITECTURE.md tells it in words."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.tree import PACKAGE, name, parsed, python_files

BASE = {"model", "arabic", "knowledge"}
STAGES = ("reading", "cleaning", "mentions", "coding", "incidents", "control")
FORMS = {"records", "records_reading", "records_incidents", "records_control", "sentences"}
RECORD = {"store", "queries", "exports", "deriving", "building", "record"}
ABOVE = {"pipeline", "running", "processes", "tasks", "keeping", "evaluation", "sample", "cli"} | FORMS | RECORD
MAY_IMPORT = {
    "model": set[str](),
    "arabic": set[str](),
    "knowledge": {"arabic", "model"},
    **dict.fromkeys(STAGES, BASE),
    "sample": set[str](),
    "evaluation": BASE,
    **dict.fromkeys(FORMS, BASE | FORMS),
    "store": BASE | FORMS,
    "queries": BASE | FORMS | {"store"},
    "exports": BASE | FORMS,
    "deriving": BASE | FORMS | {"store", "queries", "incidents", "control"},
    "building": BASE | FORMS | {"store", "deriving", "pipeline", "running", "processes", "reading", "tasks"},
    "record": BASE | FORMS | RECORD | {"pipeline", "running", "reading", "tasks"},
    "pipeline": BASE | {"cleaning", "mentions", "coding"},
    "tasks": BASE | {"records", "pipeline"},
    "processes": set[str](),
    "keeping": BASE | {"reading", "pipeline", "store"},
    "running": BASE | {"reading", "pipeline", "tasks", "records", "processes", "keeping", "store"},
    "serving": BASE | FORMS | RECORD | {"pipeline", "tasks", "sample", "control"},
    "cli": BASE | set(STAGES) | ABOVE | {"serving"},
    "__main__": {"cli"},
}


def part(path: Path) -> str:
    """The package (or module) directly below waqai that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno} imports by a relative name"
            if node.module == "waqai":
                yield from ((node.lineno, f"waqai.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module or ""


def package_files() -> list[Path]:
    return [path for path in python_files() if path.is_relative_to(PACKAGE) and path != PACKAGE / "__init__.py"]


def test_every_part_of_the_package_has_its_place() -> None:
    assert {part(path) for path in package_files()} == set(MAY_IMPORT)


@pytest.mark.parametrize("layer", sorted(MAY_IMPORT))
def test_imports_go_downwards_only(layer: str) -> None:
    wrong = []
    for path in package_files():
        if part(path) != layer:
            continue
        for line, module in imported(path):
            above = module.split(".")
            if above[0] == "waqai" and above[1] not in MAY_IMPORT[layer] | {layer}:
                wrong.append(f"{name(path)}:{line} imports {module}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("layer", ["model", "arabic"])
def test_the_base_needs_nothing_but_python(layer: str) -> None:
    wrong = [
        f"{name(path)}:{line} imports {module}"
        for path in package_files()
        if part(path) == layer
        for line, module in imported(path)
        if module.split(".")[0] not in sys.stdlib_module_names | {"waqai"}
    ]
    assert not wrong, "\n".join(wrong)


def test_tests_do_not_reach_into_tests_of_others() -> None:
    """A test shares code through tests/helpers.py and its own folder's modules, never through a test module."""
    wrong = [
        f"{name(path)}:{line} imports {module}"
        for path in python_files()
        if name(path).startswith("tests/")
        for line, module in imported(path)
        if module.split(".")[-1].startswith("test_")
    ]
    assert not wrong, "\n".join(wrong)
