"""What is written out for the compiler does what the decorator makes."""

import ast
import dataclasses
import importlib
import importlib.util
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
CODE = """
from dataclasses import dataclass, field
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    weight: int = 1
    others: tuple[str, ...] = field(default=())

    @property
    def longest(self) -> str:
        return max((self.name, *self.others), key=len)


@dataclass(slots=True)
class Memory:
    places: list[Place] = field(default_factory=list)


@quick
@dataclass(frozen=True, slots=True)
class Mention(Generic[V]):
    value: V
"""


@pytest.fixture(scope="module")
def made() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("written_records", ROOT / "tools" / "written_records.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    module = ModuleType("records_written_out")
    sys.modules[module.__name__] = module
    exec(tool.with_records_written_out(CODE), module.__dict__)
    yield module
    del sys.modules[module.__name__]


def test_a_record_is_made_with_its_defaults(made: ModuleType) -> None:
    place = made.Place("حلب", others=("الشهباء",))
    assert (place.name, place.weight, place.others, place.longest) == ("حلب", 1, ("الشهباء",), "الشهباء")


def test_records_are_equal_by_what_they_hold(made: ModuleType) -> None:
    assert made.Place("حلب") == made.Place("حلب") != made.Place("حماة")
    assert len({made.Place("حلب"), made.Place("حلب"), made.Place("حماة")}) == 2
    assert made.Mention(made.Place("حلب")) == made.Mention(made.Place("حلب")) != made.Place("حلب")


def test_each_memory_has_a_list_of_its_own(made: ModuleType) -> None:
    one, other = made.Memory(), made.Memory()
    one.places.append(made.Place("حلب"))
    assert other.places == [] and one != other


def test_records_can_be_changed_copied_and_sent(made: ModuleType) -> None:
    place = made.Place("حلب", 7)
    assert dataclasses.replace(place, name="إدلب") == made.Place("إدلب", 7)
    assert dataclasses.asdict(place) == {"name": "حلب", "weight": 7, "others": ()}
    assert pickle.loads(pickle.dumps(made.Mention(place))) == made.Mention(place)


def test_the_modules_that_are_compiled_are_there_and_hold_no_guarded_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("compile_code")
    files = list(tool.compiled_files())
    assert "coding/grammar.py" in files and "cleaning/characters.py" not in files
    for file in files:
        written = tool.with_records_written_out((tool.SOURCE / file).read_text(encoding="utf-8"))
        assert "frozen=True" not in written and "@quick" not in written, file
        ast.parse(written)


def test_what_is_compiled_compares_with_nothing_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """mypyc cannot compile `x in (*known, "،")`, and says so only after minutes."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("compile_code")
    unpacked = []
    for file in tool.compiled_files():
        for node in ast.walk(ast.parse((tool.SOURCE / file).read_text(encoding="utf-8"))):
            compared = node.comparators if isinstance(node, ast.Compare) else []
            if any(isinstance(part, ast.Starred) for one in compared for part in ast.iter_child_nodes(one)):
                unpacked.append(f"{file}:{node.lineno}")
    assert unpacked == []
