"""Who may do what: every route has its line in the table, and every role is let in or kept out as the table says."""

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sample_record import sample_record
from unit.serving.asking import API, client, public_client, serving
from waqai.serving import accounts
from waqai.serving.accounts import Accounts, accounts_file, hashed
from waqai.serving.keys import digest, make_key
from waqai.serving.rights import MAY, RULES, TOKEN
from waqai.serving.visitors import Role

PASSWORD = "a long way to Palmyra"
HASH = hashed(PASSWORD)
ROLES: tuple[Role, ...] = ("viewer", "reviewer", "admin")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A record of its own with an account of each role; their keys are in `SECRETS`."""
    path = str(tmp_path_factory.mktemp("rights") / "record.db")
    shutil.copy(sample_record(), path)
    held = Accounts(accounts_file(path))
    for role in ROLES:
        made = held.now().isoformat()
        held.change(("INSERT INTO accounts VALUES (?, ?, ?, ?)", (f"the-{role}", role, HASH, made)))
    return path


@pytest.fixture(scope="module")
def people(record: str) -> Iterator[TestClient]:
    """A server at which people sign in."""
    with serving(record) as found:
        yield found


@pytest.fixture(scope="module")
def secrets(record: str) -> dict[Role, str]:
    """A key of each role."""
    return {role: make_key(Accounts(accounts_file(record)), f"the-{role}", "tests")[0] for role in ROLES}


def routes() -> list[str]:
    """Every route of the application with its method, as the table names it."""
    paths = client().get(f"{API}/openapi.json").json()["paths"]
    return [f"{method.upper()} {path.removeprefix(API)}" for path, methods in paths.items() for method in methods]


def address(rule: str) -> tuple[str, str]:
    """A request that falls under a rule, with something in the place of each part of the path."""
    method, path = rule.split(" ", 1)
    filled = re.sub(r"\{(z|x|y|number)\}", "1", path)
    filled = re.sub(r"\{[^}]*\}", "none", filled)
    pages = path in ("/", "/{path}")
    return method, filled if pages else f"{API}{filled}"


def test_every_route_has_a_line_in_the_table_and_no_line_is_of_no_route() -> None:
    pages = {"GET /", "GET /{path}", "GET /docs"}
    assert set(routes()) == set(RULES) - pages


@pytest.mark.parametrize("role", [*ROLES, None], ids=str)
@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_route_lets_each_role_in_as_the_table_says(
    people: TestClient, secrets: dict[Role, str], rule: str, role: Role | None
) -> None:
    method, path = address(rule)
    headers = {"authorization": f"Bearer {secrets[role]}"} if role else {}
    response = people.request(method, path, headers=headers)
    let_in = RULES[rule] in (MAY[role] if role else {"open"})
    if let_in:
        assert response.status_code not in (401, 403) or rule == "POST /session", response.text
    else:
        assert response.status_code == (403 if role else 401), response.text
        assert list(response.json()) == ["error", "error_ar"]


def test_a_route_without_a_line_is_for_admins_alone(
    people: TestClient, secrets: dict[Role, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waqai.serving.rights.RULES", {})
    for role in ROLES:
        response = people.get(f"{API}/record", headers={"authorization": f"Bearer {secrets[role]}"})
        assert response.status_code == (200 if role == "admin" else 403)


def test_a_public_view_is_for_reading() -> None:
    assert public_client().get(f"{API}/queue").status_code == 403
    assert public_client().get(f"{API}/record").status_code == 200
    assert public_client().get(f"{API}/session").json() == {
        "mode": "public", "person": None, "role": "viewer", "may": ["read"], "csrf": None,
    }  # fmt: skip


def signed_in(people: TestClient, role: Role) -> tuple[TestClient, dict[str, str]]:
    """A browser in which somebody of this role signed in, and the header of her writing requests."""
    browser = TestClient(people.app, base_url="http://localhost:8000")
    response = browser.post(f"{API}/session", json={"name": f"the-{role}", "password": PASSWORD})
    assert response.status_code == 200, response.text
    return browser, {TOKEN: response.json()["csrf"]}


def test_signing_in_sets_a_cookie_that_pages_cannot_read(people: TestClient) -> None:
    browser = TestClient(people.app, base_url="http://localhost:8000")
    response = browser.post(f"{API}/session", json={"name": "the-viewer", "password": PASSWORD})
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie
    assert response.headers["cache-control"] == "no-store"
    assert browser.get(f"{API}/session").json()["person"] == "the-viewer"
    secure = TestClient(people.app, base_url="https://localhost:8000")
    response = secure.post(f"{API}/session", json={"name": "the-viewer", "password": PASSWORD})
    assert "secure" in response.headers["set-cookie"].lower()


def test_the_secret_of_a_session_is_not_kept(people: TestClient, record: str) -> None:
    browser, _ = signed_in(people, "viewer")
    secret = browser.cookies["waqai_session"]
    held = [row[0] for row in Accounts(accounts_file(record)).rows("SELECT hash FROM sessions")]
    assert digest(secret) in held
    assert secret.encode() not in Path(accounts_file(record)).read_bytes()


def test_a_writing_request_of_a_browser_needs_the_token(people: TestClient) -> None:
    browser, token = signed_in(people, "reviewer")
    body = {"action": "accept", "report": "0" * 20}
    for headers in ({}, {TOKEN: "wrong"}, {TOKEN: ""}):
        response = browser.post(f"{API}/decisions", json=body, headers=headers)
        assert response.status_code == 403 and "X-CSRF-Token" in response.json()["error"]
    assert browser.post(f"{API}/decisions", json=body, headers=token).status_code == 404
    other, _ = signed_in(people, "reviewer")
    assert other.post(f"{API}/decisions", json=body, headers=token).status_code == 403


def test_the_person_at_the_machine_needs_no_account_but_the_token() -> None:
    told = client().get(f"{API}/session").json()
    assert (told["mode"], told["person"], told["role"]) == ("local", "tester", "admin")
    body = {"action": "accept", "report": "0" * 20}
    assert client().post(f"{API}/decisions", json=body).status_code == 403
    assert client().post(f"{API}/decisions", json=body, headers={TOKEN: told["csrf"]}).status_code == 404


def test_signing_out_ends_the_session(people: TestClient) -> None:
    browser, token = signed_in(people, "viewer")
    secret = browser.cookies["waqai_session"]
    assert browser.delete(f"{API}/session").status_code == 403
    assert browser.delete(f"{API}/session", headers=token).json()["person"] is None
    again = TestClient(people.app, base_url="http://localhost:8000", cookies={"waqai_session": secret})
    assert again.get(f"{API}/record").status_code == 401


def test_signing_in_again_ends_the_session_before(people: TestClient) -> None:
    browser, _ = signed_in(people, "viewer")
    secret = browser.cookies["waqai_session"]
    assert browser.post(f"{API}/session", json={"name": "the-admin", "password": PASSWORD}).status_code == 200
    again = TestClient(people.app, base_url="http://localhost:8000", cookies={"waqai_session": secret})
    assert again.get(f"{API}/record").status_code == 401


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", "Bearer nothing", "bearer \u00e9", "Basic dGhlLXZpZXdlcjp4"]
)
def test_what_is_no_key_opens_nothing(people: TestClient, given: str) -> None:
    response = people.get(f"{API}/record", headers={"authorization": given.encode()})
    assert response.status_code == 401


def test_a_key_is_shown_once_and_made_and_ended_by_admins(people: TestClient, secrets: dict[Role, str]) -> None:
    admin = {"authorization": f"Bearer {secrets['admin']}"}
    asked = {"label": "nightly", "name": "the-reviewer", "role": "viewer", "days": 3}
    made = people.post(f"{API}/keys", json=asked, headers=admin)
    assert made.status_code == 201
    key = made.json()["key"]
    assert key not in people.get(f"{API}/keys", headers=admin).text
    assert people.get(f"{API}/record", headers={"authorization": f"Bearer {key}"}).status_code == 200
    assert people.get(f"{API}/queue", headers={"authorization": f"Bearer {key}"}).status_code == 403
    too_much = people.post(f"{API}/keys", json=asked | {"role": "admin"}, headers=admin)
    assert too_much.status_code == 422 and "at most reviewer" in too_much.json()["error"]
    assert people.delete(f"{API}/keys/{made.json()['id']}", headers=admin).status_code == 204
    assert people.delete(f"{API}/keys/{made.json()['id']}", headers=admin).status_code == 404
    assert people.get(f"{API}/record", headers={"authorization": f"Bearer {key}"}).status_code == 401


def test_nobody_is_told_which_of_name_and_password_was_wrong(people: TestClient) -> None:
    answers = {
        people.post(f"{API}/session", json={"name": name, "password": "wrong password"}).text
        for name in ("the-viewer", "nobody-of-this-name")
    }
    assert len(answers) == 1
    wrong = people.post(f"{API}/session", json={"name": "the-viewer", "password": "wrong password"})
    assert wrong.status_code == 401 and "set-cookie" not in wrong.headers


def test_who_cannot_be_checked_at_once_is_sent_away_and_others_are_answered(
    people: TestClient, secrets: dict[Role, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waqai.serving.accounts._AT_ONCE", threading.BoundedSemaphore(1))
    monkeypatch.setattr("waqai.serving.accounts._PATIENCE", 0.01)
    with accounts._AT_ONCE:
        response = people.post(f"{API}/session", json={"name": "the-admin", "password": PASSWORD})
        assert response.status_code == 503 and "too many" in response.json()["error"]
    assert people.post(f"{API}/session", json={"name": "the-admin", "password": PASSWORD}).status_code == 200


def test_accounts_that_cannot_be_read_let_nobody_in_and_say_so(tmp_path: Path) -> None:
    path = str(tmp_path / "record.db")
    shutil.copy(sample_record(), path)
    Path(accounts_file(path)).write_text("no accounts " * 500)
    with serving(path) as found:
        response = found.get(f"{API}/record")
        assert response.status_code == 503 and "no file of accounts" in response.json()["error"]
