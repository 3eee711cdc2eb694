"""What stands before every route: whom an answer may be shown in, which hosts and origins are taken, how much may be sent."""

import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from waqai.sentences import BODY_TOO_LARGE, FAILED, NO_WRITING, OTHER_HOST, OTHER_PAGE, QUESTION_TOO_LONG
from waqai.serving.errors import Refused, answer
from waqai.serving.settings import LOOPBACK, Settings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LONGEST_QUERY = 16_384
LARGEST_BODY = 1_000_000
_TOO_LARGE = BODY_TOO_LARGE(most=f"{LARGEST_BODY:,}")
_READING = ("GET", "OPTIONS")
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "worker-src 'self' blob:",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=(), interest-cohort=()"),
)


class Guard:
    """Wraps the application; every answer leaves with the headers above."""

    def __init__(self, app: App, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        sending = _with_headers(send)
        if scope["method"] == "HEAD":
            scope, sending = {**scope, "method": "GET"}, _without_body(sending)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self._refused(scope, headers)
        if refused is not None:
            await answer(refused.status, refused.said)(scope, receive, sending)
            return
        watched = _Watched(receive, sending)
        try:
            await self._app(scope, watched.receive, watched.send)
        except Exception as error:  # whatever it is, one sentence leaves, and the log has the rest
            if watched.began:
                raise
            refused = None if watched.over else _failed(error)
        if watched.over:
            refused = Refused(413, _TOO_LARGE)
        if refused is not None and not watched.began:
            await answer(refused.status, refused.said)(scope, receive, sending)

    def _refused(self, scope: Scope, headers: MutableMapping[str, str]) -> Refused | None:
        host = headers.get("host", "")
        if self._settings.loopback and host_of(host) not in LOOPBACK:
            return Refused(400, OTHER_HOST())
        if len(scope["query_string"]) > LONGEST_QUERY or len(scope.get("raw_path") or b"") > LONGEST_QUERY:
            return Refused(413, QUESTION_TOO_LONG(most=f"{LONGEST_QUERY:,}"))
        length = headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > 12 or int(length) > LARGEST_BODY:
            return Refused(413, _TOO_LARGE)
        if scope["method"] in _READING:
            return None
        if self._settings.public:
            return Refused(403, NO_WRITING())
        if not own_origin(headers.get("origin"), host, headers.get("sec-fetch-site")):
            return Refused(403, OTHER_PAGE())
        return None


def host_of(header: str) -> str:
    """The host of a Host header, without its port.

    >>> host_of("localhost:8000"), host_of("[::1]:8000"), host_of("evil.example")
    ('localhost', '::1', 'evil.example')
    """
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def own_origin(origin: str | None, host: str, site: str | None) -> bool:
    """Whether a writing request comes from a page of this server, or from no page at all.

    >>> own_origin("http://localhost:8000", "localhost:8000", None), own_origin("http://evil.example", "localhost:8000", None)
    (True, False)
    """
    if origin is None:
        return site in (None, "same-origin", "none")
    try:
        return urlsplit(origin).netloc.lower() == host.lower() and bool(host)
    except ValueError:
        return False


def _failed(error: Exception) -> Refused:
    logging.getLogger("uvicorn.error").error("a request failed", exc_info=error)
    return Refused(500, FAILED(error=type(error).__name__))


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*_without(message.get("headers", ())), *HEADERS]
        await send(message)

    return sending


def _without_body(send: Send) -> Send:
    """HEAD is answered as GET is, and no body leaves."""

    async def sending(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return sending


def _without(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    ours = {name for name, _ in HEADERS}
    return [(name, value) for name, value in headers if name.lower() not in ours]


class _Watched:
    """The body counted while it comes, since nobody has to say its length beforehand; and whether an answer has begun.

    What the application makes of a body that grew too large is not sent.
    """

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._came = 0
        self.over = self.began = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._came += len(message.get("body", b""))
        if self._came > LARGEST_BODY:
            self.over = True
            raise Refused(413, _TOO_LARGE)
        return message

    async def send(self, message: Message) -> None:
        if not self.over:
            self.began = True
            await self._send(message)
