"""Compile the stages to machine code with mypyc: the same code and the same output, in less time.

    python tools/compile_code.py        into build/compiled, with a command `waqai-fast` beside `waqai`

Needs a C compiler and some minutes. The checkout stays plain Python: what is compiled is a copy, which only `waqai-fast`
uses, and whoever puts build/compiled first on PYTHONPATH. After a change of the code, compile again.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from written_records import with_records_written_out

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "waqai"
TARGET = ROOT / "build" / "compiled"
FOLDERS = ("arabic", "cleaning", "coding", "mentions")
KNOWLEDGE = (
    *("actors", "dates", "events", "gazetteer", "gazetteer_records", "mending", "numbers", "people", "persons"),
    *("place_words", "quiet", "sources", "targets", "weapons"),
)
MODEL = ("annotated", "article", "attribution", "mention", "report", "text", "timeline")
OTHERS = ("records.py",)
PLAIN = ("cleaning/characters.py",)  # holds halves of surrogate pairs, which mypyc refuses
SETUP = """\
from mypyc.build import mypycify
from setuptools import setup

setup(name="waqai-compiled", packages=[], ext_modules=mypycify({arguments!r}, opt_level="2", multi_file=True))
"""


def main() -> int:
    """Copy, compile, and write the command; the exit status of the compiler."""
    shutil.rmtree(TARGET, ignore_errors=True)
    shutil.copytree(SOURCE, TARGET / "waqai", ignore=shutil.ignore_patterns("__pycache__"))
    files = sorted(compiled_files())
    for file in files:
        path = TARGET / "waqai" / file
        path.write_text(with_records_written_out(path.read_text(encoding="utf-8")), encoding="utf-8")
    arguments = ["--strict", "--no-warn-unused-ignores", *(f"waqai/{file}" for file in files)]
    (TARGET / "setup.py").write_text(SETUP.format(arguments=arguments), encoding="utf-8")
    command = [sys.executable, "setup.py", "--quiet", "build_ext", "--inplace", f"--parallel={os.cpu_count() or 1}"]
    done = subprocess.run(command, cwd=TARGET, check=False)
    if done.returncode == 0:
        _write_command()
    return done.returncode


def compiled_files() -> Iterator[str]:
    """The modules to compile, below the package."""
    found = [path for folder in FOLDERS for path in (SOURCE / folder).glob("*.py") if path.name != "__init__.py"]
    found += [SOURCE / "knowledge" / f"{name}.py" for name in KNOWLEDGE]
    found += [SOURCE / "model" / f"{name}.py" for name in MODEL]
    found += [SOURCE / name for name in OTHERS]
    names = (path.relative_to(SOURCE).as_posix() for path in found)
    return (name for name in names if name not in PLAIN)


def _write_command() -> None:
    path = Path(sys.executable).parent / "waqai-fast"
    path.write_text(f'#!/bin/sh\nPYTHONPATH="{TARGET}" exec "{sys.executable}" -m waqai "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    sys.stdout.write(f"{path.name} stands beside waqai now.\n")


if __name__ == "__main__":
    sys.exit(main())
