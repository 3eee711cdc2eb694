"""The knowledge files: compiled in step, each explained in its header and in docs/KNOWLEDGE.md."""

import subprocess
import sys

import pytest

from house.tree import DATA, ROOT
from waqai.knowledge.files import sources

FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.yaml"))


def test_the_compiled_form_is_in_step() -> None:
    done = subprocess.run(
        [sys.executable, "tools/compile_knowledge.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", FILES)
def test_a_file_begins_with_what_it_is(path: str) -> None:
    first = (DATA / path).read_text(encoding="utf-8").lstrip("\ufeff").splitlines()[0]
    assert first.startswith("# ") and len(first) > 20, f"{path} begins with: {first}"


@pytest.mark.parametrize("path", sorted(sources()))
def test_a_file_is_in_the_guide(path: str) -> None:
    assert f"`{path}`" in (ROOT / "docs" / "KNOWLEDGE.md").read_text(encoding="utf-8")


def test_a_folder_holds_nothing_strange() -> None:
    known = {".yaml", ".md", ".zst"}
    strange = [
        path
        for path in DATA.rglob("*")
        if path.is_file() and path.suffix not in known and path != DATA / "compiled.json"
    ]
    assert not strange


def test_what_ships_without_a_text_form_says_where_it_is_from() -> None:
    for packed in DATA.rglob("*.zst"):
        assert (packed.parent / "SOURCES.md").exists(), f"{packed.relative_to(DATA)} has no SOURCES.md beside it"
