"""The pages say what is so: commands run, generated parts are in step, everything is documented."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from waqai.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
RUN = re.compile(r"```sh run\n(.*?)```", re.DOTALL)
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def shell_commands() -> list[str]:
    blocks = [block for page in PAGES for block in RUN.findall(page.read_text(encoding="utf-8"))]
    return [block.strip() for block in blocks]


def test_generated_pages_are_in_step() -> None:
    done = subprocess.run(
        [sys.executable, "tools/make_docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("block", shell_commands())
def test_commands_of_the_pages_run(block: str, tmp_path: Path) -> None:
    """In an empty folder that shows the same sources, so that nothing is left behind in the checkout."""
    (tmp_path / "src").symlink_to(ROOT / "src")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "waqai").symlink_to(Path(sys.executable).parent / "waqai")
    settings = {**os.environ, "PYTHONUTF8": "1", "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-e", "-c", block],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=settings,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_the_readme_opens_with_the_two_commands() -> None:
    first_screen = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:12]
    blocks = "\n".join(first_screen)
    assert 0 < blocks.find("make demo") < blocks.find("make test")


@pytest.mark.parametrize("command", [command.__name__.rsplit(".", 1)[-1] for command in COMMANDS])
def test_commands_are_documented(command: str) -> None:
    assert f"waqai {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_make_targets_are_documented() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = (
        "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
        + makefile.split(".DEFAULT_GOAL")[1].split("\n\n")[1]
    )
    missing = [target for target in TARGET.findall(makefile) if target != "help" and f"make {target}" not in told]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_files_named_on_pages_exist(page: Path) -> None:
    """Paths in `code` that begin with a folder of the checkout or of the package are there."""
    roots = {"src", "tests", "tools", "bench", "docs", "requirements"}
    inner = {found.name for found in (ROOT / "src" / "waqai").iterdir() if found.is_dir()}
    missing = []
    for path in re.findall(r"`([\w./-]+/[\w.-]+)`", page.read_text(encoding="utf-8")):
        first = path.split("/")[0]
        base = ROOT if first in roots else ROOT / "src" / "waqai" if first in inner else None
        if base and not list(base.glob(path)) and not list((ROOT / "src/waqai/knowledge/data").glob(path)):
            missing.append(path)
    assert not missing
