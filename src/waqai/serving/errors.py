"""What is wrong with a question, as one sentence with the right status."""

import json
from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from waqai.exports.facts import ExportError
from waqai.queries.errors import QueryError
from waqai.serving.accounts import AccountsError
from waqai.store.opening import StoreError
from waqai.store.reading import Unclear
from waqai.store.text_search import SearchError

_LONGEST = 600
_AS_JSON = ", sent as application/json"
_OBJECTS = ("model_attributes_type", "model_type", "dict_type")
_OBJECT = "input should be an object"


class Refused(Exception):
    """A request that is not answered: a status of HTTP, one sentence, and headers that go with it."""

    def __init__(self, status: int, sentence: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers = status, sentence, dict(headers or {})


def not_found(what: str, name: str) -> Refused:
    """The refusal of something that the record does not hold."""
    return Refused(404, f"the record has no {what} {shortened(name)!r}")


def shortened(text: str) -> str:
    """What was given, as it may stand in a sentence."""
    shown = "".join(character if character.isprintable() else "\ufffd" for character in text[:81])
    return shown if len(shown) <= 80 else f"{shown[:80]}…"


def answer(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    """The one form of every error."""
    body = orjson.dumps({"error": " ".join(sentence.split())[:_LONGEST]})
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
        return answer(status, str(error))

    return handle


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return answer(error.status, error.sentence, error.headers)


def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentences = {404: "there is nothing at this address", 405: "this address does not take such a request"}
    return answer(error.status_code, sentences.get(error.status_code, str(error.detail)), error.headers)


def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return answer(422, sentence_of(error.errors()[0]))


def sentence_of(problem: Mapping[str, Any]) -> str:
    """One problem that pydantic found, as a sentence that names the parameter.

    >>> sentence_of({"type": "extra_forbidden", "loc": ("query", "colour"), "msg": "", "input": "red"})
    "there is no parameter 'colour' here"
    >>> sentence_of({"type": "x", "loc": ("query", "limit"), "msg": "Input should be less than 501", "input": "9999"})
    "the value of limit is not right: '9999'; input should be less than 501"
    >>> sentence_of({"type": "model_attributes_type", "loc": ("body",), "msg": "", "input": [1]})
    'the body has to be one object of JSON, sent as application/json'
    """
    place, *parts = problem["loc"]
    name = shortened(".".join(str(part) for part in parts if part != "__root__"))
    if problem["type"] == "json_invalid":
        return "the body is no JSON"
    if not name:
        return f"the body {'is missing' if problem['type'] == 'missing' else 'has to be one object of JSON'}{_AS_JSON}"
    if problem["type"] == "extra_forbidden":
        return f"there is no {'field' if place == 'body' else 'parameter'} {name!r} here"
    if problem["type"] == "missing":
        return f"{name} is missing"
    said = _OBJECT if problem["type"] in _OBJECTS else str(problem["msg"])
    return f"the value of {name} is not right: {_given(problem.get('input'))}; {said[:1].lower()}{said[1:]}"


def _given(value: Any) -> str:
    """A value as it was given, in JSON where it is no string."""
    return (
        repr(shortened(value))
        if isinstance(value, str)
        else shortened(json.dumps(value, ensure_ascii=False, default=str))
    )
