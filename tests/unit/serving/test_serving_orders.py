"""Lists of what the record names, of articles and of control, in every order that they have: each row once, both ways."""

import base64
from collections.abc import Callable
from typing import Any, get_args

import orjson
import pytest

from unit.serving.asking import API, client, got, public_client, refused
from waqai.queries.naming import name_key
from waqai.queries.papers_ordering import OrderOfPapers
from waqai.serving.labels import Labels, load_labels
from waqai.serving.ordered import ordered
from waqai.serving.params import OrderOfActors, OrderOfControl, OrderOfOutlets, OrderOfPlaces, OrderOfSources
from waqai.serving.settings import STATIC

ORDERS: dict[str, tuple[str, ...]] = {
    "/places": get_args(OrderOfPlaces),
    "/actors": get_args(OrderOfActors),
    "/sources": get_args(OrderOfSources),
    "/outlets": get_args(OrderOfOutlets),
    "/articles": get_args(OrderOfPapers),
    "/control": get_args(OrderOfControl),
}
ASKED = [(path, order) for path, orders in ORDERS.items() for order in orders if not order.startswith("-")]
LISTS = {"kind": {"/actors": "actorkind", "/sources": "kind"}}


def _all(path: str, order: str) -> list[Any]:
    """All rows, in pages that are small enough to be several."""
    more = {"format": "json"} if path == "/control" else {}
    whole = len(got(path, limit=500, **more)["rows"])
    rows, after = list[Any](), dict[str, str]()
    while not rows or after:
        page = got(path, limit=max(2, whole // 3), order=order, **more, **after)
        rows += page["rows"]
        after = {"after": page["after"]} if page["after"] else {}
    assert len(rows) == whole
    return rows


def _worth(path: str, order: str) -> Callable[[Any], Any]:
    """What a row is expected to be compared by, as a reader of the page sees it."""
    column, arabic = order.removesuffix("_ar"), order.endswith("_ar")
    names = orjson.loads((STATIC / "names" / ("ar.json" if arabic else "en.json")).read_bytes())
    first, second = ("name_ar", "name_en") if arabic else ("name_en", "name_ar")

    def named(thing: Any) -> str:
        return name_key(thing.get(first) or thing.get(second) or thing.get("name"))

    def value(row: Any) -> Any:
        thing = row["place"] if path == "/control" and column in ("name", "governorate") else row
        if column == "name":
            return named(thing)
        if column == "holders":
            return named(row["holders"][0]["actor"]) if row["holders"] else None
        if column == "rests":
            return len(row["reports"]) + len(row["against"])
        if column in ("title", "outlet"):
            return name_key(row[column]) if row[column] else None
        if column in ("level", "camp", "kind", "governorate", "status"):
            of = LISTS.get(column, {}).get(path, column)
            return name_key(names.get(f"{of}.{thing[column]}", thing[column])) if thing[column] else None
        return row[column]

    return value


@pytest.mark.parametrize(("path", "order"), ASKED)
def test_every_order_leads_through_all_rows_once_both_ways(path: str, order: str) -> None:
    worth = _worth(path, order)
    key = {"/articles": lambda row: row["key"], "/control": lambda row: (row["place"]["id"], row["from"])}
    for asked in (order, f"-{order}"):
        rows = _all(path, asked)
        assert len(set(map(key.get(path, lambda row: row["id"]), rows))) == len(rows)
        values = [worth(row) for row in rows]
        told = [value for value in values if value is not None]
        assert told == sorted(told, reverse=asked.startswith("-")) and told
        assert values == told + [None] * (len(values) - len(told))


@pytest.mark.parametrize("path", ["/incidents", "/reports"])
def test_types_come_by_the_names_that_a_reader_sees(path: str) -> None:
    for order, language in (("type", "en"), ("type_ar", "ar")):
        names = orjson.loads((STATIC / "names" / f"{language}.json").read_bytes())
        rows = got(path, limit=200, order=order)["rows"]
        seen = [name_key(names[f"sub.{row['sub_event_type']}"]) for row in rows]
        assert seen == sorted(seen) and seen[0] != seen[-1]


def _named_in(path: str, row: Any, column: str, name: str) -> list[str]:
    """Whom a report, or any account of an incident, names in a part."""
    versions = [] if path == "/reports" else row[f"{column[:5]}s{column[5:]}"]
    told = row[column] if path == "/reports" else [one for version in versions for one in version["value"]]
    names = {row["id"]: row[name] or row["name_en"] or row["name_ar"] for row in got("/actors", limit=500)["rows"]}
    return [name_key(names[one["id"]]) for one in told]


@pytest.mark.parametrize("path", ["/incidents", "/reports"])
@pytest.mark.parametrize(
    ("order", "column", "name"), [("actor1", "actor1", "name_en"), ("actor2_ar", "actor2", "name_ar")]
)
def test_rows_come_by_the_first_of_those_whom_they_name(path: str, order: str, column: str, name: str) -> None:
    whole = {row["id"] for row in got(path, limit=500)["rows"]}
    for asked, pick in ((order, min), (f"-{order}", max)):
        rows = _all(path, asked)
        values = [pick(_named_in(path, row, column, name), default=None) for row in rows]
        told = [value for value in values if value is not None]
        assert told == sorted(told, reverse=asked.startswith("-")) and told[0] != told[-1]
        assert values == told + [None] * (len(values) - len(told))
        assert {row["id"] for row in rows} == whole


def test_incidents_come_by_grade_and_reports_by_modality() -> None:
    grades = ["confirmed", "fair", "weak", "contested", "discounted", None]
    found = [row["grade"] and row["grade"]["grade"] for row in got("/incidents", limit=500, order="grade")["rows"]]
    assert found == sorted(found, key=grades.index) and found[0] and found[-1] is None
    modalities = ["happened", "attempted", "planned", "denied"]
    found = [row["modality"] for row in got("/reports", limit=500, order="-modality")["rows"]]
    assert found == sorted(found, key=modalities.index, reverse=True) and found[0] != found[-1]
    assert "grade" in refused("/reports", 422, order="grade")


def test_files_of_what_is_named_come_in_the_order_asked_for() -> None:
    lines = client().get(f"{API}/places", params={"order": "-name", "format": "jsonl"}).text.splitlines()
    names = [name_key(row["name_en"] or row["name_ar"]) for row in map(orjson.loads, lines)]
    assert names == sorted(names, reverse=True)


def test_an_order_is_of_pages_of_control() -> None:
    assert "format=json" in refused("/control", 422, order="name", format="csv")
    assert "format=json" in refused("/control", 422, order="name", at="2015-11-01", by="governorate", format="json")


def test_control_as_of_a_day_comes_in_order_too() -> None:
    asked = {"format": "json", "as_of": "2015-11-05", "limit": 200}
    plain, by_name = got("/control", **asked)["rows"], got("/control", order="-name", **asked)["rows"]
    assert [row["place"]["id"] for row in plain] != [row["place"]["id"] for row in by_name]
    names = [name_key(row["place"]["name_en"] or row["place"]["name_ar"]) for row in by_name]
    assert names == sorted(names, reverse=True) and len(names) == len(plain)


@pytest.mark.parametrize("path", ["/articles", "/control"])
def test_a_cursor_belongs_to_its_order(path: str) -> None:
    order = {"/articles": "outlet", "/control": "name"}[path]
    more = {"format": "json"} if path == "/control" else {}
    after = got(path, limit=3, order=order, **more)["after"]
    for other in ("-" + order, "reports" if path == "/articles" else "status"):
        assert "cursor" in refused(path, 422, order=other, after=after, **more)
    for held in (b'["outlet",-1,1]', b'["outlet",1,1e400]', b'["name",1,2,3]', b"[[[", b'{"a":1}', b'["outlet",true]'):
        wrong = base64.urlsafe_b64encode(held).decode().rstrip("=")
        assert "cursor" in refused(path, 422, order=order, after=wrong, **more)


def test_a_public_view_does_not_order_articles_by_titles() -> None:
    asked = public_client().get(f"{API}/articles", params={"order": "-title"})
    assert asked.status_code == 422 and "title" in asked.json()["error"]
    assert public_client().get(f"{API}/articles", params={"order": "-reports"}).json()["rows"]


def test_what_has_no_value_comes_last_and_equals_stay_as_they_came() -> None:
    rows = [("a", 1), ("b", None), ("c", 2), ("d", 1)]
    assert [row[0] for row in ordered(rows, "number", lambda row: row[1])] == ["a", "d", "c", "b"]
    assert [row[0] for row in ordered(rows, "-number", lambda row: row[1])] == ["c", "a", "d", "b"]


def test_codes_without_a_name_are_compared_by_themselves() -> None:
    labels = Labels({"en": {"camp.sdf": "Democratic Forces"}})
    assert labels.key("camp", "sdf", arabic=False) == "democratic forces"
    assert labels.key("camp", "sdf", arabic=True) == "sdf"
    assert labels.keys("camp", arabic=False) == {"sdf": "democratic forces"}


def test_pages_that_are_not_built_bring_no_names(tmp_path: Any) -> None:
    assert load_labels(tmp_path).keys("camp", arabic=True) == {}
