"""Sessions: signing in and out, and who tries too often."""

import hmac
import secrets
from dataclasses import dataclass

from waqai.sentences import TRIED_TOO_OFTEN, TRIED_TOO_OFTEN_ONE
from waqai.serving.accounts import Account, Accounts, AccountsError
from waqai.serving.keys import digest
from waqai.serving.visitors import Role

IDLE = 12 * 3600
"""Seconds without a request after which a session ends."""
LONGEST = 7 * 24 * 3600
"""Seconds after which it ends in any case."""
PERIOD = 15 * 60
"""Seconds within which failed tries count."""
MOST_OF_NAME, MOST_OF_ADDRESS = 8, 30
"""Failed tries within the period, for one account and from one address."""
_RENEWED = 60  # seconds between two notes of when a session was last seen


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in, and the token that her writing requests carry."""

    name: str
    role: Role
    csrf: str


class TooOften(AccountsError):
    """Too many failed tries; `seconds` is how long to wait."""

    def __init__(self, seconds: int) -> None:
        minutes = max(1, -(-seconds // 60))
        super().__init__(TRIED_TOO_OFTEN(minutes=minutes) if minutes > 1 else TRIED_TOO_OFTEN_ONE())
        self.seconds = seconds


def sign_in(accounts: Accounts, name: str, password: str, address: str) -> tuple[str, Session] | None:
    """The secret of a new session and the session; None when name and password do not belong together.

    Raises TooOften when the account or the address has failed too often. The secret is 256 random bits; its hash is kept.
    """
    asking = ((f"name {name.casefold()[:100]}", MOST_OF_NAME), (f"address {address[:100]}", MOST_OF_ADDRESS))
    wait = max(_wait(accounts, who, most) for who, most in asking)
    if wait:
        raise TooOften(wait)
    now = accounts.time
    noted = [("INSERT INTO failures VALUES (?, ?)", (who, now)) for who, _ in asking]
    accounts.change(("DELETE FROM failures WHERE at < ?", (now - PERIOD,)), *noted)  # before: tries at once count too
    found = accounts.checked(name, password)
    if found is None:
        return None
    accounts.change(*(("DELETE FROM failures WHERE who = ? AND at >= ?", (who, now)) for who, _ in asking))
    return _begun(accounts, found)


def _wait(accounts: Accounts, who: str, most: int) -> int:
    begin = accounts.time - PERIOD
    asked = "SELECT count(*), min(at) FROM failures WHERE who = ? AND at >= ?"
    count, first = accounts.row(asked, who, begin)
    return max(1, int(first - begin)) if count >= most else 0


def _begun(accounts: Accounts, account: Account) -> tuple[str, Session]:
    secret, csrf, now = secrets.token_urlsafe(32), secrets.token_urlsafe(32), accounts.time
    accounts.change(
        ("DELETE FROM sessions WHERE seen < ? OR made < ?", (now - IDLE, now - LONGEST)),
        ("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", (digest(secret), account.name, csrf, now, now)),
    )
    return secret, Session(account.name, account.role, csrf)


def session_of(accounts: Accounts, secret: str) -> Session | None:
    """The session behind a secret, with the role that the account has now; None when there is none, or it has ended."""
    asked = "SELECT a.name, a.role, s.csrf, s.made, s.seen FROM sessions s JOIN accounts a ON a.name = s.name WHERE s.hash = ?"
    row, now = accounts.row(asked, digest(secret)), accounts.time
    if row is None:
        return None
    if now - row[4] > IDLE or now - row[3] > LONGEST:
        sign_out(accounts, secret)
        return None
    if now - row[4] > _RENEWED:
        accounts.change(("UPDATE sessions SET seen = ? WHERE hash = ?", (now, digest(secret))))
    return Session(*row[:3])


def sign_out(accounts: Accounts, secret: str) -> None:
    """End a session."""
    accounts.change(("DELETE FROM sessions WHERE hash = ?", (digest(secret),)))


def same(given: str | None, expected: str) -> bool:
    """Whether a token is the expected one; it takes as long for every wrong one."""
    return given is not None and hmac.compare_digest(given.encode(), expected.encode())
