"""Accounts: who may read, review and manage a record, in a small file of their own beside it."""

import datetime as dt
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from waqai.sentences import ACCOUNTS_NOT_SO, Told
from waqai.serving.visitors import Role
from waqai.store.apart import SERVERS

if TYPE_CHECKING:
    from argon2 import PasswordHasher

ROLES: tuple[Role, ...] = get_args(Role)
SHORTEST, LONGEST = 10, 1000
"""Letters of a password."""
ENDING = "-accounts"
"""What the name of the file adds to that of the record."""
_NAME = re.compile(r"[^\W_][\w.@-]{0,63}")
_BUSY = 10.0  # seconds
_AT_ONCE = threading.BoundedSemaphore(2)  # passwords checked at a time: each takes 64 MiB
_PATIENCE = 1.0  # seconds for a place among them; who waits longer keeps others from being answered
_TABLES = """
CREATE TABLE IF NOT EXISTS accounts (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, made TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sessions (
  hash TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES accounts(name) ON DELETE CASCADE,
  csrf TEXT NOT NULL, made REAL NOT NULL, seen REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS keys (
  id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL REFERENCES accounts(name) ON DELETE CASCADE,
  role TEXT NOT NULL, label TEXT NOT NULL, made TEXT NOT NULL, ends REAL, used REAL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failures (who TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS failures_who ON failures (who, at);
"""


class AccountsError(Told):
    """An account, session or key that cannot be had as asked; one sentence a person can act on."""

    general = ACCOUNTS_NOT_SO


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in."""

    name: str
    role: Role
    made: str


def accounts_file(db: str, named: str | None = None) -> str:
    """Where the accounts of a record are kept: the file that was named, or the one beside the record.

    >>> accounts_file("syria.db"), accounts_file("postgresql://x@host/syria"), accounts_file("syria.db", "people")
    ('syria.db-accounts', 'waqai-accounts', 'people')
    """
    if named is not None:
        return named
    return f"waqai{ENDING}" if db.startswith(SERVERS) else f"{db}{ENDING}"


def has_accounts(path: str) -> bool:
    """Whether there is at least one account in this file. Raises AccountsError when it is no file of accounts."""
    return os.path.exists(path) and bool(Accounts(path).all())


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Accounts:
    """The file of accounts. Every thread has its own connection; the file is only for the user whom it belongs to."""

    def __init__(self, path: str, now: Callable[[], dt.datetime] = _now) -> None:
        """Take the path; the file is made when something is first kept in it."""
        self.path, self.now = path, now
        self._held = threading.local()

    @property
    def time(self) -> float:
        """Seconds of the clock."""
        return self.now().timestamp()

    @property
    def exist(self) -> bool:
        """Whether anybody can sign in."""
        return os.path.exists(self.path) and self.row("SELECT 1 FROM accounts LIMIT 1") is not None

    def row(self, statement: str, *values: Any) -> Any:
        """The first row of a question, None when there is none."""
        with self._failures(), self._opened() as connection:
            return connection.execute(statement, values).fetchone()

    def rows(self, statement: str, *values: Any) -> list[Any]:
        """All rows of a question."""
        with self._failures(), self._opened() as connection:
            return connection.execute(statement, values).fetchall()

    def change(self, *statements: tuple[str, tuple[Any, ...]]) -> int:
        """Do all of these, or none; how many rows the last one changed."""
        with self._failures(), self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                for statement, values in statements:
                    changed = connection.execute(statement, values).rowcount
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            return changed

    def all(self) -> list[Account]:
        """The accounts, by name."""
        if not os.path.exists(self.path):
            return []
        return [Account(*row) for row in self.rows("SELECT name, role, made FROM accounts ORDER BY name")]

    def add(self, name: str, role: Role, password: str) -> Account:
        """A new account. Raises AccountsError for a name or password that is none, or a name that is taken."""
        check_name(name)
        check_password(password, name)
        made = Account(name, role, self.now().isoformat(timespec="seconds"))
        values = (name, role, hashed(password), made.made)
        if role not in ROLES:
            raise AccountsError(f"there is no role {role!r}; there are: {', '.join(ROLES)}")
        if not self.change(("INSERT OR IGNORE INTO accounts VALUES (?, ?, ?, ?)", values)):
            raise AccountsError(f"there is an account {name!r} already")
        return made

    def remove(self, name: str) -> None:
        """Delete an account; its sessions and keys end. Raises AccountsError when there is none of this name."""
        if not os.path.exists(self.path) or not self.change(("DELETE FROM accounts WHERE name = ?", (name,))):
            raise AccountsError(f"there is no account {name[:64]!r}")

    def checked(self, name: str, password: str) -> Account | None:
        """The account, when the password is its own. It takes as long for a name that is not there.

        Raises AccountsError when too many sign in at once.
        """
        row = self.row("SELECT name, role, made, password FROM accounts WHERE name = ?", name)
        known = row[3] if row is not None else _NOBODY
        if not _AT_ONCE.acquire(timeout=_PATIENCE):
            raise AccountsError("too many sign in at this moment; try again in a few seconds")
        try:
            right = verified(known, password)
        finally:
            _AT_ONCE.release()
        return Account(*row[:3]) if right and row is not None else None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        connection: sqlite3.Connection | None = getattr(self._held, "connection", None)
        if connection is None:
            connection = self._held.connection = self._open()
        yield connection

    def _open(self) -> sqlite3.Connection:
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(self.path, timeout=_BUSY, isolation_level=None)
        connection.execute("PRAGMA foreign_keys=ON")
        connection.executescript(_TABLES)
        return connection

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            said = str(error)
            known = "it is no file of accounts" if "not a database" in said or "malformed" in said else said
            raise AccountsError(f"the accounts in {self.path!r} cannot be used: {known}") from error
        except OSError as error:
            raise AccountsError(f"the accounts in {self.path!r} cannot be used: {error.strerror}") from error


def check_name(name: str) -> None:
    """Raise AccountsError when this is no name for an account."""
    if not _NAME.fullmatch(name):
        raise AccountsError("the name of an account is 1 to 64 letters and digits, also . @ - and _ inside")


def check_password(password: str, name: str) -> None:
    """Raise AccountsError when a password is too easily guessed, or too long to be checked."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountsError(f"a password has {SHORTEST} to {LONGEST:,} letters")
    if password.casefold() == name.casefold() or len(set(password)) < 4:
        raise AccountsError("this password is the first that anybody would try; take another one")


def hashed(password: str) -> str:
    """A password as it is kept: argon2id with its salt."""
    return _hasher().hash(password)


def verified(known: str, password: str) -> bool:
    """Whether this is the password behind a hash."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    if len(password) > LONGEST:
        return False
    try:
        return _hasher().verify(known, password)
    except (Argon2Error, InvalidHashError):
        return False


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


_NOBODY = (  # what the password of a name that is not there is compared with; nobody knows the words behind it
    "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"
)
