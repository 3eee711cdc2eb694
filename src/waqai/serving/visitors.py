"""Who is asking. Without accounts, on loopback, it is the person at the machine; in public, nobody in particular."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request

Role = Literal["viewer", "reviewer", "admin"]


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person who asks, and what she may do."""

    name: str | None
    role: Role


def visitor_of(request: Request) -> Visitor:
    """Who is asking, as `rights.admitted` found out before the route."""
    found: Visitor | None = request.state.visitor
    return found or Visitor(None, "viewer")


Asking = Annotated[Visitor, Depends(visitor_of)]
"""The parameter by which a route is told who is asking."""
