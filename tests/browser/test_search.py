"""Search in a browser: the best first, what was searched for marked."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import NARROW, keep, violations, visit

LANGUAGES = ["ar", "en"]


def ask(page: Page, path: str) -> Any:
    return json.loads(page.evaluate("async path => await (await fetch('/api/v1' + path)).text()", path))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_are_ranked_with_their_matches_marked(browser: Browser, site: str, language: str, scheme: str) -> None:
    with visit(browser, site, scheme=scheme) as reader:  # type: ignore[arg-type]
        page = reader.open(f"/?view=search&lang={language}")
        page.get_by_role("searchbox").first.fill("حلب")
        page.keyboard.press("Enter")
        page.wait_for_url("**words=**")
        hits = ask(page, f"/search?words={quote('حلب')}")["rows"]
        results = page.locator("ol > li")
        expect(results).to_have_count(len(hits))
        assert len(hits) > 3
        titles = [link.inner_text().strip() for link in page.locator("ol > li h3 a").all()]
        assert titles == [hit["title"] for hit in hits]
        marked = page.locator("ol > li").first.locator("mark").all_inner_texts()
        wanted = len(hits[0]["title_marks"]) + sum(len(piece["marks"]) for piece in hits[0]["pieces"])
        assert len(marked) == wanted
        assert all("حلب" in word for word in marked)
        assert violations(page) == []
        keep(page, f"search-{language}-{scheme}")


def test_conditions_narrow_a_search_and_stay_with_it(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=search&lang=en&words={quote('حلب')}")
        results = page.locator("ol > li")
        expect(results.first).to_be_visible()
        before = results.count()
        page.locator("input[type=date]").first.fill("2024-12-01")
        page.wait_for_url("**from=2024-12-01**")
        page.wait_for_function("n => document.querySelectorAll('ol > li').length < n", arg=before)
        after = results.count()
        assert after == len(ask(page, f"/search?words={quote('حلب')}&from=2024-12-01")["rows"]) > 0
        page.get_by_role("link", name="Lists", exact=True).click()
        expect(page.locator("tbody tr").first).to_be_visible()
        assert "from=2024-12-01" in page.url and "words=" in page.url


def test_a_result_leads_to_its_article_and_back(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=search&lang=ar&words={quote('تدمر')}")
        link = page.locator("ol > li h3 a").first
        title = link.inner_text().strip()
        link.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        page.go_back()
        expect(page.locator("ol > li h3 a").first).to_have_text(title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_stand_nowhere_and_none_at_all(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=search&lang={language}&words={quote('كلمةلاتوجد')}")
        expect(page.locator(".results .card")).to_be_visible()
        assert violations(page) == []
        page.goto(f"{site}/?view=search&lang={language}")
        expect(page.locator(".results .help")).to_be_visible()
        assert page.locator("ol > li").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_screen_holds_results(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site, viewport=NARROW) as reader:
        page = reader.open(f"/?view=search&lang={language}&words={quote('حلب')}")
        expect(page.locator("ol > li").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert violations(page) == []
        keep(page, f"search-{language}-narrow")
