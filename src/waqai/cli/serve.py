"""`waqai serve`: a record in the browser."""

import getpass
import socket
from argparse import ArgumentTypeError, Namespace
from contextlib import suppress
from typing import TYPE_CHECKING

from waqai.cli.arguments import Commands, UsageError, command
from waqai.cli.filtering import add_record, record_of
from waqai.cli.stopping import Stopped

if TYPE_CHECKING:
    from waqai.serving.settings import Settings

_MORE = """\
Opens the record in the browser: a map with time, the evidence behind every point, lists, search, and a desk where events are
checked and corrected. Nothing leaves this machine, and no other machine reaches the server, unless --host says so: then
accounts are demanded (`waqai accounts add`), or --public is.

--public shows the record to everybody and lets nobody change it: private persons are left out, points are rounded to cells
of 10 km, texts of articles are withheld, and what is younger than a week is held back.

examples:
  waqai serve --db syria.db
  waqai serve --db syria.db --port 9000
  waqai serve --db syria.db --public --host 0.0.0.0
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "serve", "open a record in the browser", _MORE)
    add_record(parser)
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen (default: 127.0.0.1)")
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="port; 0 takes a free one (default: 8000)"
    )
    parser.add_argument("--public", action="store_true", help="read only, redacted, a week late")
    parser.add_argument("--accounts", metavar="FILE", help="the file of accounts (default: beside the record)")
    parser.add_argument("--reviewer", metavar="NAME", help="who decides at this machine (default: your user name)")
    parser.set_defaults(run=run)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return int(text)


def run(args: Namespace) -> int:
    """Serve until it is stopped; the exit status."""
    import uvicorn

    from waqai.serving.app import make_app
    from waqai.serving.settings import Settings
    from waqai.store.opening import StoreError

    settings = Settings(record_of(args), args.public, args.host, args.port, args.accounts, args.reviewer or _user())
    _check_reach(settings)
    try:
        app = make_app(settings)
    except StoreError as error:
        raise UsageError(str(error)) from error
    listening = _listening(settings)
    print(f"The record is open at {_address(settings, listening)} (Ctrl-C ends it)", flush=True)
    config = uvicorn.Config(
        app, log_level="warning", timeout_keep_alive=30, server_header=False, date_header=False, access_log=False
    )
    with suppress(Stopped):  # uvicorn has let go in order, and hands the signal on
        uvicorn.Server(config).run(sockets=[listening])
    return 0


def _check_reach(settings: "Settings") -> None:
    """Beyond this machine only with accounts, or in public."""
    from waqai.serving.accounts import AccountsError, accounts_file, has_accounts

    if settings.loopback or settings.public:
        return
    try:
        if has_accounts(accounts_file(settings.db, settings.accounts)):
            return
    except AccountsError as error:
        raise UsageError(str(error)) from error
    raise UsageError(
        f"--host {settings.host} lets other machines in: make accounts first (`waqai accounts add`), or give --public"
    )


def _listening(settings: "Settings") -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    protocol = socket.IPPROTO_TCP  # asyncio sets TCP_NODELAY only where the socket says so
    listening = socket.socket(family, socket.SOCK_STREAM, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        said = f"cannot listen on {settings.host} port {settings.port}: {error.strerror or error}"
        raise UsageError(f"{said}; another --port may be free") from error
    return listening


def _address(settings: "Settings", listening: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{listening.getsockname()[1]}/"


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None
