"""Build the pages of the explorer into the package: npm ci, types against the API, svelte-check, vite.

    python tools/build_web.py             build; needs Node 20 and npm
    python tools/build_web.py --quick     the same without installing anew
    python tools/build_web.py --check     say whether the built pages are made from these sources; needs no Node

The hash of the sources is written beside the pages, so that a test tells when they are out of step.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
STATIC = ROOT / "src" / "waqai" / "serving" / "static"
RECORDED = "sources.sha256"
_GIVEN = (
    "index.html", "package.json", "package-lock.json", "svelte.config.js", "tsconfig.json", "vite.config.ts",
)  # fmt: skip


def sources(web: Path = WEB) -> list[Path]:
    """The files that the pages are made from."""
    inside = (path for path in (web / "src").rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted([*(web / name for name in _GIVEN), *inside])


def sources_hash(web: Path = WEB) -> str:
    """One hash over the names and the content of the sources."""
    total = hashlib.sha256()
    for path in sources(web):
        name = path.relative_to(web).as_posix()
        total.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def recorded_hash(static: Path = STATIC) -> str | None:
    """The hash of the sources that the built pages were made from; None when there are none."""
    path = static / RECORDED
    return path.read_text(encoding="ascii").strip() if path.is_file() else None


def build(*, install: bool) -> None:
    """Build; raises CalledProcessError when a step fails, and then leaves the pages as they were."""
    given = sources_hash()
    if install:
        _run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    if (WEB / "src" / "lib" / "openapi.json").is_file():
        _run("npm", "run", "--silent", "types")
        given = sources_hash()
    _run("npm", "run", "--silent", "check")
    made = ROOT / "build" / "web"
    _run("npm", "run", "--silent", "build", "--", "--outDir", str(made), "--emptyOutDir", "--logLevel", "warn")
    for language in ("ar", "en"):  # by what codes are called the server puts lists in order
        (made / "names").mkdir(exist_ok=True)
        shutil.copy(WEB / "src" / "lib" / "words" / language / "codebook.json", made / "names" / f"{language}.json")
    (made / RECORDED).write_text(given + "\n", encoding="ascii")
    shutil.rmtree(STATIC, ignore_errors=True)
    shutil.copytree(made, STATIC)


def _run(*command: str) -> None:
    subprocess.run(command, cwd=WEB, check=True)


def main() -> int:
    """The exit status: 0, or 1 when the pages are out of step or a step failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say whether the pages fit the sources")
    parser.add_argument("--quick", action="store_true", help="do not install anew")
    options = parser.parse_args()
    if options.check:
        fits = recorded_hash() == sources_hash()
        print("the pages fit their sources" if fits else "the pages are older than web/src; run: make web")
        return 0 if fits else 1
    if shutil.which("npm") is None:
        print("npm is needed to build the pages, and is not here", file=sys.stderr)
        return 1
    try:
        build(install=not options.quick)
    except subprocess.CalledProcessError as error:
        print(f"this step failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
