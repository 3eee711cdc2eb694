"""Keys of the API, for programs: 256 random bits each, shown once; only their hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass

from waqai.serving.accounts import ROLES, Account, Accounts, AccountsError
from waqai.serving.visitors import Role

BEGIN = "waqai_"
"""How a key begins, so that it is known when it turns up where it should not be."""
LONGEST_LABEL, MOST_DAYS = 100, 3650
_DAY = 86_400
_RENEWED = 60


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its id, whose it is, what it may do, what it is for, when it was made, ends (None: never) and was last used."""

    id: str
    name: str
    role: Role
    label: str
    made: str
    ends: float | None
    used: float | None


def digest(secret: str) -> str:
    """SHA-256 (hex): what is kept of a secret that is random and long."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def make_key(
    accounts: Accounts, owner: str, label: str, role: Role | None = None, days: int | None = None
) -> tuple[str, Key]:
    """A new key of an account, and its words, which nobody can be told again. `role` may be less than the account's.

    Raises AccountsError when there is no such account, or the key would be more than its owner.
    """
    account = next((one for one in accounts.all() if one.name == owner), None)
    if account is None:
        raise AccountsError(f"there is no account {owner[:64]!r}")
    if not 0 < len(label.strip()) <= LONGEST_LABEL or not label.isprintable():
        raise AccountsError(f"say what the key is for in up to {LONGEST_LABEL} letters")
    if days is not None and not 0 < days <= MOST_DAYS:
        raise AccountsError(f"a key ends after 1 to {MOST_DAYS:,} days")
    given = _at_most(account, role)
    secret, id = BEGIN + secrets.token_urlsafe(32), secrets.token_hex(6)
    made, ends = accounts.now().isoformat(timespec="seconds"), None if days is None else accounts.time + days * _DAY
    values = (id, digest(secret), owner, given, label.strip(), made, ends, None)
    accounts.change(("INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values))
    return secret, Key(id, owner, given, label.strip(), made, ends, None)


def _at_most(account: Account, role: Role | None) -> Role:
    if role is None:
        return account.role
    if role not in ROLES or ROLES.index(role) > ROLES.index(account.role):
        raise AccountsError(f"a key of {account.name} is at most {account.role}, not {role}")
    return role


def keys(accounts: Accounts) -> list[Key]:
    """All keys, by whose they are."""
    asked = "SELECT id, name, role, label, made, ends, used FROM keys ORDER BY name, made, id"
    return [Key(*row) for row in accounts.rows(asked)]


def remove_key(accounts: Accounts, id: str) -> None:
    """Delete a key. Raises AccountsError when there is none with this id."""
    if not accounts.change(("DELETE FROM keys WHERE id = ?", (id,))):
        raise AccountsError(f"there is no key {id[:64]!r}")


def key_of(accounts: Accounts, secret: str) -> Key | None:
    """The key behind these words; None when there is none, or it has ended. It is never more than its owner is now."""
    asked = (
        "SELECT k.id, k.name, k.role, k.label, k.made, k.ends, k.used, a.role FROM keys k "
        "JOIN accounts a ON a.name = k.name WHERE k.hash = ?"
    )
    row, now = accounts.row(asked, digest(secret)), accounts.time
    if row is None or (row[5] is not None and now >= row[5]):
        return None
    if row[6] is None or now - row[6] > _RENEWED:
        accounts.change(("UPDATE keys SET used = ? WHERE id = ?", (now, row[0])))
    role = min(row[2], row[7], key=ROLES.index)
    return Key(row[0], row[1], role, *row[3:7])
