"""The map and its clock, in a browser."""

import json
import math
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browsing import NARROW, WIDE, drawn, keep, violations, visit

LANGUAGES = ["ar", "en"]
COUNT = re.compile(r"\d+")
SPELLED = {"ar": {1: "واحدة", 2: "حادثتان"}, "en": {1: "one"}}  # numbers of incidents that stand as words


def shown(page: Page) -> int:
    """How many incidents the map says it shows."""
    found = COUNT.search(page.locator(".over .status").inner_text())
    assert found
    return int(found[0])


def marked(page: Page) -> int:
    """The same where it may be one, which stands as a word."""
    return shown(page) if COUNT.search(page.locator(".over .status").inner_text()) else 1


def marks(page: Page) -> int:
    """How many places have a mark."""
    return int(page.evaluate("Number(document.querySelector('.scene').dataset.marks)"))


def ask(page: Page, path: str) -> Any:
    return json.loads(page.evaluate("async path => await (await fetch('/api/v1' + path)).text()", path))


def lies(page: Page, lat: float, lon: float) -> tuple[float, float]:
    """Where a place lies on the screen, by the view that the address tells."""
    zoom, *middle = map(float, re.search(r"map=([^&]+)", page.url)[1].split("/"))  # type: ignore[index]
    scale = 512 * 2**zoom
    up = [math.log(math.tan(math.pi / 4 + math.radians(one) / 2)) / (2 * math.pi) for one in (lat, middle[0])]
    box = page.locator(".scene").bounding_box()
    assert box
    x = box["x"] + box["width"] / 2 + (lon - middle[1]) / 360 * scale
    return x, box["y"] + box["height"] / 2 - (up[0] - up[1]) * scale


def bare(page: Page, at: tuple[float, float]) -> bool:
    """Whether nothing lies there on the map, a mark's width around."""
    x, y = at
    look = "([x, y]) => !!document.elementFromPoint(x, y)?.closest('.maplibregl-canvas-container')"
    return all(page.evaluate(look, [x + dx, y + dy]) for dx, dy in [(0, 0), (-15, 0), (15, 0), (0, -15), (0, 15)])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", ["map", "control", "place"])
def test_what_is_selected_stands_above_the_panel(browser: Browser, site: str, language: str, view: str) -> None:
    with visit(browser, site, viewport=NARROW) as reader:
        page = reader.open(f"/?view=signin&lang={language}")
        if view == "map":
            found = [row for row in ask(page, "/incidents?limit=100")["rows"] if row["place"] and row["place"]["lat"]]
            chosen, place = found[-1]["id"], found[-1]["place"]
        else:
            place = ask(page, "/control?at=2024-12-05")["features"][-1]["properties"]["place"]
            chosen = place["id"]
        on = "&view=control&clock=moment&at=2024-12-05" if view == "control" else ""
        page.goto(f"{site}/?lang={language}{on}&map=8/30/45&selected={chosen}")
        drawn(page)
        panel = page.get_by_role("complementary", name=re.compile("What is selected|المختار"))
        expect(panel.get_by_role("heading", level=2).first).to_be_visible()
        page.wait_for_function("!location.search.includes('map=8/30/45')")
        page.wait_for_timeout(600)  # it moves there
        at = lies(page, place["lat"], place["lon"])
        assert bare(page, at)
        assert violations(page) == []
        keep(page, f"map-selected-{view}-{language}")
        before = panel.bounding_box()
        panel.get_by_role("button", name=re.compile("Lower|إنزال")).click()
        page.wait_for_function(
            "high => document.querySelector('aside.low').offsetHeight < high / 3", arg=before["height"]
        )  # type: ignore[index]
        expect(panel.get_by_role("heading", level=2).first).to_be_in_viewport()
        assert violations(page) == []
        keep(page, f"map-lowered-{view}-{language}")
        panel.get_by_role("button", name=re.compile("Raise|رفع")).click()
        page.wait_for_timeout(600)
        assert bare(page, lies(page, place["lat"], place["lon"]))
        panel.get_by_role("button", name=re.compile("Close|إغلاق")).click()
        expect(panel).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_stands_and_is_open_to_all(browser: Browser, site: str, language: str, scheme: str) -> None:
    with visit(browser, site, scheme=scheme) as reader:  # type: ignore[arg-type]
        page = reader.open(f"/?lang={language}")
        drawn(page)
        assert marks(page) > 50
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("html").get_attribute("dir") == "ltr"
        assert page.locator("#app").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert page.locator("html").get_attribute("data-theme") == scheme
        assert violations(page) == []
        keep(page, f"map-{language}-{scheme}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_window_of_the_clock_shows_fewer(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?lang={language}")
        drawn(page)
        everything = shown(page)
        page.goto(f"{site}/?lang={language}&from=2015-01-01&to=2015-12-31")
        drawn(page)
        assert 0 < shown(page) < everything


def test_the_clock_moves_by_keys_and_is_in_the_address(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?lang=en&clock=moment&at=2015-11-01")
        drawn(page)
        handle = page.get_by_role("slider")
        expect(handle).to_have_attribute("aria-valuetext", "1 November 2015")
        handle.press("ArrowRight")
        expect(handle).to_have_attribute("aria-valuetext", "2 November 2015")
        assert "at=2015-11-02" in page.url
        page.reload()
        expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "2 November 2015")


def test_forward_is_to_the_left_in_arabic(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?lang=ar&clock=moment&at=2015-11-01")
        drawn(page)
        page.get_by_role("slider").press("ArrowLeft")
        page.wait_for_url("**at=2015-11-02**")
        expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "2 تشرين الثاني 2015")


def test_a_window_is_dragged_and_typed(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?lang=en")
        drawn(page)
        track = page.locator(".track").bounding_box()
        assert track
        middle = track["y"] + track["height"] / 2
        page.mouse.move(track["x"] + 1, middle)
        page.mouse.down()
        page.mouse.move(track["x"] + track["width"] / 2, middle, steps=4)
        page.mouse.up()
        page.wait_for_url("**from=20**")
        page.locator(".days input").first.fill("2016-03-01")
        page.wait_for_url("**from=2016-03-01**")


def test_playing_grows_and_stops(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?lang=en&clock=growing&to=2012-06-01")
        drawn(page)
        before = shown(page)
        page.get_by_role("button", name="Play").click()
        page.wait_for_function(
            "n => Number(document.querySelector('.over .status').textContent.match(/[0-9]+/)[0]) > n", arg=before
        )
        page.get_by_role("button", name="Stop").click()
        page.wait_for_url(lambda url: "to=2012-06-01" not in url)
        assert shown(page) > before


def test_an_incident_is_shown_on_every_day_of_its_span(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?lang=en")
        spans = page.evaluate(
            """async () => (await (await fetch('/api/v1/points')).json()).features.map(f => f.properties)
               .filter(p => p.start && p.end && p.start < p.end).map(p => [p.id, p.start, p.end])"""
        )
        identifier, start, end = spans[0]
        for day in (start, end):
            path = f"/api/v1/incidents?from={day}&to={day}&limit=500"
            rows = page.evaluate("async path => (await (await fetch(path)).json()).rows.map(row => row.id)", path)
            assert identifier in rows
            page.goto(f"{site}/?lang=en&clock=moment&at={day}")
            drawn(page)
            assert shown(page) > 0


def test_a_click_on_a_mark_tells_what_lies_there(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?lang=en&map=9/34.25/37.06&place=wof:1343250055")
        drawn(page)
        scene = page.locator(".scene").bounding_box()
        assert scene
        page.mouse.click(scene["x"] + scene["width"] / 2, scene["y"] + scene["height"] / 2)
        panel = page.get_by_label("What is selected")
        expect(panel.get_by_role("heading", name="Incidents here")).to_be_visible()
        panel.get_by_role("link").first.click()
        expect(panel.get_by_role("heading", level=2)).not_to_have_text("Incidents here")
        page.go_back()
        expect(panel.get_by_role("heading", name="Incidents here")).to_be_visible()
        page.keyboard.press("Escape")
        expect(panel).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_conditions_narrow_and_are_taken_away(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?lang={language}")
        drawn(page)
        everything = shown(page)
        page.locator("aside details").first.get_by_role("checkbox").nth(1).check()
        page.wait_for_url("**type=**")
        page.wait_for_function(
            "n => Number(document.querySelector('.over .status').textContent.match(/[0-9]+/)[0]) < n", arg=everything
        )
        page.locator(".chosen button").first.click()
        page.wait_for_function(
            "n => Number(document.querySelector('.over .status').textContent.match(/[0-9]+/)[0]) === n", arg=everything
        )
        assert "type=" not in page.url


def test_the_language_is_switched_and_back_goes_back(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?lang=ar&view=control&clock=moment&at=2024-12-05")
        drawn(page)
        page.get_by_role("button", name="English").click()
        expect(page.locator("#app")).to_have_attribute("dir", "ltr")
        assert "view=control" in page.url and "at=2024-12-05" in page.url
        page.go_back()
        expect(page.locator("#app")).to_have_attribute("dir", "rtl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_screen_holds_it(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site, viewport=NARROW) as reader:
        page = reader.open(f"/?lang={language}")
        drawn(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert violations(page) == []
        keep(page, f"map-{language}-narrow")
        page.locator(".filter").click()
        expect(page.locator("aside.asking")).to_be_visible()
        assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_control_on_a_day(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site, viewport=WIDE) as reader:
        page = reader.open(f"/?lang={language}&view=control&clock=moment&at=2024-12-05")
        drawn(page)
        assert shown(page) > 20
        assert violations(page) == []
        keep(page, f"control-{language}")


def test_control_says_which_conditions_it_does_not_take_and_has_a_list(browser: Browser, site: str) -> None:
    with visit(browser, site, viewport=WIDE) as reader:
        page = reader.open("/?lang=en&view=control&clock=moment&at=2024-12-05&type=Armed%20clash")
        drawn(page)
        expect(page.locator(".over .status")).to_contain_text("not limited by: Type")
        page.get_by_role("link", name="As a list").click()
        expect(page.get_by_role("note")).to_contain_text("not limited by: Type")
        assert "of=control" in page.url and "at=2024-12-05" in page.url
        expect(page.locator("tbody tr").first).to_be_visible()


def test_digits_are_those_chosen(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?lang=ar&clock=moment&at=2015-11-01")
        drawn(page)
        page.get_by_role("button", name="أرقام عربية أو لاتينية").click()
        expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "١ تشرين الثاني ٢٠١٥")


CLOCKS = {
    "moment": "clock=moment&at=2015-11-01",
    "a day alone": "at=2015-11-01",
    "window": "from=2015-01-01&to=2015-12-31",
    "growing": "clock=growing&to=2014-06-01",
    "a part looked at": "span=2015-06-01,2016-01-01",
    "a part, growing": "span=2015-06-01,2016-01-01&clock=growing&to=2015-11-01",
    "everything": "",
}


def rows_of(page: Page) -> int:
    """How many rows the list says there are."""
    page.wait_for_load_state("networkidle")
    return page.locator("tbody tr").count()


@pytest.mark.parametrize("clock", CLOCKS)
def test_the_list_shows_what_the_map_shows(browser: Browser, site: str, clock: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?lang=en&rows=500&{CLOCKS[clock]}")
        drawn(page)
        number = marked(page)
        days = page.locator(".clock .when").inner_text()
        page.get_by_role("link", name="As a list").click()
        page.get_by_role("link", name="All of them as a table").click()
        expect(page.locator("tbody tr").first).to_be_visible()
        assert rows_of(page) == number
        page.get_by_role("link", name="Map", exact=True).click()
        drawn(page)
        expect(page.locator(".clock .when")).to_have_text(days)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("clock", ["moment", "growing"])
def test_the_days_of_the_clock_go_along_to_the_lists(browser: Browser, site: str, language: str, clock: str) -> None:
    lists, back = {"ar": ("القوائم", "الخريطة"), "en": ("Lists", "Map")}[language]
    with visit(browser, site) as reader:
        page = reader.open(f"/?lang={language}&rows=500&{CLOCKS[clock]}")
        drawn(page)
        days = page.locator(".clock .when").inner_text()
        page.get_by_role("navigation").get_by_role("link", name=lists, exact=True).click()
        asking = "from=2015-11-01&to=2015-11-01" if clock == "moment" else "to=2014-06-01"
        total = ask(page, f"/incidents?limit=1&{asking}")["total"]
        expect(page.locator("tbody tr")).to_have_count(total)
        page.reload()
        expect(page.locator("tbody tr")).to_have_count(total)
        page.get_by_role("navigation").get_by_role("link", name=back, exact=True).click()
        drawn(page)
        expect(page.locator(".clock .when")).to_have_text(days)
        expect(page.locator(".clock [aria-pressed=true]")).to_have_text(
            {"ar": {"moment": "يوم", "growing": "حتى يوم"}, "en": {"moment": "Day", "growing": "Until"}}[language][
                clock
            ]
        )


def listed(page: Page, link: str) -> tuple[str, Locator]:
    """What a link of the map says, and the rows of the list to which it leads."""
    expect(page.locator(link)).to_be_visible()
    said = page.locator(link).inner_text()
    page.locator(link).click()
    rows = page.locator("tbody tr")
    expect(rows.first).to_be_visible()
    return said, rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_no_date_is_counted_and_listed(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?lang={language}&rows=500&from=2015-01-01&to=2015-12-31")
        said, rows = listed(page, ".never a")
        assert str(rows.count()) in said
        assert rows.count() == ask(page, "/incidents?dated=no&limit=1")["total"]
        assert rows.locator("time").count() == 0
        assert violations(page) == []
        keep(page, f"list-undated-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_no_place_on_the_map_is_counted_and_listed(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?lang={language}")
        said, rows = listed(page, ".nowhere a")
        number = rows.count()
        assert SPELLED[language].get(number, str(number)) in said
        assert "placed=no" in page.url
        assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_tells_how_exactly_places_are_known(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?lang={language}")
        drawn(page)
        signs = page.locator("svg.exact")
        expect(signs).to_have_count(4)
        arcs = [sign.locator("path").count() for sign in signs.all()]
        assert arcs == [0, 2, 4, 1]
        keep(page, f"map-exactness-{language}")
