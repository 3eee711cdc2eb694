"""Signing in and out, and keys of the API."""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from waqai.sentences import NO_ACCOUNTS, NO_ACCOUNTS_FOR_KEYS, NOT_TOGETHER
from waqai.serving.accounts import AccountsError
from waqai.serving.answers import json_answer
from waqai.serving.errors import Refused
from waqai.serving.keys import LONGEST_LABEL, MOST_DAYS, Key, keys, make_key, remove_key
from waqai.serving.rights import COOKIE, MAY, People, people_of
from waqai.serving.sessions import LONGEST, TooOften, sign_in, sign_out
from waqai.serving.shapes import ERRORS, Shape
from waqai.serving.visitors import Asking, Role

ROUTER = APIRouter(tags=["people"], responses=ERRORS)
_FRESH = {"Cache-Control": "no-store"}


class SessionShape(Shape):
    """Who is asking, what she may do, and the token that her writing requests carry as X-CSRF-Token.

    `mode` is how the server knows people: local (the person at the machine), accounts (they sign in), or public (read only).
    """

    mode: Literal["local", "accounts", "public"]
    person: str | None
    role: Role | None
    may: list[Literal["read", "review", "manage"]]
    csrf: str | None


class SignIn(BaseModel):
    """Name and password."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=200, examples=["reem"])
    password: str = Field(min_length=1, max_length=1000)


class KeyAsked(BaseModel):
    """What a new key is for, whose it is (default: the asker's), what it may do and when it ends."""

    model_config = ConfigDict(extra="forbid")

    label: str = Field(min_length=1, max_length=LONGEST_LABEL, examples=["nightly export"])
    name: str | None = Field(None, max_length=64)
    role: Role | None = Field(None, description="at most the role of the account")
    days: int | None = Field(None, ge=1, le=MOST_DAYS, description="null: it does not end")


class KeyShape(Shape):
    """A key of the API, without its words."""

    id: str
    name: str
    role: Role
    label: str
    made: str
    ends: float | None
    used: float | None


class KeyMade(KeyShape):
    """A new key with its words, which are never shown again: `Authorization: Bearer WORDS`."""

    key: str


class KeyRows(Shape):
    """All keys."""

    rows: list[KeyShape]


@ROUTER.get("/session", response_model=SessionShape)
def session(request: Request) -> Response:
    """Who is asking; where people sign in, nobody until they did."""
    return _told(request)


@ROUTER.post("/session", response_model=SessionShape)
def begin(request: Request, given: SignIn) -> Response:
    """Sign in; the answer sets a cookie that pages cannot read. 401 when name and password do not belong together, 429 after
    too many failed tries."""
    people = people_of(request)
    if not people.signs_in or not people.accounts.exist:
        raise Refused(409, NO_ACCOUNTS())
    address = request.client.host if request.client else "unknown"
    try:
        found = sign_in(people.accounts, given.name, given.password, address)
    except TooOften as error:
        raise Refused(429, error.said, {"Retry-After": str(error.seconds)}) from None
    if found is None:
        raise Refused(401, NOT_TOGETHER())
    old = request.cookies.get(COOKIE)
    if old:
        sign_out(people.accounts, old)
    secret, begun = found
    made = json_answer(_shape("accounts", begun.name, begun.role, begun.csrf))
    secure = request.url.scheme == "https"
    made.set_cookie(COOKIE, secret, max_age=LONGEST, path="/", secure=secure, httponly=True, samesite="lax")
    made.headers.update(_FRESH)
    return made


@ROUTER.delete("/session", response_model=SessionShape)
def end(request: Request) -> Response:
    """Sign out."""
    people, secret = people_of(request), request.cookies.get(COOKIE)
    if people.signs_in and secret and people.accounts.exist:
        sign_out(people.accounts, secret)
    made = json_answer(_shape(_mode(people), None, None, None))
    made.delete_cookie(COOKIE, path="/")
    made.headers.update(_FRESH)
    return made


@ROUTER.get("/keys", response_model=KeyRows)
def key_list(request: Request) -> Response:
    """All keys of the API, without their words."""
    return json_answer({"rows": [_key(one) for one in keys(_accounts(request).accounts)]})


@ROUTER.post("/keys", response_model=KeyMade, status_code=201)
def key_new(request: Request, asking: Asking, given: KeyAsked) -> Response:
    """A new key. Its words stand in this answer and nowhere else."""
    people = _accounts(request)
    try:
        words, key = make_key(people.accounts, given.name or asking.name or "", given.label, given.role, given.days)
    except AccountsError as error:
        raise Refused(422, error.said) from None
    made = json_answer(_key(key) | {"key": words})
    made.status_code = 201
    made.headers.update(_FRESH)
    return made


@ROUTER.delete("/keys/{id}", status_code=204, response_class=Response)
def key_gone(request: Request, id: str) -> Response:
    """Delete a key: it is known no longer."""
    try:
        remove_key(_accounts(request).accounts, id)
    except AccountsError as error:
        raise Refused(404, error.said) from None
    return Response(status_code=204)


def _accounts(request: Request) -> People:
    people = people_of(request)
    if not people.accounts.exist:
        raise Refused(409, NO_ACCOUNTS_FOR_KEYS())
    return people


def _key(key: Key) -> dict[str, object]:
    return {name: getattr(key, name) for name in KeyShape.model_fields}


def _told(request: Request) -> Response:
    people = people_of(request)
    visitor = request.state.visitor
    found = people.session(request) if people.signs_in else None
    csrf = found.csrf if found else None if people.signs_in or people.settings.public else people.token
    name, role = (visitor.name, visitor.role) if visitor is not None else (None, None)
    made = json_answer(_shape(_mode(people), name, role, csrf))
    made.headers.update(_FRESH)
    return made


def _mode(people: People) -> str:
    return "public" if people.settings.public else "accounts" if people.signs_in else "local"


def _shape(mode: str, name: str | None, role: Role | None, csrf: str | None) -> dict[str, object]:
    may = [right for right in ("read", "review", "manage") if role is not None and right in MAY[role]]
    return {"mode": mode, "person": name, "role": role, "may": may, "csrf": csrf}
