"""The lists in a browser: a table for every view, the same rows as the API gives."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import NARROW, keep, violations, visit

LANGUAGES = ["ar", "en"]
LISTS = ["incidents", "reports", "articles", "places", "actors", "sources", "outlets"]


def ask(page: Page, path: str) -> Any:
    return json.loads(page.evaluate("async path => await (await fetch('/api/v1' + path)).text()", path))


def column(page: Page, number: int) -> list[str]:
    return [text.strip() for text in page.locator(f"tbody tr > :nth-child({number})").all_inner_texts()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_a_table_that_can_be_heard(browser: Browser, site: str, language: str, name: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=list&of={name}&lang={language}&rows=100")
        rows = page.locator("tbody tr")
        expect(rows).to_have_count(len(ask(page, f"/{name}?limit=100")["rows"]))
        assert page.locator("caption").inner_text()
        assert page.locator("thead th:not([scope=col])").count() == 0
        expect(page.locator("tbody th[scope=row]")).to_have_count(rows.count())
        expect(page.locator("th[aria-sort]")).to_have_count(1)
        assert violations(page) == []
        keep(page, f"list-{name}-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_control_on_a_day_is_a_table(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=list&of=control&at=2024-12-05&lang={language}")
        expected = ask(page, "/control?at=2024-12-05&format=json&limit=500")["rows"]
        assert 50 < len(expected) < 100
        expect(page.locator("tbody tr")).to_have_count(50)
        expect(page.locator(".between [role=status]")).to_contain_text(str(len(expected)))
        page.locator("a[rel=next]").click()
        expect(page.locator("tbody tr")).to_have_count(len(expected) - 50)
        expect(page.locator("a[rel=next]")).to_have_count(0)
        page.locator("input[type=date]").last.fill("2015-11-10")
        page.wait_for_url("**at=2015-11-10**")
        expect(page.locator("tbody tr")).to_have_count(
            len(ask(page, "/control?at=2015-11-10&format=json&limit=500")["rows"])
        )
        assert violations(page) == []


def test_a_whole_list_is_sorted_both_ways_and_by_numbers(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&of=places&lang=en&rows=500")
        page.get_by_role("button", name="Reports").first.click()
        header = page.locator("thead th", has_text="Reports")
        expect(header).to_have_attribute("aria-sort", "ascending")
        counts = [int(text) for text in column(page, 4)]
        assert counts == sorted(counts)
        assert counts[0] < counts[-1]
        header.get_by_role("button").click()
        expect(header).to_have_attribute("aria-sort", "descending")
        assert [int(text) for text in column(page, 4)] == sorted(counts, reverse=True)
        page.reload()
        expect(header).to_have_attribute("aria-sort", "descending")


def test_a_part_of_a_list_is_not_sorted_as_if_it_were_whole(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&of=reports&lang=en&sort=outlet")
        expect(page.locator("tbody tr")).to_have_count(50)
        assert page.locator("thead button").count() == 7
        expect(page.locator("thead th[aria-sort=ascending]")).to_contain_text("When")


def test_the_server_orders_all_pages_by_day_and_by_toll(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&lang=en")
        expect(page.locator("tbody tr")).to_have_count(50)
        page.get_by_role("button", name="Killed").click()
        page.wait_for_url("**sort=-killed**")
        expect(page.locator("thead th[aria-sort=descending]")).to_contain_text("Killed")
        first = ask(page, "/incidents?order=-killed&limit=50")["rows"][0]["id"]
        expect(page.locator("tbody th a").first).to_have_attribute("href", re.compile(first))
        page.get_by_role("button", name="When").click()
        page.wait_for_url("**sort=date**")
        page.get_by_role("button", name="When").click()
        page.wait_for_url("**sort=-date**")
        newest = ask(page, "/incidents?order=-day&limit=50")["rows"][0]["id"]
        expect(page.locator("tbody th a").first).to_have_attribute("href", re.compile(newest))


@pytest.mark.parametrize(("language", "heading", "order"), [("en", "Where", "place"), ("ar", "المكان", "place_ar")])
def test_the_server_orders_all_pages_by_the_names_that_are_shown(
    browser: Browser, site: str, language: str, heading: str, order: str
) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=list&lang={language}")
        expect(page.locator("tbody tr")).to_have_count(50)
        page.locator("thead").get_by_role("button", name=heading).click()
        page.wait_for_url(re.compile(r"sort=place(&|$)"))
        expect(page.locator("thead th[aria-sort=ascending]")).to_contain_text(heading)
        ids = [row["id"] for row in ask(page, f"/incidents?order={order}&limit=100")["rows"]]
        expect(page.locator("tbody th a").first).to_have_attribute("href", re.compile(ids[0]))
        page.locator("a[rel=next]").click()
        expect(page.locator("tbody th a").first).to_have_attribute("href", re.compile(ids[50]))
        page.get_by_role("button", name="العربية" if language == "en" else "English").click()
        expect(page.locator("thead th[aria-sort=ascending]")).to_contain_text("المكان" if language == "en" else "Where")
        expect(page.locator("tbody tr")).to_have_count(50)
        expect(page.locator("a[rel=prev]")).to_have_count(0)


@pytest.mark.parametrize(
    ("of", "heading", "order"),
    [
        ("places", "المحافظة", "governorate_ar"),
        ("actors", "الاسم", "name_ar"),
        ("articles", "العنوان", "title"),
        ("control", "الاسم", "name_ar"),
    ],
)
def test_every_list_comes_from_the_server_in_the_order_of_a_column(
    browser: Browser, site: str, of: str, heading: str, order: str
) -> None:
    key = {"articles": "key", "control": "place"}.get(of, "id")
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=list&of={of}&lang=ar&rows=6&at=2015-11-03")
        expect(page.locator("tbody tr")).to_have_count(6)
        page.locator("thead").get_by_role("button", name=heading).click()
        expect(page.locator("thead th[aria-sort=ascending]")).to_contain_text(heading)
        more = "&format=json&at=2015-11-03" if of == "control" else ""
        rows = ask(page, f"/{of}?order={order}&limit=12{more}")["rows"]
        names = [
            row["title"] if of == "articles" else (row["place"] if of == "control" else row)["name_ar"] for row in rows
        ]
        assert key in rows[0]
        expect(page.locator("tbody th").first).to_have_text(names[0])
        page.locator("a[rel=next]").click()
        expect(page.locator("tbody th").first).to_have_text(names[6])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_an_address_asks_for_in_vain_is_said(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=list&of=ships&rows=many&colour=red&from=2015-01-01&lang={language}")
        note = page.get_by_role("note")
        expect(note.locator("code")).to_have_text(["of=ships", "rows=many", "colour=red"])
        assert violations(page) == []
        note.get_by_role("button").click()
        expect(note).to_have_count(0)
        page.wait_for_url("**/?view=list&from=2015-01-01&lang=*")
        page = reader.open(f"/?view=ships&map=abc&lang={language}")
        expect(page.locator("canvas").first).to_be_visible()
        page.wait_for_url("**map=*/*/*")
        expect(page.get_by_role("note").locator("code")).to_have_text(["view=ships", "map=abc"])
        for address in ("/?lang=en", "/?view=control&layers=incidents,control&map=7/35/37&clock=growing&to=2015-01-01"):
            page = reader.open(address)
            expect(page.locator("canvas").first).to_be_visible()
            expect(page.get_by_role("note")).to_have_count(0)


def test_other_conditions_begin_at_the_first_page(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&lang=en")
        page.locator("a[rel=next]").click()
        page.wait_for_url("**after=**")
        page.get_by_role("checkbox", name=re.compile("^Protests")).click()
        page.wait_for_url(lambda url: "after=" not in url and "before=" not in url)
        found = ask(page, "/incidents?type=Protests&limit=500")["rows"]
        expect(page.locator("tbody tr")).to_have_count(len(found))
        expect(page.get_by_role("status")).to_contain_text(str(len(found)))


def test_control_says_what_it_is_not_limited_by(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&of=control&lang=en&type=Battles&from=2015-01-01")
        expect(page.get_by_role("note")).to_contain_text("Type")
        expect(page.locator("tbody tr").first).to_be_visible()
        expect(page.locator(".conditions .two")).to_have_count(0)
        expect(page.get_by_role("heading", name="Grade")).to_have_count(0)
        expect(page.locator(".conditions li label").first).to_be_visible()
        expect(page.locator(".conditions li label .num")).to_have_count(0)  # they would be numbers of incidents
        page = reader.open("/?view=control&lang=en&type=Battles")
        expect(page.get_by_role("status")).to_contain_text("not limited by: Type")


def test_the_clock_takes_months_and_years_as_the_server_does(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?lang=en&from=2015-10&to=2015")
        total = ask(page, "/incidents?from=2015-10&to=2015&limit=500")["rows"]
        expect(page.get_by_role("status")).to_contain_text(f"{sum(bool(row['place']) for row in total)} incidents")


def test_pages_lead_through_all_rows_once(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&of=reports&lang=en&rows=100")
        expect(page.locator("tbody tr")).to_have_count(100)
        seen = page.locator("tbody th a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        first = list(seen)
        every = len(ask(page, "/reports?limit=500")["rows"])
        while len(seen) < every:
            before = (page.locator("tbody th a").first.get_attribute("href") or "").split("#")[1]
            page.locator("a[rel=next]").click()
            page.wait_for_function(
                "id => document.querySelector('tbody th a').getAttribute('href').split('#')[1] !== id", arg=before
            )
            seen += page.locator("tbody th a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        reports = {href.split("#")[1] for href in seen}
        assert len(reports) == len(seen) == every
        expect(page.locator("a[rel=next]")).to_have_count(0)
        page.get_by_role("link", name="First page").click()
        expect(page.locator("tbody th a").first).to_have_attribute("href", first[0])


def test_a_file_holds_every_row_that_fits(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&lang=en&camp=isis&rows=50")
        expect(page.locator("tbody tr").first).to_be_visible()
        fitting = ask(page, "/incidents?camp=isis&limit=500")["rows"]
        assert 0 < len(fitting) < len(ask(page, "/incidents?limit=500")["rows"])
        with page.expect_download() as awaited:
            page.get_by_role("link", name="JSON Lines").click()
        lines = awaited.value.path().read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["id"] for line in lines] == [row["id"] for row in fitting]
        for name in ("CSV", "GeoJSON"):
            there = f"/api/v1/incidents?camp=isis&format={name.lower()}"
            expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute("href", there)


def test_a_party_leads_to_its_incidents(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&of=actors&lang=en")
        expect(page.locator("tbody th a").first).to_be_visible()
        actor = ask(page, "/actors?limit=1")["rows"][0]
        page.locator("tbody th a").first.click()
        page.wait_for_url(f"**actor={actor['id']}**")
        expect(page.get_by_role("heading", level=1)).to_have_text("Incidents")
        expect(page.locator("tbody tr").first).to_be_visible()


def test_what_fits_nothing_says_so(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&lang=ar&from=1990-01-01&to=1990-02-01")
        expect(page.get_by_text("لا شيء يطابق هذه الشروط.")).to_be_visible()


def test_a_wrong_condition_is_told_in_a_sentence(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&lang=en&type=nonsense")
        expect(page.get_by_role("alert").first).to_contain_text("there is no event type 'nonsense'")
        page = reader.open("/?view=list&lang=ar&type=nonsense")
        expect(page.get_by_role("alert").first).to_contain_text("لا يوجد نوع حدث باسم")
        expect(page.get_by_role("alert").first).to_contain_text("nonsense")
        reader.wrong = [wrong for wrong in reader.wrong if "4" not in wrong]


@pytest.mark.parametrize(("language", "corners"), [("en", "3 corners"), ("ar", "رؤوس")])
def test_a_polygon_in_the_address_is_a_condition_that_can_be_dropped(
    browser: Browser, site: str, language: str, corners: str
) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=list&polygon=36.5,34;38,34;38,35&rows=500&lang={language}")
        fitting = ask(page, "/incidents?polygon=36.5,34;38,34;38,35&limit=500")["rows"]
        expect(page.locator("tbody tr")).to_have_count(len(fitting))
        chip = page.locator(".chosen .chip")
        expect(chip).to_contain_text(corners)
        chip.click()
        page.wait_for_function("!location.search.includes('polygon')")
        expect(page.locator("tbody tr")).to_have_count(len(ask(page, "/incidents?limit=500")["rows"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_screen_holds_a_list(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site, viewport=NARROW, scheme="dark") as reader:
        page = reader.open(f"/?view=list&lang={language}")
        expect(page.locator("tbody tr").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert violations(page) == []
        keep(page, f"list-{language}-narrow")


@pytest.mark.parametrize(("language", "words"), [("ar", "من"), ("en", "of")])
def test_pages_say_which_rows_of_how_many_they_hold(browser: Browser, site: str, language: str, words: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=list&rows=50&lang={language}")
        status = page.locator(".between [role=status]")
        total = int(page.evaluate("async () => (await (await fetch('/api/v1/incidents?limit=1')).json()).total"))
        assert total > 100
        expect(status).to_contain_text(f"1–50 {words} {total}")
        page.locator("a[rel=next]").click()
        expect(status).to_contain_text(f"51–100 {words} {total}")
        page.reload()
        expect(status).to_contain_text(f"51–100 {words} {total}")
        page.go_back()
        expect(status).to_contain_text(f"1–50 {words} {total}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_known_on_a_day_shows_no_order_that_it_has_not(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=list&as_of=2024-12-05&sort=-killed&lang={language}")
        expect(page.locator("tbody tr").first).to_be_visible()
        assert page.locator("th[aria-sort=descending]").count() == 0


def test_the_next_page_begins_at_its_top_and_back_leads_to_the_place(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&of=reports&lang=en")
        expect(page.locator("tbody tr")).to_have_count(50)
        page.get_by_role("link", name="Next page").click()
        page.wait_for_function("() => location.search.includes('after=') && scrollY === 0")
        assert page.evaluate("document.activeElement.tagName") == "H1"
        page.locator("tbody tr").nth(40).scroll_into_view_if_needed()
        place = page.evaluate("scrollY")
        assert place > 300
        address = page.url
        page.locator("tbody tr").nth(40).get_by_role("link").first.evaluate("one => one.click()")
        page.wait_for_function("address => location.href !== address && scrollY === 0", arg=address)
        page.go_back()
        expect(page.locator("tbody tr")).to_have_count(50)
        page.wait_for_function("y => Math.abs(scrollY - y) < 3", arg=place)
        page.reload()
        expect(page.locator("tbody tr")).to_have_count(50)
        page.wait_for_function("y => Math.abs(scrollY - y) < 3", arg=place)
