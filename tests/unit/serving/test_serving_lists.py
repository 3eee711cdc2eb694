"""Lists of the API: they mean what the command line means, are paged, and come as files."""

import base64
import csv
import io
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel

from sample_record import NAME, sample_record
from unit.serving.asking import API, client, got, refused
from waqai.cli.main import main
from waqai.queries.naming import name_key
from waqai.serving import shapes, shapes_articles, shapes_map

LISTS: dict[str, type[BaseModel]] = {
    "/incidents": shapes.IncidentRows,
    "/reports": shapes.ReportRows,
    "/articles": shapes_articles.ArticleRows,
    "/places": shapes_articles.PlaceRows,
    "/actors": shapes_articles.ActorRows,
    "/sources": shapes_articles.SourceRows,
    "/outlets": shapes_articles.OutletRows,
}
OTHERS: dict[str, tuple[type[BaseModel], dict[str, str]]] = {
    "/points": (shapes_map.Points, {}),
    "/histogram": (shapes_map.Histogram, {"step": "week"}),
    "/facets": (shapes_map.Facets, {}),
    "/stats": (shapes_map.StatsTable, {"by": "month,type"}),
    "/search": (shapes_articles.Hits, {"words": "حلب"}),
    "/control": (shapes_map.ControlPoints, {"at": "2016-01-01"}),
    "/record": (shapes_articles.RecordPage, {}),
}
CONDITIONS: tuple[dict[str, Any], ...] = (
    {"governorate": "Homs"},
    {"place": "مهين"},
    {"type": ["Battles", "Air/drone strike"], "from": "2015", "to": "2016-06"},
    {"camp": "regime", "role": "actor1"},
    {"modality": "denied"},
    {"bbox": "36.5,34,38,35"},
    {"min_killed": "5"},
    {"words": "قصف"},
    {"outlet": "بريد المشرق", "background": "no"},
)


@pytest.mark.parametrize("path", LISTS)
def test_pages_have_the_form_that_the_schema_tells(path: str) -> None:
    page = got(path, limit=500)
    assert page["rows"]
    LISTS[path].model_validate(page)


@pytest.mark.parametrize("path", OTHERS)
def test_other_answers_have_the_form_that_the_schema_tells(path: str) -> None:
    form, asked = OTHERS[path]
    assert form.model_validate(got(path, **asked))


@pytest.mark.parametrize("path", LISTS)
def test_pages_follow_each_other_without_gap_or_repetition(path: str) -> None:
    whole = got(path, limit=500)["rows"]
    rows: list[Any] = []
    after: dict[str, str] = {}
    while True:
        page = got(path, limit=7, **after)
        rows += page["rows"]
        assert len(page["rows"]) == 7 or page["after"] is None
        if page["after"] is None:
            break
        after = {"after": page["after"]}
    assert rows == whole


@pytest.mark.parametrize("asked", CONDITIONS, ids=str)
@pytest.mark.parametrize("what", ["incidents", "reports"])
def test_conditions_mean_what_the_command_line_means(
    what: str, asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    options = [
        f"--{name.replace('_', '-')}={value}"
        for name, given in asked.items()
        for value in ([given] if isinstance(given, str) else given)
    ]
    main([what, "--db", sample_record(), "--format", "jsonl", *options])
    printed = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in got(f"/{what}", limit=500, **asked)["rows"]] == printed
    assert what == "reports" or printed


@pytest.mark.parametrize("path", ["/incidents", "/reports"])
def test_the_newest_come_first_when_asked(path: str) -> None:
    def days(rows: list[Any]) -> list[str]:
        return [row["date"]["start"] for row in rows if row["date"]]

    oldest, rows, after = got(path, limit=500)["rows"], list[Any](), dict[str, str]()
    while not rows or after:
        page = got(path, limit=9, order="-day", **after)
        rows += page["rows"]
        after = {"after": page["after"]} if page["after"] else {}
    assert days(rows) == sorted(days(oldest), reverse=True)
    assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in oldest)
    assert all(row["date"] for row in rows[: len(days(rows))])


@pytest.mark.parametrize("path", ["/incidents", "/reports"])
def test_the_deadliest_come_first_when_asked(path: str) -> None:
    def low(row: Any) -> int:
        told = row["killed"]
        return -1 if told is None else told["low"] if isinstance(told, dict) else told[0]

    rows, after = list[Any](), dict[str, str]()
    while not rows or after:
        page = got(path, limit=40, order="-killed", **after)
        rows += page["rows"]
        after = {"after": page["after"]} if page["after"] else {}
    assert [low(row) for row in rows] == sorted(map(low, rows), reverse=True)
    assert low(rows[0]) > 0 > low(rows[-1])
    assert len({row["id"] for row in rows}) == len(rows) == len(got(path, limit=500)["rows"])


ORDERS: dict[str, Callable[[Any], Any]] = {
    "injured": lambda row: _lowest(row["injured"]),
    "place": lambda row: row["place"] and _place_names()[row["place"]["id"]][0],
    "place_ar": lambda row: row["place"] and _place_names()[row["place"]["id"]][1],
    "voices": lambda row: row["independent_voices"],
}


@cache
def _place_names() -> dict[str, tuple[str, str]]:
    """The English and the Arabic name of each place, or the one that it has."""
    return {
        row["id"]: (name_key(row["name_en"] or row["name_ar"]), name_key(row["name_ar"] or row["name_en"]))
        for row in got("/places", limit=500)["rows"]
    }


def _lowest(told: Any) -> int | None:
    return None if told is None else told["low"] if isinstance(told, dict) else told[0]


@pytest.mark.parametrize("path", ["/incidents", "/reports"])
@pytest.mark.parametrize("name", ORDERS)
def test_every_order_leads_through_all_rows_once_both_ways(path: str, name: str) -> None:
    if path == "/reports" and name == "voices":
        assert "voices" in refused(path, 422, order=name)
        return
    whole = {row["id"] for row in got(path, limit=500)["rows"]}
    for order in (name, f"-{name}"):
        rows, after = list[Any](), dict[str, str]()
        while not rows or after:
            page = got(path, limit=17, order=order, **after)
            rows += page["rows"]
            after = {"after": page["after"]} if page["after"] else {}
        values = [ORDERS[name](row) for row in rows]
        told = [value for value in values if value is not None]
        assert told == sorted(told, reverse=order.startswith("-")) and told
        assert values == told + [None] * (len(values) - len(told))
        assert len(rows) == len(whole) and {row["id"] for row in rows} == whole


def test_what_no_page_of_the_order_gave_is_no_cursor() -> None:
    for held in (
        b'["-killed",9223372036854775808,null,"x"]',
        b'["-day",null,null,"x"]',
        b'{"a":1,"b":2,"c":3,"d":4}',
        b'"ab"',
    ):
        after = base64.urlsafe_b64encode(held).decode().rstrip("=")
        asked = client().get("/api/v1/incidents", params={"order": "-killed", "after": after})
        assert asked.status_code == 422 and "cursor" in asked.text


def test_a_cursor_belongs_to_its_order() -> None:
    after = got("/incidents", limit=5)["after"]
    for other in ("-killed", "-day", "place"):
        asked = client().get("/api/v1/incidents", params={"order": other, "after": after})
        assert asked.status_code == 422 and "cursor" in asked.text


def test_incidents_as_of_a_day_are_those_of_then_page_by_page() -> None:
    whole = got("/incidents", as_of="2015-11-02", limit=500)["rows"]
    first = got("/incidents", as_of="2015-11-02", limit=5)
    second = got("/incidents", as_of="2015-11-02", limit=500, after=first["after"])
    assert first["rows"] + second["rows"] == whole
    assert (first["total"], first["total_more"]) == (second["total"], second["total_more"]) == (len(whole), False)
    assert all(ref["published"] <= "2015-11-02" for row in whole for ref in row["reports"])


def test_an_incident_as_of_a_day_is_the_one_of_the_list_of_that_day() -> None:
    today = {row["id"]: row for row in got("/incidents", limit=500)["rows"]}
    then = {row["id"]: row for row in got("/incidents", as_of="2024-12-01", limit=500)["rows"]}
    grown = [id for id, row in then.items() if len(row["reports"]) < len(today[id]["reports"])]
    assert grown
    for id in grown:
        whole = got(f"/incidents/{id}", as_of="2024-12-01")
        shapes.IncidentPage.model_validate(whole)
        assert whole["independent_voices"] == then[id]["independent_voices"]
        assert [ref["id"] for ref in whole["reports"]] == [ref["id"] for ref in then[id]["reports"]]
        assert all(ref["report"]["id"] == ref["id"] for ref in whole["reports"])
        assert len(got(f"/incidents/{id}")["reports"]) == len(today[id]["reports"])
    late = next(id for id in today if id not in then)
    assert "was known on 2024-12-01" in refused(f"/incidents/{late}", 404, as_of="2024-12-01")
    assert "no day" in refused(f"/incidents/{grown[0]}", 422, as_of="yesterday")
    assert "was known" in refused("/incidents/nowhere", 404, as_of="2024-12-01")


def test_an_incident_as_of_a_day_is_found_by_the_id_it_has_today() -> None:
    """Its id of today is that of a report that was not known then."""
    told = [row for row in got("/incidents", limit=500)["rows"] if len(row["reports"]) > 2]
    for row in told[:10]:
        day, report = min((ref["published"], ref["id"]) for ref in row["reports"] if ref["published"])
        assert report in {ref["id"] for ref in got(f"/incidents/{row['id']}", as_of=day)["reports"]}


@pytest.mark.parametrize(
    "path", ["/incidents", "/reports", "/places", "/articles", "/points", "/facets", "/stats", "/histogram"]
)
def test_a_polygon_holds_what_its_box_holds(path: str) -> None:
    box = got(path, bbox="36.5,34,38,35")
    assert got(path, polygon="36.5,34;38,34;38,35;36.5,35") == box != got(path)
    assert got(path, polygon="0,0;1,0;1,1") != box


def test_control_within_a_polygon_and_page_by_page() -> None:
    whole = got("/control", format="json", limit=500)
    assert whole["total"] == len(whole["rows"]) > 20 and whole["after"] is None
    for asked in ({}, {"at": "2016-01-01"}, {"as_of": "2017-01-01"}, {"polygon": "36.5,34;38,34;38,35;36.5,35"}):
        rows = got("/control", format="json", limit=500, **asked)["rows"]
        found, after = list[Any](), dict[str, str]()
        while not found or after:
            page = got("/control", format="json", limit=7, **asked, **after)
            assert page["total"] == len(rows)
            found += page["rows"]
            after = {"after": page["after"]} if page["after"] else {}
        assert found == rows
        assert [one["properties"]["place"]["id"] for one in got("/control", **asked)["features"]] == [
            row["place"]["id"] for row in rows
        ]
    assert len(got("/control", format="json")["rows"]) == min(50, len(whole["rows"]))
    assert len(rows) < len(whole["rows"])
    assert "cursor" in refused("/control", 422, format="json", after=got("/incidents", limit=5)["after"])
    assert "cursor" in refused("/control", 422, format="json", after="ه")
    assert "limit" in refused("/control", 422, by="governorate", at="2016-01-01", limit=5)


def test_points_of_control_say_that_they_are_geojson() -> None:
    drawn = client().get(f"{API}/control", params={"at": "2016-01-01"})
    file = client().get(f"{API}/control", params={"at": "2016-01-01", "format": "geojson"})
    assert drawn.headers["content-type"] == file.headers["content-type"] == "application/geo+json"
    assert "content-disposition" not in drawn.headers
    assert file.headers["content-disposition"] == 'attachment; filename="waqai-control.geojson"'
    assert drawn.json() == file.json()


def test_facets_and_bars_come_as_files_of_the_same_values() -> None:
    facets = got("/facets", names=["camp", "year"], of="reports")["facets"]
    values = [{"facet": facet["name"], **value} for facet in facets for value in facet["values"]]
    bars = got("/histogram", step="year")["rows"]
    for path, asked, rows in (
        ("/facets", {"names": ["camp", "year"], "of": "reports"}, values),
        ("/histogram", {"step": "year"}, bars),
    ):
        lines = client().get(f"{API}{path}", params={**asked, "format": "jsonl"}).text.splitlines()
        assert [json.loads(line) for line in lines] == rows and rows
        sheet = list(csv.DictReader(io.StringIO(client().get(f"{API}{path}", params={**asked, "format": "csv"}).text)))
        assert sheet == [{name: "" if one is None else str(one) for name, one in row.items()} for row in rows]
        assert "format" in refused(path, 422, format="geojson", **asked)


@pytest.mark.parametrize("path", [*LISTS, "/control", "/search", "/stats"])
def test_every_list_comes_as_csv_and_json_lines_with_all_rows(path: str) -> None:
    asked = {"words": "حلب"} if path == "/search" else {}
    lines = client().get(f"{API}{path}", params={"format": "jsonl", **asked}).text.splitlines()
    response = client().get(f"{API}{path}", params={"format": "csv", **asked})
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert rows and len(rows) == len(lines)
    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert "attachment" in response.headers["content-disposition"]


@pytest.mark.parametrize("path", ["/incidents", "/reports", "/places"])
def test_lists_with_places_come_as_geojson(path: str) -> None:
    found = client().get(f"{API}{path}", params={"format": "geojson"}).json()
    drawn = [feature for feature in found["features"] if feature["geometry"]]
    assert drawn
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in (f["geometry"]["coordinates"] for f in drawn))


@pytest.mark.parametrize("path", ["/actors", "/sources", "/outlets", "/articles"])
def test_lists_without_places_say_that_they_have_no_points(path: str) -> None:
    assert "have no points" in refused(path, 422, format="geojson")


def test_an_incident_is_whole() -> None:
    merged = next(row for row in got("/incidents", limit=500)["rows"] if len(row["reports"]) > 1)
    found = got(f"/incidents/{merged['id']}")
    shapes.IncidentPage.model_validate(found)
    assert [ref["report"]["id"] for ref in found["reports"]] == [ref["id"] for ref in merged["reports"]]
    assert {name: found[name] for name in merged if name != "reports"} == {
        name: merged[name] for name in merged if name != "reports"
    }


def test_the_beginning_of_an_id_leads_to_the_whole_one() -> None:
    id = got("/incidents", limit=1)["rows"][0]["id"]
    response = client().get(f"{API}/incidents/{id[:12]}", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (307, f"{API}/incidents/{id}")


def test_a_report_tells_why() -> None:
    row = got("/reports", limit=1, place="مهين")["rows"][0]
    shapes.Report.model_validate(got(f"/reports/{row['id']}"))
    why = got(f"/reports/{row['id']}/why")
    shapes.Why.model_validate(why)
    assert {"sub_event_type", "place"} <= {field["field"] for field in why["fields"]}
    assert why["note"] is None


def test_places_are_found_by_a_part_of_their_name() -> None:
    assert {row["name_en"] for row in got("/places", name="مهين")["rows"]} == {"Mahin"}
    assert got("/places", name="no such place at all")["rows"] == []


def test_names_of_private_persons_stand_in_a_private_view() -> None:
    """What the public view leaves out is there to be left out."""
    assert NAME in json.dumps(got("/reports", limit=500), ensure_ascii=False)


@pytest.mark.parametrize("path", ["/incidents", "/reports", "/articles"])
@pytest.mark.parametrize("asked", [{}, {"from": "2015-11-01", "to": "2015-11-30"}, {"outlet": "جسر الميدان"}])
def test_a_page_says_how_many_rows_there_are(path: str, asked: dict[str, str]) -> None:
    whole = got(path, limit=500, **asked)
    part = got(path, limit=3, **asked)
    assert whole["total"] == part["total"] == len(whole["rows"]) > 0
    assert part["total_more"] is False
    if part["after"]:
        assert got(path, limit=3, after=part["after"], **asked)["total"] == whole["total"]


def test_what_has_no_point_is_counted_and_listed() -> None:
    found = got("/points")
    nowhere = got("/incidents", placed="no", limit=500)
    assert len(found["unplaced"]) == nowhere["total"] == len(nowhere["rows"]) > 0
    assert all(row["place"] is None or row["place"]["lat"] is None for row in nowhere["rows"])
    assert sorted(map(str, found["unplaced"])) == sorted(
        str([row["date"] and row["date"]["start"], row["date"] and row["date"]["end"]]) for row in nowhere["rows"]
    )
    assert got("/incidents", placed="yes", limit=500)["total"] == len(found["features"])
    assert len(found["features"]) + nowhere["total"] == got("/incidents", limit=1)["total"]


@pytest.mark.parametrize("path", ["/incidents", "/reports"])
def test_what_has_no_day_is_listed(path: str) -> None:
    never = got(path, dated="no", limit=500)
    assert never["total"] == len(never["rows"]) > 0
    assert not any(row["date"] for row in never["rows"])
    dated = got(path, dated="yes", limit=500)
    assert all(row["date"] for row in dated["rows"])
    assert dated["total"] + never["total"] == got(path, limit=1)["total"]
    then = got(path, dated="no", as_of="2020-01-01", limit=500)["rows"]
    assert then and not any(row["date"] for row in then)
    assert (
        len(client().get(f"{API}{path}", params={"dated": "no", "format": "csv"}).text.splitlines())
        == never["total"] + 1
    )
    assert got(path, dated="no", **{"from": "2012-01-01"}, limit=500)["rows"] == []
