"""Accounts, sessions and keys in their file: what is kept, what ends, who tries too often."""

import datetime as dt
import stat
from pathlib import Path

import pytest

from waqai.serving import accounts as module
from waqai.serving.accounts import Accounts, AccountsError, has_accounts, hashed, verified
from waqai.serving.keys import key_of, keys, make_key, remove_key
from waqai.serving.sessions import (
    IDLE,
    LONGEST,
    MOST_OF_ADDRESS,
    MOST_OF_NAME,
    PERIOD,
    TooOften,
    session_of,
    sign_in,
)

PASSWORD = "a long way to Palmyra"
BEGIN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.at = BEGIN

    def __call__(self) -> dt.datetime:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> Accounts:
    """Accounts with one reviewer."""
    found = Accounts(str(tmp_path / "people"), clock)
    found.add("reem", "reviewer", PASSWORD)
    return found


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hashes that passwords were compared with; comparing takes no time."""
    seen: list[str] = []

    def compared(known: str, password: str) -> bool:
        seen.append(known)
        return password == PASSWORD and known != module._NOBODY

    monkeypatch.setattr(module, "verified", compared)
    return seen


def test_passwords_are_kept_as_argon2id_and_the_file_is_its_owners_alone(people: Accounts) -> None:
    held = people.row("SELECT password FROM accounts")[0]
    assert held.startswith("$argon2id$") and PASSWORD not in held
    assert verified(held, PASSWORD) and not verified(held, PASSWORD + "x")
    assert hashed(PASSWORD) != held  # each has a salt of its own
    assert stat.S_IMODE(Path(people.path).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", PASSWORD), ("a b", PASSWORD), ("-x", PASSWORD), ("x" * 65, PASSWORD), ("x\n", PASSWORD), ("x\0", PASSWORD),
        ("omar", "short"), ("omar", "x" * 1001), ("omaromaromar", "OmarOmarOmar"), ("omar", "aaaaaaaaaaaa"),
    ],
)  # fmt: skip
def test_names_and_passwords_that_are_none_are_refused(people: Accounts, name: str, password: str) -> None:
    with pytest.raises(AccountsError):
        people.add(name, "viewer", password)
    assert [one.name for one in people.all()] == ["reem"]


def test_a_name_is_taken_once_and_an_arabic_one_is_a_name(people: Accounts) -> None:
    with pytest.raises(AccountsError, match="already"):
        people.add("reem", "admin", PASSWORD)
    assert people.add("ريم", "viewer", PASSWORD).role == "viewer"
    assert [one.role for one in people.all()] == ["reviewer", "viewer"]


def test_a_name_that_is_not_there_costs_as_much_as_one_that_is(people: Accounts, checks: list[str]) -> None:
    assert people.checked("nobody", PASSWORD) is None
    assert people.checked("reem", "wrong") is None
    assert len(checks) == 2
    mine, other = (known.split("$")[2:4] for known in (people.row("SELECT password FROM accounts")[0], checks[0]))
    assert mine == other  # the same version and costs


def test_a_session_ends_when_nobody_asks_and_at_last_in_any_case(
    people: Accounts, clock: Clock, checks: list[str]
) -> None:
    begun = sign_in(people, "reem", PASSWORD, "here")
    assert begun is not None
    secret, session = begun
    assert session_of(people, secret) == session
    for _ in range(LONGEST // (IDLE - 60)):
        clock.forward(IDLE - 60)
        assert session_of(people, secret) is not None
    clock.forward(LONGEST)
    assert session_of(people, secret) is None
    second = sign_in(people, "reem", PASSWORD, "here")
    assert second is not None
    clock.forward(IDLE + 1)
    assert session_of(people, second[0]) is None
    assert people.row("SELECT count(*) FROM sessions")[0] == 0


def test_a_session_and_a_key_end_with_the_account(people: Accounts, checks: list[str]) -> None:
    begun = sign_in(people, "reem", PASSWORD, "here")
    words, _ = make_key(people, "reem", "tests")
    assert begun is not None and key_of(people, words) is not None
    people.remove("reem")
    assert session_of(people, begun[0]) is None
    assert key_of(people, words) is None
    with pytest.raises(AccountsError):
        people.remove("reem")


def test_an_account_is_tried_so_often_and_no_more(people: Accounts, clock: Clock, checks: list[str]) -> None:
    for number in range(MOST_OF_NAME):
        assert sign_in(people, "reem", "wrong", f"address {number}") is None
    with pytest.raises(TooOften) as told:
        sign_in(people, "REEM", PASSWORD, "another address")
    assert 0 < told.value.seconds <= PERIOD
    assert len(checks) == MOST_OF_NAME  # nothing was compared any more
    clock.forward(PERIOD + 1)
    assert sign_in(people, "reem", PASSWORD, "another address") is not None


def test_an_address_tries_so_many_names_and_no_more(people: Accounts, checks: list[str]) -> None:
    for number in range(MOST_OF_ADDRESS):
        assert sign_in(people, f"name{number}", "wrong", "one address") is None
    with pytest.raises(TooOften):
        sign_in(people, "reem", PASSWORD, "one address")
    assert sign_in(people, "reem", PASSWORD, "another address") is not None


def test_who_signs_in_rightly_has_not_failed(people: Accounts, checks: list[str]) -> None:
    for _ in range(MOST_OF_NAME * 2):
        assert sign_in(people, "reem", PASSWORD, "here") is not None


def test_a_key_is_kept_as_its_hash_ends_and_is_never_more_than_its_owner(people: Accounts, clock: Clock) -> None:
    words, key = make_key(people, "reem", "exports", days=2)
    assert words not in str(people.rows("SELECT * FROM keys"))
    assert (key.role, [one.id for one in keys(people)]) == ("reviewer", [key.id])
    people.change(("UPDATE accounts SET role = 'viewer' WHERE name = 'reem'", ()))
    found = key_of(people, words)
    assert found is not None and found.role == "viewer"
    clock.forward(2 * 86_400)
    assert key_of(people, words) is None
    remove_key(people, key.id)
    with pytest.raises(AccountsError):
        remove_key(people, key.id)


@pytest.mark.parametrize(
    ("owner", "label", "days"), [("nobody", "x", 1), ("reem", " ", 1), ("reem", "x" * 101, 1), ("reem", "x", 0)]
)
def test_keys_that_cannot_be_are_refused(people: Accounts, owner: str, label: str, days: int) -> None:
    with pytest.raises(AccountsError):
        make_key(people, owner, label, days=days)


def test_a_file_of_something_else_is_named(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("no accounts " * 500)
    with pytest.raises(AccountsError, match="no file of accounts"):
        has_accounts(str(other))
    assert not has_accounts(str(tmp_path / "none"))
