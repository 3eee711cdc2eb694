"""An article as the API gives it: every offset leads to its words, as Python counts and as a browser counts; hostile texts too."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from unit.serving.asking import API, client, got, serving
from waqai.record.coding import build
from waqai.serving import reading_view, reasons, shapes_articles
from waqai.serving.served import Served
from waqai.serving.utf16 import Units

HOSTILE = {
    "script": "<script>alert(1)</script> قصف الطيران الحربي بلدة مهين أمس، وقتل 5 مدنيين. <img src=x onerror=alert(1)>",
    "wide": "🔥🔥 قصف الطيران 💥 الحربي بلدة مهين أمس، وقتل 5 مدنيين، بحسب المرصد السوري لحقوق الإنسان 🔥.",
    "turned": "\u202eقصف\u202c الطيران \u2066الحربي\u2069 بلدة \u200fمهين أمس، وقتل \u202e5\u202c مدنيين.",
    "giant": "قصف الطيران الحربي بلدة مهين أمس. " + "ا" * 60_000,
    "marks": "قَصَفَ الطَّيرانُ الحربيّ بلدةَ مَهين أمسِ، وقُتِلَ ٥ مدنيّين.",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server over articles that mean harm, or are only unusual."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    lines = [
        json.dumps(
            {"id": id, "title": f"<b>{id}</b> 🔥 مهين", "text": text, "published": "2015-11-02", "outlet": "<i>o</i>"}
        )
        for id, text in HOSTILE.items()
    ]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    build(str(folder / "articles.jsonl"), str(folder / "hostile.db"))
    with serving(str(folder / "hostile.db")) as found:
        yield found


def spans(value: Any, part: str = "text") -> Iterator[dict[str, Any]]:
    """Everything in an answer that has words and their place."""
    if isinstance(value, list):
        for one in value:
            yield from spans(one)
    elif isinstance(value, dict):
        if isinstance(value.get("start16"), int):
            yield value
        for one in value.values():
            yield from spans(one)


def cut16(text: str, start: int, end: int) -> str:
    """A stretch of a text as JavaScript cuts it."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@pytest.mark.parametrize("id", HOSTILE)
def test_every_offset_leads_to_its_words(hostile: TestClient, id: str) -> None:
    response = hostile.get(f"{API}/articles/{id}")
    assert response.headers["content-type"] == "application/json"
    article = response.json()
    shapes_articles.ArticlePage.model_validate(article)
    assert article["text"] == HOSTILE[id]
    assert article["reports"] or id == "turned"
    found = list(spans([article["mentions"], article["reports"]]))
    assert found
    for one in found:
        text = article[one.get("in", "text")]
        assert one["text"] == text[one["start"] : one["end"]]
        assert one["text"] == cut16(text, one["start16"], one["end16"])


def test_why_has_both_ways_of_counting(hostile: TestClient) -> None:
    article = hostile.get(f"{API}/articles/wide").json()
    why = hostile.get(f"{API}/reports/{article['reports'][0]['id']}/why").json()
    words = [field["words"] for field in why["fields"] if field["words"]]
    assert words
    for one in words:
        assert one["text"] == cut16(article[one["in"]], one["start16"], one["end16"])


def test_an_article_is_found_by_its_key_and_its_label() -> None:
    row = got("/articles", limit=1)["rows"][0]
    assert got(f"/articles/{row['key']}") == got(f"/articles/{row['doc_id']}")


def test_copies_know_each_other() -> None:
    copied = next(row for row in got("/articles", limit=500)["rows"] if row["copy_of"])
    assert copied["copy_of"] in {one["key"] for one in got(f"/articles/{copied['key']}")["copies"]}
    first = got(f"/articles/{copied['copy_of']}")
    assert copied["key"] in {one["key"] for one in first["copies"]}


def test_a_text_that_takes_too_long_is_shown_without_what_is_found_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    report = got("/reports", limit=1)["rows"][0]
    monkeypatch.setattr(reading_view, "SECONDS", 0.0)
    monkeypatch.setattr(reasons, "SECONDS", 0.0)
    article = got(f"/articles/{report['article_key']}")
    assert article["text"] and article["mentions"] == [] and "0 seconds" in article["note"]
    assert client().get(f"{API}/reports/{report['id']}/why").status_code == 503


def test_a_text_that_breaks_the_coder_is_shown_without_what_is_found_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("secret")

    report = got("/reports", limit=1)["rows"][0]
    monkeypatch.setattr(reading_view, "_annotated", fail)
    article = got(f"/articles/{report['article_key']}")
    assert article["text"] and article["reports"] and article["mentions"] == []
    assert "RecursionError" in article["note"] and "secret" not in article["note"]


def test_a_report_that_today_s_coder_does_not_make_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    report = got("/reports", limit=1)["rows"][0]
    monkeypatch.setattr(Served, "within", lambda *_: ())
    assert "no more" in got(f"/reports/{report['id']}/why")["note"]


def test_search_marks_what_it_found(hostile: TestClient) -> None:
    for hit in hostile.get(f"{API}/search", params={"words": "مهين قصف"}).json()["rows"]:
        marked = [cut16(hit["title"], mark["start16"], mark["end16"]) for mark in hit["title_marks"]]
        for piece in hit["pieces"]:
            assert len(piece["text"]) < 400
            marked += [cut16(piece["text"], mark["start16"], mark["end16"]) for mark in piece["marks"]]
        assert marked
        assert all(Units(word).at(len(word)) == len(word) and word.strip() == word for word in marked)
