"""A browser and the sample, for the tests of the pages."""

import datetime as dt
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from browsing import FLAGS, PATIENCE, chromium, served
from sample_record import sample_record


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium without a screen; tests that need it are skipped where there is none."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium (WAQAI_TEST_BROWSER)")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="package")
def site(browser: Browser) -> Iterator[str]:
    """The address of a server with the sample, soon after its last day."""
    with served({"db": sample_record(), "today": dt.date(2024, 12, 31)}) as address:
        yield address
