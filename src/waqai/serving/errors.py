"""What is wrong with a question, as one sentence in English and in Arabic with the right status."""

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from waqai.exports.facts import ExportError
from waqai.queries.errors import QueryError
from waqai.sentences import NONE_SUCH, NOT_HERE, NOT_SO, WORDS, Said, Told
from waqai.serving.accounts import AccountsError
from waqai.serving.validation import invalid
from waqai.store.opening import StoreError
from waqai.store.reading import Unclear
from waqai.store.text_search import SearchError


class Refused(Exception):
    """A request that is not answered: a status of HTTP, one sentence, and headers that go with it."""

    def __init__(self, status: int, said: Said, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(said.en)
        self.status, self.said, self.headers = status, said, dict(headers or {})


def not_found(what: str, name: str) -> Refused:
    """The refusal of something that the record does not hold."""
    return Refused(404, NONE_SUCH(what=WORDS[what], name=shortened(name)))


def shortened(text: str) -> str:
    """What was given, as it may stand in a sentence."""
    shown = "".join(character if character.isprintable() else "\ufffd" for character in text[:81])
    return shown if len(shown) <= 80 else f"{shown[:80]}…"


def answer(status: int, said: Said, headers: Mapping[str, str] | None = None) -> Response:
    """The one form of every error."""
    body = orjson.dumps({"error": said.en, "error_ar": said.ar})
    return Response(body, status, dict(headers or {}) | {"Cache-Control": "no-store"}, "application/json")


def add_handlers(app: FastAPI) -> None:
    """Let every error of the layers below leave as one sentence."""
    statuses: dict[type[Exception], int] = {
        QueryError: 422, SearchError: 422, ExportError: 422, Unclear: 422, StoreError: 503, AccountsError: 503,
    }  # fmt: skip
    for kind, status in statuses.items():
        app.add_exception_handler(kind, _handler(status))
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def _handler(status: int) -> Any:
    def handle(_: Request, error: Exception) -> Response:
        return answer(status, error.said if isinstance(error, Told) else Told.general(detail=str(error)))

    return handle


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return answer(error.status, error.said, error.headers)


def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentences = {404: NOT_HERE(), 405: NOT_SO()}
    said = sentences.get(error.status_code) or Told.general(detail=str(error.detail))
    return answer(error.status_code, said, error.headers)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return answer(422, invalid(error.errors(), request))
