"""`waqai accounts`: passwords come from standard input, keys are shown once, mistakes are one line."""

import io
import shutil
from pathlib import Path

import pytest

from sample_record import sample_record
from waqai.cli.arguments import UsageError
from waqai.cli.main import main
from waqai.cli.serve import _check_reach
from waqai.serving.accounts import Accounts
from waqai.serving.keys import key_of
from waqai.serving.settings import Settings

PASSWORD = "a long way to Palmyra"


@pytest.fixture
def record(tmp_path: Path) -> str:
    path = str(tmp_path / "record.db")
    shutil.copy(sample_record(), path)
    return path


def run(monkeypatch: pytest.MonkeyPatch, given: str, *args: str) -> int:
    """The exit status of the command with this standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(given))
    return main(["accounts", *args])


def test_an_account_is_made_listed_given_a_key_and_removed(
    record: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, f"{PASSWORD}\n", "add", "ريم", "--role", "reviewer", "--db", record) == 0
    accounts = Accounts(f"{record}-accounts")
    found = accounts.checked("ريم", PASSWORD)
    assert found is not None and found.role == "reviewer"
    capsys.readouterr()
    assert (
        run(monkeypatch, "", "key", "ريم", "--label", "nightly", "--role", "viewer", "--days", "9", "--db", record) == 0
    )
    words = capsys.readouterr().out.strip()
    key = key_of(accounts, words)
    assert key is not None and (key.role, key.label) == ("viewer", "nightly")
    assert run(monkeypatch, "", "list", "--db", record) == 0
    told = capsys.readouterr().out
    assert "ريم\treviewer" in told and key.id in told and words not in told and "argon2" not in told
    assert run(monkeypatch, "", "key", key.id, "--end", "--db", record) == 0
    assert key_of(accounts, words) is None
    assert run(monkeypatch, "", "remove", "ريم", "--db", record) == 0
    assert accounts.all() == []


@pytest.mark.parametrize(
    ("given", "args", "sentence"),
    [
        ("", ["add", "omar"], "no password came"),
        ("\n", ["add", "omar"], "no password came"),
        ("short\n", ["add", "omar"], "10 to 1,000 letters"),
        (f"{PASSWORD}\n", ["add", "two words"], "the name of an account"),
        (f"{PASSWORD}\n", ["add", "omar", "--role", "king"], "invalid choice"),
        (f"{PASSWORD}\n", ["add", "omar", "--password", PASSWORD], "unrecognized"),
        ("", ["remove", "nobody"], "no account 'nobody'"),
        ("", ["key", "nobody"], "no account 'nobody'"),
        ("", ["key", "nobody", "--end"], "no key"),
        ("", [], "ACTION"),
    ],
    ids=str,
)
def test_mistakes_are_one_line_and_change_nothing(
    record: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    given: str,
    args: list[str],
    sentence: str,
) -> None:
    assert run(monkeypatch, given, *args, *(["--db", record] if args else [])) == 2
    told = capsys.readouterr().err
    assert sentence in told and told.count("\n") == 1
    assert Accounts(f"{record}-accounts").all() == []


def test_accounts_of_no_record_are_a_mistake_unless_a_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "none.db")
    assert run(monkeypatch, f"{PASSWORD}\n", "add", "omar", "--db", missing) == 2
    assert "there is no record" in capsys.readouterr().err and list(tmp_path.iterdir()) == []
    named = str(tmp_path / "people")
    assert run(monkeypatch, f"{PASSWORD}\n", "add", "omar", "--db", missing, "--accounts", named) == 0
    assert [one.name for one in Accounts(named).all()] == ["omar"]


def test_no_export_is_written_over_the_accounts(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--to", "csv", "--db", record, "-o", f"{record}-accounts"]) == 2
    assert "belongs to the record" in capsys.readouterr().err


def test_a_server_may_be_reached_from_elsewhere_when_somebody_can_sign_in(
    record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, elsewhere = Settings(record, host="0.0.0.0"), Settings(record, host="::", accounts=str(tmp_path / "people"))
    for settings in (beside, elsewhere):
        with pytest.raises(UsageError, match="accounts"):
            _check_reach(settings)
    assert run(monkeypatch, f"{PASSWORD}\n", "add", "omar", "--db", record) == 0
    _check_reach(beside)
    with pytest.raises(UsageError, match="accounts"):
        _check_reach(elsewhere)
