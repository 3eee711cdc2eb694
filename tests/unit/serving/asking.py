"""A server over the sample for the tests of its routes."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from fastapi.testclient import TestClient

from sample_record import sample_record
from waqai.serving.app import make_app
from waqai.serving.settings import Settings

API = "/api/v1"


@contextmanager
def serving(db: str | None = None, **settings: Any) -> Iterator[TestClient]:
    """A client of a server with these settings, over the sample unless another record is given."""
    app = make_app(Settings(db or sample_record(), **settings))
    with TestClient(app, base_url="http://localhost:8000") as client:
        yield client


@cache
def client() -> TestClient:
    """A client of one server over the sample, for all tests that change nothing."""
    return TestClient(make_app(Settings(sample_record(), reviewer="tester")), base_url="http://localhost:8000")


@cache
def public_client() -> TestClient:
    """The same in public, long after the sample was written."""
    settings = Settings(sample_record(), public=True, today=dt.date(2030, 1, 1))
    return TestClient(make_app(settings), base_url="http://localhost:8000")


def got(path: str, /, **asked: Any) -> Any:
    """The JSON of an answer that is expected to be there."""
    response = client().get(f"{API}{path}", params=asked)
    assert response.status_code == 200, response.text[:500]
    return response.json()


def refused(path: str, status: int, /, **asked: Any) -> str:
    """The sentence with which a question is refused."""
    response = client().get(f"{API}{path}", params=asked)
    assert response.status_code == status, response.text[:500]
    assert set(response.json()) == {"error", "error_ar"}
    return str(response.json()["error"])
