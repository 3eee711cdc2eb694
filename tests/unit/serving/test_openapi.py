"""The schema that the pages are typed by is that of the routes."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from unit.serving.asking import API, client

ROOT = Path(__file__).resolve().parents[3]


def test_the_schema_in_the_pages_is_in_step() -> None:
    found = subprocess.run(
        [sys.executable, "tools/write_openapi.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr


def test_every_path_says_what_it_does_and_what_it_answers() -> None:
    schema = client().get(f"{API}/openapi.json").json()
    wrong = [
        f"{method} {path}"
        for path, methods in schema["paths"].items()
        for method, held in methods.items()
        if not held.get("description") or not _answers(held)
    ]
    assert not wrong, wrong


def _answers(held: dict[str, Any]) -> bool:
    """Whether the form of the answer is told; outlines and tiles have forms of their own, and 204 has nothing."""
    good = [one for status, one in held["responses"].items() if status.startswith("2")]
    return any(one.get("content", {}) != {"application/json": {"schema": {}}} for one in good)
