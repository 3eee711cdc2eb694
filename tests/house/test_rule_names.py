"""Entries of the event lexicon that the code names by their id are there: a renamed entry cannot switch a rule off."""

import ast
from collections.abc import Iterator
from pathlib import Path

from waqai.knowledge.files import load_files

CODING = Path(__file__).resolve().parents[2] / "src" / "waqai" / "coding"
FILES = ("property", "clash", "civilians", "protest", "remote", "strategic", "territory")


def known() -> set[str]:
    """The ids of all triggers."""
    files = load_files()
    return {entry["id"] for name in FILES for entry in files.get(f"events/{name}.yaml")["triggers"]}


def strings(node: ast.AST, constants: dict[str, ast.AST]) -> Iterator[str]:
    """The strings of a literal, or of the constant that a name stands for."""
    if isinstance(node, ast.Name) and node.id in constants:
        node = constants[node.id]
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def of_a_trigger(node: ast.AST) -> bool:
    """Whether an expression is the id of a trigger: `trigger.id`, `draft.trigger.id`, `event.readings[0][0].id`."""
    if not (isinstance(node, ast.Attribute) and node.attr == "id"):
        return False
    owner = node.value
    named = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return named == "trigger" or (isinstance(owner, ast.Subscript) and "readings" in ast.dump(owner))


def named_in(source: str) -> Iterator[str]:
    """The ids with which a module compares the id of a trigger."""
    tree = ast.parse(source)
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(of_a_trigger(side) for side in sides):
                for side in sides:
                    yield from () if of_a_trigger(side) else strings(side, constants)


def test_every_named_entry_exists() -> None:
    ids = known()
    found = {name: path.name for path in sorted(CODING.glob("*.py")) for name in named_in(path.read_text("utf-8"))}
    assert len(found) > 20
    assert {name: file for name, file in found.items() if name not in ids} == {}


def test_a_name_that_is_gone_is_seen() -> None:
    source = 'GONE = ("never", "storm")\nx = trigger.id in GONE or event.readings[0][0].id == "nowhere"'
    assert {"never", "storm", "nowhere"} == set(named_in(source))
