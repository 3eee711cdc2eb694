"""What stands before every route: hosts, origins, headers; and pages that lead nowhere else."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sample_record import sample_record
from unit.serving.asking import API, client, serving
from waqai.serving.app import make_app
from waqai.serving.guard import HEADERS
from waqai.serving.served import Served
from waqai.serving.settings import Settings


@pytest.mark.parametrize(
    "path", ["/", "/incident/abc", f"{API}/record", f"{API}/nothing", f"{API}/incidents?x=1", f"{API}/docs"]
)
def test_every_answer_bears_the_headers(path: str) -> None:
    response = client().get(path)
    assert {name.decode(): value.decode() for name, value in HEADERS}.items() <= dict(response.headers).items()
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "http" not in policy


def test_a_mistake_of_the_server_is_one_sentence_with_the_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Served, "filter", fail)
    response = client().get(f"{API}/incidents")
    assert (response.status_code, list(response.json())) == (500, ["error", "error_ar"])
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "", "localhost.evil.example", "127.0.0.1.evil.example", "["]
)
def test_a_name_that_leads_to_this_machine_is_not_this_machine(host: str) -> None:
    response = client().get(f"{API}/record", headers={"host": host})
    assert response.status_code == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:9"])
def test_the_names_of_this_machine_are_taken(host: str) -> None:
    assert client().get(f"{API}/record", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}], ids=str
)
def test_pages_of_others_cannot_write(method: str, headers: dict[str, str]) -> None:
    response = client().request(method, f"{API}/decisions", headers=headers)
    assert response.status_code == 403
    assert "another server" in response.json()["error"]


def test_nothing_is_written_in_public() -> None:
    with serving(public=True) as public:
        assert public.post(f"{API}/decisions", json={}).status_code == 403


def test_connections_for_reading_cannot_write() -> None:
    served = Served(Settings(sample_record()))
    with served.read() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("DELETE FROM incidents")
    served.close()


def test_a_question_that_takes_too_long_ends() -> None:
    served = Served(Settings(sample_record(), patience=0.05))
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(Exception, match="took too long"), served.read() as connection:
        connection.exec_driver_sql(endless)
    served.close()


@pytest.fixture
def built(tmp_path: Path) -> TestClient:
    """A server of pages that stand in a folder, with a secret beside it."""
    (tmp_path / "secret.txt").write_text("secret")
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<p>the page")
    (static / "assets" / "app-1a2b.js").write_text("1")
    (static / ".hidden").write_text("secret")
    (static / "out").symlink_to(tmp_path / "secret.txt")
    return TestClient(make_app(Settings(sample_record(), static=static)), base_url="http://localhost")


@pytest.mark.parametrize("path", ["/", "/incident/ab12", "/article/k#r", "/place/Aleppo/90", "/?view=list"])
def test_every_view_is_the_page(built: TestClient, path: str) -> None:
    response = built.get(path)
    assert (response.status_code, response.text) == (200, "<p>the page")
    assert response.headers["cache-control"] == "no-cache"


def test_hashed_files_are_kept_for_a_year(built: TestClient) -> None:
    response = built.get("/assets/app-1a2b.js")
    assert "max-age=31536000" in response.headers["cache-control"]
    assert response.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt", "/.hidden", "/out", "/assets",
     "/..%5csecret.txt", "/assets/%00", "/incident", "/nothing.js", "/" + "a" * 5000],
)  # fmt: skip
def test_no_path_leads_out_of_the_pages(built: TestClient, path: str) -> None:
    response = built.get(path)
    assert response.status_code == 404
    assert "secret" not in response.text


def test_the_page_of_the_api_names_every_path_and_loads_nothing_from_elsewhere() -> None:
    page = client().get(f"{API}/docs").text
    schema = client().get(f"{API}/openapi.json").json()
    assert all(path in page for path in schema["paths"])
    assert "http://" not in page and "https://" not in page and "<script" not in page
