"""`waqai accounts`: who may sign in to the server of a record."""

import datetime as dt
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from waqai.cli.arguments import Commands, UsageError, command
from waqai.cli.filtering import add_record, record_of
from waqai.cli.streams import one_line

if TYPE_CHECKING:
    from waqai.serving.accounts import Accounts

_ROLES = ("viewer", "reviewer", "admin")
_LONGEST = 5000  # letters of a line of standard input
_MORE = """\
Accounts are kept in a file of their own beside the record (RECORD-accounts), or where --accounts says. A viewer reads, a
reviewer also decides, an admin also takes back what others decided and makes keys. When there is an account, everybody has
to sign in, on this machine too.

A password is asked for on the terminal, or read as one line from standard input; it is never an argument.

examples:
  waqai accounts add reem --role reviewer --db syria.db
  waqai accounts list --db syria.db
  waqai accounts key reem --label "nightly export" --days 90 --db syria.db
  waqai accounts remove reem --db syria.db
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "accounts", "say who may sign in to the server of a record", _MORE)
    actions = parser.add_subparsers(dest="accounts_action", metavar="ACTION", required=True, title="actions")
    adding = actions.add_parser("add", help="a new account; its password is asked for")
    adding.add_argument("name", metavar="NAME", help="the name to sign in with")
    adding.add_argument("--role", choices=_ROLES, default="viewer", help="what the account may do (default: viewer)")
    listing = actions.add_parser("list", help="the accounts and their keys")
    removing = actions.add_parser("remove", help="delete an account; its sessions and keys end")
    removing.add_argument("name", metavar="NAME", help="the account")
    key = actions.add_parser("key", help="make a key of the API for an account, or end one")
    key.add_argument("name", metavar="NAME", help="the account; with --end the id of a key")
    key.add_argument("--label", metavar="TEXT", default="command line", help="what the key is for")
    key.add_argument("--role", choices=_ROLES, help="at most the account's own (the default)")
    key.add_argument("--days", type=int, metavar="N", help="days after which it ends (default: never)")
    key.add_argument("--end", action="store_true", help="delete the key with the id NAME")
    for one, run in ((adding, _add), (listing, _list), (removing, _remove), (key, _key)):
        _where(one)
        one.set_defaults(run=run)


def _where(parser: ArgumentParser) -> None:
    add_record(parser)
    parser.add_argument("--accounts", metavar="FILE", help="the file of accounts (default: beside the record)")


@contextmanager
def _accounts(args: Namespace) -> "Iterator[Accounts]":
    """The accounts that are meant; UsageError when they cannot be had as asked, or no record is there that they could be of."""
    from waqai.serving.accounts import Accounts, AccountsError, accounts_file
    from waqai.store.apart import SERVERS

    record = record_of(args)
    if args.accounts is None and not record.startswith(SERVERS) and not os.path.isfile(record):
        raise UsageError(
            f"there is no record {record!r}, so nobody needs an account; --accounts names a file of its own"
        )
    try:
        yield Accounts(accounts_file(record, args.accounts))
    except AccountsError as error:
        raise UsageError(str(error)) from error


def _add(args: Namespace) -> int:
    from waqai.serving.accounts import AccountsError, check_name

    with _accounts(args) as accounts:
        check_name(args.name)
        if any(one.name == args.name for one in accounts.all()):
            raise AccountsError(f"there is an account {args.name!r} already")
        made = accounts.add(args.name, args.role, _password(args.name))
    print(f"waqai: {made.name} may sign in as {made.role}", file=sys.stderr)
    return 0


def _password(name: str) -> str:
    """Asked twice on a terminal; otherwise the first line of standard input."""
    if not sys.stdin.isatty():
        given = sys.stdin.readline(_LONGEST)
        if not given.strip("\r\n"):
            raise UsageError("no password came on standard input: it is read from its first line")
        return given.rstrip("\r\n")
    from getpass import getpass

    first = getpass(f"Password of {name}: ")
    if getpass("The same once more: ") != first:
        raise UsageError("the two were not the same; nothing was changed")
    return first


def _list(args: Namespace) -> int:
    from waqai.serving.keys import keys

    with _accounts(args) as accounts:
        found = accounts.all()
        held = keys(accounts) if found else []
    for account in found:
        print(f"{account.name}\t{account.role}\t{account.made}")
        for key in held:
            if key.name == account.name:
                print(f"  key {key.id}\t{key.role}\t{one_line(key.label)}\t{_ends(key.ends)}")
    if not found:
        print("waqai: there are no accounts; on this machine nobody has to sign in", file=sys.stderr)
    return 0


def _ends(ends: float | None) -> str:
    return "does not end" if ends is None else f"ends {dt.datetime.fromtimestamp(ends, dt.UTC).date()}"


def _remove(args: Namespace) -> int:
    with _accounts(args) as accounts:
        accounts.remove(args.name)
    print(f"waqai: {one_line(args.name)} may sign in no longer", file=sys.stderr)
    return 0


def _key(args: Namespace) -> int:
    from waqai.serving.keys import make_key, remove_key

    with _accounts(args) as accounts:
        if args.end:
            remove_key(accounts, args.name)
            print(f"waqai: the key {one_line(args.name)} is known no longer", file=sys.stderr)
            return 0
        words, key = make_key(accounts, args.name, args.label, args.role, args.days)
    print(words)
    print(f"waqai: the key {key.id} of {key.name} ({key.role}) stands above, and is never shown again", file=sys.stderr)
    return 0
