"""What pydantic found wrong with parameters or a body, in sentences of ours: none of its words leave."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

from fastapi import Request
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from waqai.sentences import (
    A_LIST,
    A_TEXT,
    AN_OBJECT,
    AT_LEAST,
    AT_MOST,
    FEWER,
    FIELD,
    KIND_OF_VALUE,
    LONGER,
    MISSING,
    NO_BODY,
    NO_JSON,
    NO_OBJECT,
    NO_PARAMETER,
    NOT_TAKEN,
    NUMBER_BETWEEN,
    ONE_OF,
    PARAMETER,
    SHORTER,
    WHOLE_NUMBER,
    YES_OR_NO,
    Said,
    Word,
)

Problem = Mapping[str, Any]
_SHOWN = 80
_KINDS: Mapping[str, Word] = {
    "string_type": A_TEXT, "list_type": A_LIST, "model_type": AN_OBJECT, "model_attributes_type": AN_OBJECT,
    "dict_type": AN_OBJECT, "bool_type": YES_OR_NO, "bool_parsing": YES_OR_NO,
}  # fmt: skip
_LENGTHS = {
    "string_too_short": (SHORTER, "least", "min_length"),
    "string_too_long": (LONGER, "most", "max_length"),
    "too_long": (FEWER, "most", "max_length"),
}
_LIMITS = {"greater_than_equal": (AT_LEAST, "least", "ge"), "less_than_equal": (AT_MOST, "most", "le")}


def invalid(problems: Sequence[Problem], request: Request) -> Said:
    """The first problem as a sentence that names the parameter and what it takes."""
    name = name_of(problems[0])
    field = next((field for known, field in _fields(request) if known == name), None)
    return sentence_of(problems[0], _bounds(field), _choices(field))


def name_of(problem: Problem) -> str:
    """The parameter or field that a problem is of: not the branch of a union, nor the place in a list.

    >>> name_of({"loc": ("query", "order", "literal['day']")}), name_of({"loc": ("body", "span", "start")})
    ('order', 'span.start')
    """
    parts = [part for part in problem["loc"][1:] if isinstance(part, str)]
    return _short(".".join(part for place, part in enumerate(parts) if not place or part.isidentifier()))


def sentence_of(problem: Problem, bounds: tuple[int, int] | None = None, choices: Sequence[str] = ()) -> Said:
    """The problem of one parameter as a sentence.

    >>> sentence_of({"type": "extra_forbidden", "loc": ("query", "colour"), "input": "red"}).en
    "there is no parameter 'colour' here"
    >>> sentence_of({"type": "less_than_equal", "loc": ("query", "limit"), "input": "9999", "ctx": {"le": 500}}, (1, 500)).en
    "limit is a whole number from 1 to 500, and not '9999'"
    >>> sentence_of({"type": "model_attributes_type", "loc": ("body",), "input": [1]}).en
    'the body has to be one object of JSON, sent as application/json'
    """
    kind, name, given = problem["type"], name_of(problem), _given(problem.get("input"))
    if kind == "json_invalid":
        return NO_JSON()
    if not name:
        return NO_BODY() if kind == "missing" else NO_OBJECT()
    if kind == "extra_forbidden":
        return NO_PARAMETER(what=FIELD if problem["loc"][0] == "body" else PARAMETER, name=name)
    if kind == "missing":
        return MISSING(name=name)
    known = choices or list(_expected(problem))
    if known:
        return ONE_OF(name=name, known=", ".join(known), value=given)
    return _of_kind(problem, name, given, bounds)


def _of_kind(problem: Problem, name: str, given: str, bounds: tuple[int, int] | None) -> Said:
    kind, limits = problem["type"], problem.get("ctx", {})
    if kind in _LENGTHS:
        sentence, word, limit = _LENGTHS[kind]
        return sentence(name=name, **{word: f"{limits[limit]:,}"})
    if bounds is not None:
        return NUMBER_BETWEEN(name=name, least=f"{bounds[0]:,}", most=f"{bounds[1]:,}", value=given)
    if kind in _LIMITS:
        sentence, word, limit = _LIMITS[kind]
        return sentence(name=name, value=given, **{word: f"{limits[limit]:,}"})
    if kind.startswith("int_"):
        return WHOLE_NUMBER(name=name, value=given)
    if kind in _KINDS:
        return KIND_OF_VALUE(name=name, kind=_KINDS[kind], value=given)
    return NOT_TAKEN(name=name, value=given)


def _expected(problem: Problem) -> Iterator[str]:
    """The values of a closed list, of which pydantic makes a text: 'a', 'b' or 'c'."""
    if problem["type"] == "literal_error":
        text = str(problem["ctx"]["expected"])
        yield from (part.strip("' ") for part in text.replace(" or ", ", ").split(", "))


def _given(value: Any) -> str:
    """A value as it was given, in JSON where it is no string."""
    return repr(_short(value)) if isinstance(value, str) else _short(json.dumps(value, ensure_ascii=False, default=str))


def _short(text: str) -> str:
    shown = "".join(character if character.isprintable() else "\ufffd" for character in text[: _SHOWN + 1])
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _fields(request: Request) -> Iterator[tuple[str, FieldInfo]]:
    """The parameters of a route and the fields of its body, with what they take."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return
    for held in (*route.dependant.query_params, *route.dependant.path_params, *route.dependant.body_params):
        kind = held.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from ((field.alias or name, field) for name, field in kind.model_fields.items())
        else:
            yield held.alias, held.field_info


def _bounds(field: FieldInfo | None) -> tuple[int, int] | None:
    limits = [] if field is None else field.metadata
    least = next((one.ge for one in limits if hasattr(one, "ge")), None)
    most = next((one.le for one in limits if hasattr(one, "le")), None)
    return None if least is None or most is None else (least, most)


def _choices(field: FieldInfo | None) -> list[str]:
    """The values of the closed list that a field takes, of all branches of a union."""
    return [] if field is None else list(_literals(field.annotation))


def _literals(kind: Any) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield from map(str, get_args(kind))
        return
    for part in get_args(kind):
        yield from _literals(part)
