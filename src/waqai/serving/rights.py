"""Who may do what: one table, asked before every route. A route that has no line in it is for admins alone, and fails a test."""

import getpass
import re
import secrets
from collections.abc import Mapping
from typing import Literal

from fastapi import Request

from waqai.sentences import MAY_NOT, NO_KEY, NO_TOKEN, ONLY_READING, SIGN_IN
from waqai.serving.accounts import Accounts, accounts_file
from waqai.serving.errors import Refused
from waqai.serving.keys import key_of
from waqai.serving.sessions import Session, same, session_of
from waqai.serving.settings import Settings
from waqai.serving.visitors import Role, Visitor

Right = Literal["open", "read", "review", "manage"]
COOKIE = "waqai_session"
TOKEN = "x-csrf-token"
"""The header that every writing request of a browser carries; `/session` tells the token."""
MAY: Mapping[Role, frozenset[Right]] = {
    "viewer": frozenset({"open", "read"}),
    "reviewer": frozenset({"open", "read", "review"}),
    "admin": frozenset({"open", "read", "review", "manage"}),
}
"""What each role may do. Who is not signed in may do what is open."""
API = "/api/v1"
_READ = (
    "record", "incidents", "incidents/{id}", "reports", "reports/{id}", "reports/{id}/why", "articles", "articles/{key}",
    "places", "actors", "sources", "outlets", "search", "facets", "stats", "histogram", "points", "tiles/{z}/{x}/{y}.mvt",
    "control", "control/{place}", "boundaries/{layer}", "fields",
)  # fmt: skip
RULES: Mapping[str, Right] = {
    **{f"GET /{path}": "read" for path in _READ},
    "GET /": "open",
    "GET /{path}": "open",
    "GET /docs": "open",
    "GET /session": "open",
    "POST /session": "open",
    "DELETE /session": "open",
    "GET /queue": "review",
    "GET /decisions": "review",
    "POST /decisions": "review",
    "POST /decisions/{number}/undo": "review",
    "GET /known/places": "review",
    "GET /known/actors": "review",
    "GET /agreement": "review",
    "GET /precision": "review",
    "GET /keys": "manage",
    "POST /keys": "manage",
    "DELETE /keys/{id}": "manage",
}
"""What a route asks for, by its method and its path (below API, where it is one of the API). HEAD is asked as GET."""
_SIGNING_IN = "POST /session"
_KINDS = re.compile(r":\w+\}")
_READING = ("GET", "HEAD", "OPTIONS")


class People:
    """Who asks a server: the accounts of its record, or the person at the machine."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings; the token of the person at the machine is made anew with each start."""
        self.settings = settings
        self.accounts = Accounts(accounts_file(settings.db, settings.accounts))
        self.token = secrets.token_urlsafe(32)

    @property
    def signs_in(self) -> bool:
        """Whether people have to sign in: there are accounts, or others than this machine can ask."""
        return not self.settings.public and (not self.settings.loopback or self.accounts.exist)

    @property
    def local(self) -> Visitor:
        """The person at the machine."""
        return Visitor(self.settings.reviewer or _user(), "admin")

    def session(self, request: Request) -> Session | None:
        """The session that the request's cookie names."""
        secret = request.cookies.get(COOKIE)
        return session_of(self.accounts, secret) if secret and self.accounts.exist else None


def people_of(request: Request) -> People:
    """Who asks the server of this request."""
    found: People = request.app.state.people
    return found


def admitted(request: Request) -> None:
    """Find out who is asking, and refuse what she may not do: 401 when signing in may help, 403 when not."""
    people = people_of(request)
    rule = rule_of(request)
    visitor = _visitor(request, people, signing_in=rule == _SIGNING_IN)
    request.state.visitor = visitor
    may = MAY[visitor.role] if visitor is not None else frozenset[Right]({"open"})
    if RULES.get(rule, "manage") in may:
        return
    if visitor is None:
        raise Refused(401, SIGN_IN(), {"WWW-Authenticate": 'Bearer realm="waqai"'})
    raise Refused(403, ONLY_READING() if people.settings.public else MAY_NOT(role=visitor.role))


def rule_of(request: Request) -> str:
    """The line of the table that a request falls under: its route, without the kinds of its parts (`{place:path}`)."""
    method = "GET" if request.method == "HEAD" else request.method
    return f"{method} {_KINDS.sub('}', request.scope['route'].path.removeprefix(API))}"


def _visitor(request: Request, people: People, *, signing_in: bool) -> Visitor | None:
    writes = request.method not in _READING and not signing_in
    if people.settings.public:
        return Visitor(None, "viewer")
    if not people.signs_in:
        if writes and not same(request.headers.get(TOKEN), people.token):
            raise _untold()
        return people.local
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        key = key_of(people.accounts, secret.strip()) if people.accounts.exist else None
        if key is None:
            raise Refused(401, NO_KEY(), {"WWW-Authenticate": 'Bearer realm="waqai"'})
        return Visitor(key.name, key.role)
    session = people.session(request)
    if session is None:
        return None
    if writes and not same(request.headers.get(TOKEN), session.csrf):
        raise _untold()
    return Visitor(session.name, session.role)


def _untold() -> Refused:
    return Refused(403, NO_TOKEN(path=f"{API}/session"))


def _user() -> str:
    """The name of the system's user; "local" where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "local"
