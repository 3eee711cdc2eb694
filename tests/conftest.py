"""Fixtures shared by all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from databases import SERVER, database, server

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The evaluation material beside the checkout; tests that need it are skipped where it is not."""
    if not (SHARED / "eval" / "dev.jsonl").exists():
        pytest.skip("no ../shared here")
    return SHARED


@pytest.fixture(params=["sqlite", "postgresql"])
def record_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new record can be made: in a file, and on the PostgreSQL server where there is one."""
    if request.param == "postgresql" and server() is None:
        pytest.skip("no PostgreSQL server (WAQAI_TEST_POSTGRESQL)")
    with database(request.param, tmp_path) as address:
        yield address


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, loudly, what did not run for want of a server."""
    skipped = [one for one in terminalreporter.stats.get("skipped", []) if SERVER in str(one.longrepr)]
    if skipped:
        line = (
            f"PostgreSQL: {len(skipped)} TESTS DID NOT RUN, there is no server. `.ci/run` starts one, or set {SERVER}."
        )
        terminalreporter.write_sep("!", line, red=True, bold=True)
