"""What the benchmarks share: running the command in a fresh process, and keeping results."""

import datetime as dt
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
COMMAND = Path(sys.executable).parent / "waqai"
FAST = Path(sys.executable).parent / "waqai-fast"  # compiled by `make fast`


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a process: wall-clock seconds, and the peak memory (MB, resident) of its biggest process."""

    seconds: float
    peak_mb: float
    output: str


def run(command: Sequence[str], *, one_core: bool, lines: Iterable[bytes] | None = None) -> Run:
    """Run a command to its end, `lines` piped into it; SystemExit with its last words when it fails."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=kept,  # with the compiled modules that an installed program has
        stdin=subprocess.PIPE if lines is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_stay_on_one_core if one_core and hasattr(os, "sched_setaffinity") else None,
    )
    if lines is not None and process.stdin is not None:
        for line in lines:
            process.stdin.write(line)
    output, errors = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}: {errors.decode()[-500:]}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return Run(seconds, peak / (1024 * 1024 if sys.platform == "darwin" else 1024), output.decode())


def _stay_on_one_core() -> None:
    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})


def machine() -> str:
    """This machine in the words a reader needs to compare, and no others."""
    python = f"{platform.python_implementation()} {'.'.join(platform.python_version_tuple()[:2])}"
    return f"{os.cpu_count()} cores, {platform.machine()}, {python}"


def save(name: str, figures: dict[str, Any]) -> None:
    """Keep the figures of one benchmark in bench/results, with the day and the kind of machine."""
    RESULTS.mkdir(exist_ok=True)
    held = {"date": dt.date.today().isoformat(), "machine": machine(), **figures}
    (RESULTS / f"{name}.json").write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    for key, value in held.items():
        sys.stdout.write(f"{key:24s} {value}\n")
