"""One incident and one place, in a browser: who says what, who held it when, and why."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import NARROW, keep, violations, visit

LANGUAGES = ["ar", "en"]
MAHIN = "wof:1343250055"


def ask(page: Page, path: str) -> Any:
    return json.loads(page.evaluate("async path => await (await fetch('/api/v1' + path)).text()", path))


def most_told(page: Page) -> dict[str, Any]:
    """The incident with the most voices."""
    rows = ask(page, "/incidents?limit=500")["rows"]
    return max(rows, key=lambda row: len(row["voices"]))  # type: ignore[no-any-return]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_voice_stands_beside_the_others(browser: Browser, site: str, language: str, scheme: str) -> None:
    with visit(browser, site, scheme=scheme) as reader:  # type: ignore[arg-type]
        page = reader.open(f"/?view=signin&lang={language}")
        incident = most_told(page)
        page.goto(f"{site}/incident/{incident['id']}?lang={language}")
        accounts = page.locator("article.account")
        expect(accounts).to_have_count(len(incident["voices"]))
        assert len(incident["voices"]) > 3
        for account in accounts.all():
            expect(account.locator("figure a").first).to_be_visible()
        assert page.locator("blockquote").first.inner_text()
        assert violations(page) == []
        keep(page, f"incident-{language}-{scheme}")


def test_a_denial_and_a_suggested_grade_are_told_as_such(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin&lang=en")
        rows = ask(page, "/incidents?limit=500")["rows"]
        denied = next(row for row in rows if row["denials"] and row["grade"])
        page.goto(f"{site}/incident/{denied['id']}?lang=en")
        expect(page.get_by_role("heading", name="Denied or doubted by")).to_be_visible()
        expect(page.get_by_text("suggested", exact=True)).to_be_visible()
        expect(page.get_by_text("accounts differ")).to_be_visible()


def test_merged_accounts_say_why(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin&lang=ar")
        merged = next(row for row in ask(page, "/incidents?limit=500")["rows"] if row["merges"])
        page.goto(f"{site}/incident/{merged['id']}?lang=ar")
        reasons = page.locator(".merge")
        expect(reasons).to_have_count(len(merged["merges"]))
        for reason in merged["merges"][0]["reasons"]:
            assert reason not in reasons.first.inner_text(), "a reason that is not translated"


def test_an_unknown_incident_is_told_in_a_sentence(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/incident/ffffffffffffffffffff?lang=en")
        expect(page.get_by_role("alert")).to_contain_text("incident")
        reader.wrong = [wrong for wrong in reader.wrong if "404" not in wrong]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_held_a_place_and_why(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin")
        held = ask(page, f"/control/{MAHIN}")["rows"]
        page.goto(f"{site}/place/{MAHIN}?lang={language}&at=2015-11-10")
        intervals = page.locator("li.interval")
        expect(intervals).to_have_count(len(held))
        assert len(held) > 1
        expect(page.locator("li.interval[aria-current=date]")).to_have_count(1)
        texts = [one["text"] for interval in held for one in interval["reports"] if one["text"]]
        assert texts
        expect(page.locator("blockquote").filter(has_text=texts[0]).first).to_be_attached()
        assert violations(page) == []
        keep(page, f"place-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/incident/", "/place/"])
def test_a_narrow_screen_needs_no_sideways_scrolling(browser: Browser, site: str, language: str, path: str) -> None:
    with visit(browser, site, viewport=NARROW) as reader:
        page = reader.open("/?view=signin")
        name = MAHIN if path == "/place/" else most_told(page)["id"]
        page.goto(f"{site}{path}{name}?lang={language}")
        expect(page.locator("blockquote").first).to_be_attached()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert violations(page) == []
        keep(page, f"{path.strip('/')}-{language}-narrow")
