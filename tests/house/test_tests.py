"""Tests about the tests: all of them run, none hides, every gold file is read."""

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from house.tree import DATA, PACKAGE, ROOT, functions, name, parsed, python_files

ALLOWED = yaml.safe_load((ROOT / "tests" / "skips.yaml").read_text(encoding="utf-8"))


def modules() -> list[Path]:
    return [path for path in python_files() if name(path).startswith("tests/") and path.name.startswith("test_")]


def test_every_test_module_is_collected() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.returncode == 0, listed.stdout[-3000:] + listed.stderr[-2000:]
    collected = {line.split("::")[0].split(":")[0] for line in listed.stdout.splitlines()}
    missing = [name(path) for path in modules() if name(path) not in collected]
    assert not missing, "\n".join(missing)


def test_module_names_are_unique() -> None:
    counts = Counter(path.name for path in modules())
    assert not [found for found, times in counts.items() if times > 1]


def test_names_in_a_module_are_unique() -> None:
    wrong = []
    for path in modules():
        tree = parsed(path)
        for scope in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]:
            names = Counter(node.name for node in scope.body if isinstance(node, ast.FunctionDef))
            wrong += [f"{name(path)} {found}" for found, times in names.items() if times > 1]
    assert not wrong, "\n".join(wrong)


def test_tests_can_fail() -> None:
    """Every test asserts, expects an error, calls something that does, or tries made-up input for a crash."""
    wrong = []
    for path in modules():
        for function in functions(parsed(path)):
            if function.name.startswith("test_") and not _can_fail(function):
                wrong.append(f"{name(path)}:{function.lineno} {function.name}")
    assert not wrong, "\n".join(wrong)


def _can_fail(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    if any(ast.unparse(decorator).startswith("given(") for decorator in function.decorator_list):
        return True
    for node in ast.walk(function):
        if isinstance(node, ast.Assert | ast.Raise):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if re.search(r"raises|fail|check|assert|expect", called):
                return True
    return False


def test_skips_have_an_allowed_reason() -> None:
    wrong = []
    for path in python_files():
        if not name(path).startswith("tests/"):
            continue
        for node in ast.walk(parsed(path)):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if (
                re.search(r"(^|\b(pytest|mark)\.)(skip|skipif|xfail|importorskip)$", called)
                and _reason(node) not in ALLOWED
            ):
                wrong.append(f"{name(path)}:{node.lineno} {called}: {_reason(node)}")
    assert not wrong, "\n".join(wrong)


def _reason(node: ast.AST) -> str | None:
    assert isinstance(node, ast.Call)
    named = [keyword.value for keyword in node.keywords if keyword.arg == "reason"]
    value = named[0] if named else node.args[0] if node.args else None
    return value.value if isinstance(value, ast.Constant) else None


@pytest.mark.parametrize("corpus", sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("corpus*.yaml")))
def test_corpora_are_read_by_a_test(corpus: str) -> None:
    """By its name, by a pattern that its name fits, or by its folder."""
    path = Path(corpus)
    said = "\n".join(file.read_text(encoding="utf-8") for file in modules() if "house" not in file.parts)
    patterns = set(re.findall(r"""["']([\w/]*corpus[\w*]*\.yaml)["']""", said))
    assert any(path.match(pattern) for pattern in patterns), f"no test names {corpus}"


def test_gold_of_the_sample_is_read_by_the_gate() -> None:
    gate = (ROOT / "tests" / "gate" / "figures.py").read_text(encoding="utf-8")
    assert (PACKAGE / "sample" / "gold").is_dir()
    assert 'sample_path("gold")' in gate
