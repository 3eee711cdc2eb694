"""Who is asking. Without accounts, on loopback, it is the person at the machine; in public, nobody in particular."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request

from waqai.serving.settings import Settings

Role = Literal["viewer", "reviewer", "admin"]


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person who asks, and what she may do."""

    name: str | None
    role: Role


def visitor_of(request: Request) -> Visitor:
    """Who is asking: whom the session or key of the request names, where there are accounts."""
    settings: Settings = request.app.state.served.settings
    found = getattr(request.state, "visitor", None)
    if isinstance(found, Visitor):
        return found
    return Visitor(None, "viewer") if settings.public else Visitor(settings.reviewer, "admin")


Asking = Annotated[Visitor, Depends(visitor_of)]
"""The parameter by which a route is told who is asking."""
