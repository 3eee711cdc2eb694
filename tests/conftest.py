"""Fixtures shared by all tests."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The evaluation material beside the checkout; tests that need it are skipped where it is not."""
    if not (SHARED / "eval" / "dev.jsonl").exists():
        pytest.skip("no ../shared here")
    return SHARED
