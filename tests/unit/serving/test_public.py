"""A public view leaves private persons out, rounds points, withholds texts, and is a week late; nothing gets around it."""

import datetime as dt
import json
import math
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from sample_record import NAME, PERSON, sample_record
from unit.serving.asking import API, client, got, public_client, serving
from waqai.serving.served import Served
from waqai.store.opening import open_store
from waqai.store.text_search import marks, terms_of

LISTS = ("/incidents", "/reports", "/articles", "/places", "/actors", "/sources", "/outlets")
VIEWS: tuple[tuple[str, dict[str, str]], ...] = (
    *((path, {"limit": "500"}) for path in LISTS),
    *((path, {"format": form}) for path in LISTS for form in ("csv", "jsonl")),
    ("/incidents", {"format": "geojson"}),
    ("/incidents", {"as_of": "2029-01-01", "limit": "500"}),
    ("/reports", {"format": "geojson"}),
    ("/points", {}),
    ("/facets", {"of": "reports", "most": "200"}),
    ("/facets", {"most": "200"}),
    ("/facets", {"most": "200", "of": "reports", "format": "csv"}),
    ("/facets", {"most": "200", "format": "jsonl"}),
    *(("/incidents", {"limit": "500", "order": order}) for order in ("place", "-voices", "-known")),
    ("/control", {"format": "json", "limit": "500"}),
    ("/stats", {"by": "source", "of": "reports"}),
    ("/stats", {"by": "source", "format": "csv"}),
    ("/search", {"words": "مهين", "limit": "100"}),
    ("/search", {"words": "مهين", "format": "jsonl"}),
    ("/control", {}),
    ("/control", {"format": "csv"}),
    ("/sources", {"name": "سامر"}),
    ("/record", {}),
)
PRIVATE = "Samer al-Hamwi"
MIDDLE = dt.date(2015, 11, 9)
"""A day in the week after which the sample tells much: what was published since 2015-11-02 is younger than a week."""


def walked(found: Any) -> Iterator[dict[str, Any]]:
    """Every object within an answer."""
    if isinstance(found, dict):
        yield found
        for value in found.values():
            yield from walked(value)
    elif isinstance(found, list):
        for value in found:
            yield from walked(value)


def texts(client: TestClient) -> Iterator[tuple[str, str]]:
    """What every view of the server says."""
    for path, asked in VIEWS:
        response = client.get(f"{API}{path}", params=asked)
        assert response.status_code == 200, (path, asked, response.text[:300])
        yield f"{path} {asked}", response.text
    for path, name in (("/incidents", "id"), ("/reports", "id"), ("/articles", "key")):
        for row in client.get(f"{API}{path}", params={"limit": 500}).json()["rows"]:
            response = client.get(f"{API}{path}/{row[name]}")
            assert response.status_code == 200, response.text[:300]
            yield f"{path}/{row[name]}", response.text
    for row in client.get(f"{API}/places", params={"limit": 500}).json()["rows"]:
        yield f"/control/{row['id']}", client.get(f"{API}/control/{row['id']}").text


def test_no_private_person_is_named_anywhere() -> None:
    parts = [*NAME.split(), "حموي"]
    wrong = [(where, part) for where, said in texts(public_client()) for part in parts if part in said]
    assert not wrong


def test_a_name_finds_nothing() -> None:
    for words in (NAME, f'"{NAME}"', NAME.split()[0], f"{NAME.split()[0]}*", f"مهين {NAME.split()[0]}"):
        assert got("/search", words=words)["rows"], words
        assert public_client().get(f"{API}/search", params={"words": words}).json()["rows"] == [], words
    assert public_client().get(f"{API}/search", params={"words": "مهين"}).json()["rows"]


def test_no_cursor_or_count_of_a_search_confirms_a_guess() -> None:
    first = NAME.split()[0]
    asked = [f'"{first}"', f"{first}*", f'"بلدة مهين {first}"', f"قصف {first}"]
    none = public_client().get(f"{API}/search", params={"words": "كلمةلاتوجدهنا", "limit": 1}).json()
    for words in asked:
        assert public_client().get(f"{API}/search", params={"words": words, "limit": 1}).json() == none, words


def test_a_search_runs_over_what_is_shown() -> None:
    told = public_client().get(f"{API}/reports", params={"limit": 500}).json()["rows"]
    found = 0
    for row in got("/articles", limit=500)["rows"][:12]:
        text = got(f"/articles/{row['key']}")["text"]
        words = f'"{" ".join(text.split()[-6:])}"'
        assert got("/search", words=words)["rows"], words
        for hit in public_client().get(f"{API}/search", params={"words": words}).json()["rows"]:
            shown = [one["evidence"]["text"] for one in told if one["article_key"] == hit["article_key"]]
            assert any(marks(part, terms_of(words)) for part in [hit["title"], *shown]), words
            found += 1
    assert found < 12, "what is not shown was searched too"


def test_pages_of_a_search_hold_every_hit_once() -> None:
    whole = public_client().get(f"{API}/search", params={"words": "مهين", "limit": 100}).json()
    assert len(whole["rows"]) > 3 and whole["after"] is None
    keys, after = [], None
    while True:
        page = public_client().get(
            f"{API}/search", params={"words": "مهين", "limit": 2} | ({"after": after} if after else {})
        )
        keys += [(row["rank"], row["article_key"]) for row in page.json()["rows"]]
        after = page.json()["after"]
        if after is None:
            break
    assert keys == [(row["rank"], row["article_key"]) for row in whole["rows"]]


def test_refusals_name_nobody() -> None:
    for asked in ({"source": NAME}, {"source": "سامر"}, {"outlet": NAME}, {"words": NAME}):
        response = public_client().get(f"{API}/reports", params=asked)
        assert response.status_code == 422, asked
        assert "الحموي" not in response.text


def test_refusals_tell_no_name_that_the_record_holds() -> None:
    said = {
        public_client().get(f"{API}{path}", params={"source": asked}).json()["error"]
        for path in ("/incidents", "/reports", "/stats")
        for asked in ("a", "al", "م", "nobody at all")
    }
    assert said == {"the record has no such source"}
    for name in ("outlet", "place", "actor"):
        refused = public_client().get(f"{API}/reports", params={name: "a"})
        assert refused.status_code == 422 and "near" not in refused.text, name
        assert "الأقرب" not in refused.json()["error_ar"], name


def test_one_question_does_not_answer_another() -> None:
    asked = {"name": "مهين", "pcode": "SY"}
    right = got("/places", **asked)
    assert right["rows"]
    for odd in ({"name": "مهين&pcode=SY"}, {"name": "مهين", "pcode": "SY&x"}):
        client().get(f"{API}/places", params=odd)
    with serving() as fresh:
        fresh.get(f"{API}/places", params={"name": "مهين&pcode=SY"})
        assert fresh.get(f"{API}/places", params=asked).json()["rows"] == right["rows"]


def test_no_series_of_tiles_leads_to_a_point() -> None:
    (point, *_) = public_client().get(f"{API}/points").json()["features"]
    lon, lat = point["geometry"]["coordinates"]
    scale = 2**14
    x = int((lon + 180) / 360 * scale)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * scale)
    held = {
        (x + east, y + south)
        for east in (-9, -3, 0, 3, 9)
        for south in (-9, -3, 0, 3, 9)
        if point["properties"]["id"].encode()
        in public_client().get(f"{API}/tiles/14/{x + east}/{y + south}.mvt").content
    }
    assert held == {(x, y)}


@pytest.fixture
def quoting(tmp_path: Path) -> Iterator[TestClient]:
    """A public server over a record in which a private person is quoted by name."""
    path = str(tmp_path / "quoting.db")
    shutil.copy(sample_record(), path)
    store = open_store(path)
    with store.write() as connection:
        named = {"name": PRIVATE, "arabic": f"الشاهد {NAME}"}
        asked = "UPDATE sources SET key = :name, name_en = :name, name_ar = :arabic WHERE key = 'eyewitness'"
        connection.execute(text(asked), named)
        for table in ("report_sources", "incident_sources"):
            connection.execute(text(f"UPDATE {table} SET source = :name WHERE source = 'eyewitness'"), named)
        connection.execute(text("DELETE FROM counted"))
    store.close()
    with serving(path, public=True, today=dt.date(2030, 1, 1)) as client:
        yield client


def test_a_private_person_who_is_quoted_is_no_source(quoting: TestClient) -> None:
    for path, asked in (
        ("/sources", {"limit": "500"}),
        ("/facets", {"names": "source", "most": "200"}),
        ("/facets", {"names": "source", "most": "200", "of": "reports"}),
        ("/stats", {"by": "source", "of": "reports"}),
        ("/stats", {"by": "source", "format": "csv"}),
    ):
        response = quoting.get(f"{API}{path}", params=asked)
        assert response.status_code == 200
        assert PRIVATE not in response.text and "الحموي" not in response.text, path
    assert quoting.get(f"{API}/reports", params={"source": PRIVATE}).status_code == 422


def test_no_point_is_the_place_itself() -> None:
    exact = {(one["lat"], one["lon"]) for one in walked(got("/places", limit=500)) if one.get("lat") is not None}
    shown: set[tuple[float, float]] = set()
    for where, said in texts(public_client()):
        if not said.startswith("{") or "\n{" in said.strip("\n"):
            continue
        for one in walked(json.loads(said)):
            if one.get("lat") is not None:
                shown.add((one["lat"], one["lon"]))
                assert one.get("precision", 2) >= 2, where
            if one.get("type") == "Point":
                shown.add((one["coordinates"][1], one["coordinates"][0]))
    assert shown and exact
    assert not shown & exact


def test_a_box_does_not_lead_to_a_point() -> None:
    def within(box: str) -> set[str]:
        return {
            row["id"]
            for row in public_client().get(f"{API}/incidents", params={"bbox": box, "limit": 500}).json()["rows"]
        }

    assert within("37.01,34.21,37.09,34.29") == within("37.0,34.2,37.1,34.3")


def test_a_polygon_is_asked_of_points_as_they_are_shown() -> None:
    def within(asked: TestClient, lat: float, lon: float, path: str, rows: str) -> set[str]:
        corners = ((-0.01, -0.01), (0.01, -0.01), (0.01, 0.01), (-0.01, 0.01))
        polygon = ";".join(f"{lon + east:.4f},{lat + north:.4f}" for east, north in corners)
        limit = {} if path == "/points" else {"limit": 500}
        found = asked.get(f"{API}{path}", params={"polygon": polygon, **limit}).json()[rows]
        return {row["properties"]["id"] if rows == "features" else row["id"] for row in found}

    placed = [row for row in got("/incidents", limit=500)["rows"] if row["place"] and row["place"]["lat"]][:12]
    for row in placed:
        lat, lon = row["place"]["lat"], row["place"]["lon"]
        shown = public_client().get(f"{API}/incidents/{row['id']}").json()["place"]
        for path, rows in (("/incidents", "rows"), ("/points", "features")):
            assert row["id"] in within(client(), lat, lon, path, rows)
            assert row["id"] in within(public_client(), shown["lat"], shown["lon"], path, rows)
            if max(abs(shown["lat"] - lat), abs(shown["lon"] - lon)) > 0.02:
                assert row["id"] not in within(public_client(), lat, lon, path, rows)
    assert placed


def test_texts_and_reasons_are_withheld() -> None:
    article = public_client().get(f"{API}/articles/{PERSON['id']}").json()
    assert article["text"] is None and article["withheld"]
    assert article["url"] and article["mentions"] == [] and article["reports"] == []
    report = public_client().get(f"{API}/reports", params={"limit": 1}).json()["rows"][0]
    assert public_client().get(f"{API}/reports/{report['id']}/why").status_code == 403


@pytest.fixture
def late() -> Iterator[TestClient]:
    """A public server in the middle of what the sample tells."""
    with serving(public=True, today=MIDDLE) as client:
        yield client


def test_what_is_younger_than_a_week_is_held_back_everywhere(late: TestClient) -> None:
    young = {
        row["key"]
        for row in got("/articles", limit=500)["rows"]
        if row["published"] and row["published"] > "2015-11-01"
    }
    old = {row["key"] for row in got("/articles", limit=500)["rows"]} - young
    assert young and old
    told = list(texts(late))
    assert all(key not in said for where, said in told for key in young if f"/articles/{key}" != where)
    assert any(key in said for _, said in told for key in old)
    for key in young:
        assert late.get(f"{API}/articles/{key}").status_code == 404
    for row in got("/reports", limit=500)["rows"]:
        shown = late.get(f"{API}/reports/{row['id']}").status_code
        assert shown == (404 if row["article_key"] in young else 200)


def test_no_day_asked_for_brings_it_back(late: TestClient) -> None:
    plain = late.get(f"{API}/reports", params={"limit": 500}).json()["rows"]
    for day in ("2015-11-05", "2030-01-01"):
        assert late.get(f"{API}/reports", params={"limit": 500, "as_of": day}).json()["rows"] == plain
        held = late.get(f"{API}/incidents", params={"limit": 500, "as_of": day}).json()["rows"]
        assert all(ref["published"] <= "2015-11-01" for row in held for ref in row["reports"])
    counted = late.get(f"{API}/facets", params={"of": "reports", "names": "modality"}).json()["facets"][0]["values"]
    assert sum(value["number"] for value in counted) == len(plain)


def test_an_incident_of_which_something_new_is_told_is_shown_as_it_was(late: TestClient) -> None:
    rows = got("/incidents", limit=500)["rows"]
    both = [
        row["id"]
        for row in rows
        if min(days := [ref["published"] for ref in row["reports"]]) <= "2015-11-01" < max(days)
    ]
    assert both
    listed = {row["id"] for row in late.get(f"{API}/incidents", params={"limit": 500}).json()["rows"]}
    for id in both:
        assert id not in listed
        shown = late.get(f"{API}/incidents/{id}").json()
        assert shown["reports"] and all(ref["published"] <= "2015-11-01" for ref in shown["reports"])


KINDS = (("places", "place"), ("actors", "actor"), ("sources", "source"), ("outlets", "outlet"))


@pytest.mark.parametrize(("listed", "condition"), KINDS)
def test_what_is_told_of_only_this_week_is_as_if_it_were_unknown(late: TestClient, listed: str, condition: str) -> None:
    def ids(rows: Any) -> set[str]:
        return {row["id"] for row in rows["rows"]}

    shown = ids(late.get(f"{API}/{listed}", params={"limit": 500}).json())
    young = ids(got(f"/{listed}", limit=500)) - shown
    assert young and shown
    for id in sorted(young)[:8]:
        asked = late.get(f"{API}/reports", params={condition: id, "limit": 1})
        other = late.get(f"{API}/reports", params={condition: "x" * len(id), "limit": 1})
        assert (asked.status_code, other.status_code) == (422, 422), id
        said = [one.json()["error"].replace(id, "*").replace("x" * len(id), "*") for one in (asked, other)]
        assert said[0] == said[1]
    for id in sorted(shown)[:8]:
        assert late.get(f"{API}/reports", params={condition: id, "limit": 1}).status_code == 200, id


def test_no_beginning_of_an_id_leads_to_an_incident(late: TestClient) -> None:
    listed = {row["id"] for row in late.get(f"{API}/incidents", params={"limit": 500}).json()["rows"]}
    for row in got("/incidents", limit=500)["rows"]:
        known = min(ref["published"] for ref in row["reports"]) <= "2015-11-01"
        for begin in (row["id"][:6], row["id"][:19]):
            assert late.get(f"{API}/incidents/{begin}", follow_redirects=False).status_code == 404
            assert late.get(f"{API}/reports", params={"incident": begin}).status_code == 422
        assert late.get(f"{API}/incidents/{row['id']}").status_code == (200 if known else 404)
        assert late.get(f"{API}/reports", params={"incident": row["id"]}).status_code == (200 if known else 422)
    assert listed


def test_control_of_places_told_of_only_this_week_is_not_counted(late: TestClient) -> None:
    features = late.get(f"{API}/control").json()["features"]
    places = {one["properties"]["place"]["id"] for one in features}
    assert late.get(f"{API}/record").json()["counts"]["places_of_control"] == len(places)
    assert got("/record")["counts"]["places_of_control"] > len(places) > 0
    hidden = {row["id"] for row in got("/places", limit=500)["rows"]} - {
        row["id"] for row in late.get(f"{API}/places", params={"limit": 500}).json()["rows"]
    }
    for id in sorted(hidden - places)[:10]:
        assert late.get(f"{API}/control/{id}").status_code == 404, id


def test_no_hash_of_a_text_is_told() -> None:
    (report,) = public_client().get(f"{API}/reports", params={"limit": 1}).json()["rows"]
    (incident,) = public_client().get(f"{API}/incidents", params={"limit": 1}).json()["rows"]
    for path in (f"/reports/{report['id']}", f"/articles/{report['article_key']}", f"/incidents/{incident['id']}"):
        said = public_client().get(f"{API}{path}").json()
        hashes = [one["text_sha256"] for one in walked(said) if "text_sha256" in one]
        assert hashes and not any(hashes), path
        assert any(one.get("text_sha256") for one in walked(got(path))), path
    assert report["text_sha256"] is None
    for form in ("csv", "jsonl"):
        told = public_client().get(f"{API}/reports", params={"limit": 1, "format": form}).text
        assert got(f"/reports/{report['id']}")["text_sha256"] not in told


def test_control_is_told_from_what_was_known(late: TestClient) -> None:
    everything = {one["published"] for one in walked(late.get(f"{API}/control").json()) if one.get("doc_id")}
    assert everything and max(everything) <= "2015-11-01"


def test_a_public_view_is_read_only_and_says_since_when() -> None:
    record = public_client().get(f"{API}/record").json()
    assert (record["read_only"], record["public"], record["asking"]["name"]) == (True, True, None)
    assert record["held_back_after"] == "2029-12-24"


def test_a_public_view_goes_on_with_the_days(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("/points", "/histogram", "/facets?names=camp", "/stats?by=type", "/places?limit=500")
    with serving(public=True, today=MIDDLE) as client:
        then = [client.get(f"{API}{path}").content for path in asked]
        monkeypatch.setattr(Served, "today", property(lambda _: dt.date(2030, 1, 1)))
        now = [client.get(f"{API}{path}").content for path in asked]
    assert [path for path, one, other in zip(asked, then, now, strict=True) if one == other] == []
