"""No parameter is passed over: one that a route does not know, or that is given twice where one value counts, is refused."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin

from fastapi import Request
from fastapi.routing import APIRoute
from pydantic import BaseModel

from waqai.sentences import GIVEN_TWICE, NO_PARAMETER, PARAMETER
from waqai.serving.errors import Refused, shortened


def known_parameters(request: Request) -> None:
    """Refuse a question with parameters that the route has no use for."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute) or not route.include_in_schema:
        return
    known = _of(route)
    for name, number in Counter(name for name, _ in request.query_params.multi_items()).items():
        if name not in known:
            raise Refused(422, NO_PARAMETER(what=PARAMETER, name=shortened(name)))
        if number > 1 and not known[name]:
            raise Refused(422, GIVEN_TWICE(name=name, number=number))


def _of(route: APIRoute) -> Mapping[str, bool]:
    """The parameters of a route: whether each may be given several times."""
    return {name: many for field in route.dependant.query_params for name, many in _named(field)}


def _named(field: Any) -> Iterator[tuple[str, bool]]:
    kind = field.field_info.annotation
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, held in kind.model_fields.items():
            yield held.alias or name, _is_list(held.annotation)
    else:
        yield field.alias, _is_list(kind)


def _is_list(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return get_origin(annotation) is list
