"""Figures in a browser: the chart and the table say what the API says, with coverage beside them."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import NARROW, keep, violations, visit

LANGUAGES = ["ar", "en"]
AXIS = "[...document.querySelectorAll('figure svg text.tick')].map(text => text.textContent)"


def ask(page: Page, path: str) -> Any:
    return json.loads(page.evaluate("async path => await (await fetch('/api/v1' + path)).text()", path))


def numbers(page: Page, place: int) -> list[int]:
    return [
        int(re.sub(r"\D", "", text) or 0) for text in page.locator(f"tbody tr > :nth-child({place})").all_inner_texts()
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_counts_over_time_stand_above_what_was_published(
    browser: Browser, site: str, language: str, scheme: str
) -> None:
    with visit(browser, site, scheme=scheme) as reader:  # type: ignore[arg-type]
        page = reader.open(f"/?view=stats&by=year&lang={language}")
        rows = ask(page, "/stats?by=year&of=incidents")["rows"]
        expect(page.locator("tbody tr")).to_have_count(len(rows))
        assert numbers(page, 2) == [row["events"] for row in rows]
        assert numbers(page, 6) == [row["articles"] for row in rows]
        assert numbers(page, 7) == [row["outlets"] for row in rows]
        chart = page.get_by_role("img").filter(has=page.locator("path.articles"))
        assert chart.get_attribute("aria-label")
        assert "0" in page.evaluate(AXIS), "an axis that does not begin at nought"
        assert violations(page) == []
        keep(page, f"stats-{language}-{scheme}")


def test_bars_are_as_long_as_their_counts(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=stats&by=event-type&lang=en")
        rows = sorted((row["events"] for row in ask(page, "/stats?by=event-type")["rows"]), reverse=True)
        bars = page.locator("figure svg rect.sure")
        expect(bars).to_have_count(len(rows))
        widths = [float(bar.get_attribute("width") or 0) for bar in bars.all()]
        assert len(rows) > 2
        assert all(abs(width / widths[0] - count / rows[0]) < 0.01 for width, count in zip(widths, rows, strict=True))


def test_time_without_news_is_not_left_out(browser: Browser, site: str) -> None:
    """A bar of 2024 stands as far from one of 2012 as twelve years are."""
    with visit(browser, site) as reader:
        page = reader.open("/?view=stats&by=year&lang=en")
        expect(page.locator("figure path.sure")).to_be_attached()
        starts = [
            float(found)
            for found in re.findall(r"M([\d.]+) ", page.locator("figure path.sure").get_attribute("d") or "")
        ]
        years = [int(row["keys"][0]) for row in ask(page, "/stats?by=year")["rows"] if row["events"] > row["across"]]
        step = (starts[-1] - starts[0]) / (years[-1] - years[0])
        assert all(
            abs(start - starts[0] - step * (year - years[0])) < 1 for start, year in zip(starts, years, strict=True)
        )


@pytest.mark.parametrize("by", ["week", "day", "type", "camp", "actor", "source", "place", "governorate", "grade"])
def test_what_is_counted_by_is_in_the_address(browser: Browser, site: str, by: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=stats&lang=ar")
        page.locator(".controls select").first.select_option(by)
        page.wait_for_url(f"**by={by}**")
        expect(page.locator("tbody tr")).to_have_count(len(ask(page, f"/stats?by={by}")["rows"]))
        assert violations(page) == []
        page.reload()
        expect(page.locator(".controls select").first).to_have_value(by)


def test_a_row_leads_to_what_it_counts(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=stats&by=camp&lang=en")
        page.locator("tbody th a").first.click()
        page.wait_for_url("**camp=**")
        expect(page.get_by_role("heading", level=1)).to_have_text("Incidents")


@pytest.mark.parametrize("measure", ["killed", "injured"])
def test_tolls_are_shown_with_their_range(browser: Browser, site: str, measure: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=stats&by=camp&measure={measure}&lang=en")
        rows = ask(page, "/stats?by=camp")["rows"]
        told = [row for row in rows if row[measure]["high"]]
        expect(page.locator("figure svg rect.sure")).to_have_count(len(told))
        expect(page.locator("figure path.range:not(.under)")).to_have_count(
            sum(row[measure]["high"] > row[measure]["low"] for row in told)
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_screen_holds_figures(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site, viewport=NARROW) as reader:
        page = reader.open(f"/?view=stats&lang={language}")
        expect(page.locator("tbody tr").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert violations(page) == []
        keep(page, f"stats-{language}-narrow")
