"""Make requirements/*.lock from pyproject.toml: exact versions with the hashes of all their files.

python tools/make_locks.py [NAME...]    needs pip-tools in the Python that runs it (`make locks` sees to that)

build.lock holds what builds the package, runtime.lock what it needs to run, dev.lock what its tests need on top, and
bench.lock the tokenizer it is compared with. The settings of the machine that makes them are kept out.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "requirements"
HEADER = "# Made by tools/make_locks.py ({name}); do not edit. Renew with `make locks`.\n"
OPTIONS = (
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
    "--strip-extras",
    "--allow-unsafe",
    "--quiet",
    "--upgrade",
)


def main() -> int:
    """Write the files named, or all four; exit status 1 when one names a place of this machine."""
    FOLDER.mkdir(exist_ok=True)
    asked = sys.argv[1:] or ["runtime", "dev", "bench", "build"]
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "build.in"
        wanted.write_text("\n".join([*_build_requires(), "editables"]) + "\n", encoding="utf-8")
        plans: dict[str, tuple[list[str], list[str]]] = {
            "runtime": (["pyproject.toml"], []),
            "dev": (["--extra", "dev", "pyproject.toml"], ["runtime"]),
            "bench": (["--extra", "bench", "pyproject.toml"], ["runtime"]),
            "build": ([str(wanted)], ["dev"]),
        }
        for name in asked:
            _lock(name, *plans[name])
    return 0


def _build_requires() -> list[str]:
    import tomllib

    held = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [str(line) for line in held["build-system"]["requires"]]


def _lock(name: str, sources: list[str], constraints: list[str]) -> None:
    target = FOLDER / f"{name}.lock"
    limits = [f"--constraint={FOLDER / other}.lock" for other in constraints]
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS, *limits, "--output-file", str(target), *sources]
    target.unlink(missing_ok=True)
    subprocess.run(command, check=True, cwd=ROOT, env=_plain_environment())
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if line.strip() and not line.startswith("#"))
    wrong = re.search(r"://|file:|^-", text, re.MULTILINE)
    if wrong:
        sys.exit(f"{target.name} names a place: {text[wrong.start() : wrong.start() + 60]!r}")
    target.write_text(HEADER.format(name=name) + text, encoding="utf-8")
    sys.stdout.write(f"{target.relative_to(ROOT)}: {text.count('==')} packages\n")


def _plain_environment() -> dict[str, str]:
    """This machine's environment without pip's own list of places to look in."""
    kept = {key: value for key, value in os.environ.items() if key not in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL")}
    return kept | {"PIP_CONFIG_FILE": os.devnull}


if __name__ == "__main__":
    sys.exit(main())
