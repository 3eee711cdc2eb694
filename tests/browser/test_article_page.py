"""One article in a browser: its words lead to what was read in them, and back."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import NARROW, keep, served, violations, visit
from sample_record import sample_record
from waqai.record.coding import build

LANGUAGES = ["ar", "en"]
ACCENT = """(() => { const one = document.body.appendChild(document.createElement('i')); one.style.background = 'var(--accent)';
    const found = getComputedStyle(one).backgroundColor; one.remove(); return found })()"""
RUNS = """[...document.querySelectorAll('[data-part=text] .line')]
    .map(line => [...line.querySelectorAll('[data-at]')].map(run => run.textContent).join(''))"""

FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 200))))"


def ask(page: Page, path: str) -> Any:
    return json.loads(page.evaluate("async path => await (await fetch('/api/v1' + path)).text()", path))


def richest(page: Page) -> dict[str, Any]:
    """The article with the most reports, whole."""
    rows = ask(page, "/articles?limit=500")["rows"]
    return ask(page, f"/articles/{max(rows, key=lambda row: row['reports'])['key']}")  # type: ignore[no-any-return]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_text_stands_whole_with_its_reports_marked(browser: Browser, site: str, language: str, scheme: str) -> None:
    with visit(browser, site, scheme=scheme) as reader:  # type: ignore[arg-type]
        page = reader.open(f"/?view=signin&lang={language}")
        article = richest(page)
        report = next(one for one in article["reports"] if one["place"] and one["place"]["text"])
        page.goto(f"{site}/article/{article['key']}?lang={language}#{report['id']}")
        expect(page.locator("section.open dl")).to_be_visible()
        expect(page.locator("button.note")).to_have_count(len(article["reports"]))
        lines = [line for line in article["text"].split("\n") if line]
        assert page.evaluate(RUNS) == lines, "marks that overlap lost or doubled words"
        assert violations(page) == []
        keep(page, f"article-{language}-{scheme}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_field_leads_to_its_words(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=signin&lang={language}")
        article = richest(page)
        report = next(one for one in article["reports"] if one["place"] and one["place"]["text"])
        page.goto(f"{site}/article/{article['key']}?lang={language}#{report['id']}")
        row = page.locator("section.open [data-field=place]")
        row.get_by_role("button").click()
        expect(page.locator("[data-pointed]").first).to_be_attached()
        letters = "getComputedStyle(document.querySelector('[data-pointed]'))"
        assert page.evaluate(f"{letters}.backgroundColor") == page.evaluate(ACCENT), "light letters on a light ground"
        words = page.locator("[data-pointed]").all_inner_texts()
        assert report["place"]["text"] in " ".join("".join(words).split())


def test_words_lead_to_their_report_and_the_address_keeps_it(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin&lang=en")
        article = richest(page)
        page.goto(f"{site}/article/{article['key']}?lang=en")
        expect(page.locator("section.open")).to_have_count(0)
        page.get_by_role("button", name="To report 2", exact=True).click()
        second = article["reports"][1]["id"]
        expect(page.locator("section.open")).to_have_attribute("data-report", second)
        assert page.url.endswith(f"#{second}")
        page.reload()
        expect(page.locator("section.open")).to_have_attribute("data-report", second)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_field_says_why(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=signin&lang={language}")
        article = richest(page)
        report = article["reports"][0]
        page.goto(f"{site}/article/{article['key']}?lang={language}#{report['id']}")
        page.locator("section.open .foot button").click()
        told = [one for one in ask(page, f"/reports/{report['id']}/why")["fields"] if one["field"] == "place"]
        assert told
        reason = page.locator("section.open [data-field=place] .reason")
        expect(reason).to_have_count(len(told))
        expect(reason.first).to_contain_text(told[0]["words"]["text"])
        if language == "ar":
            assert told[0]["rule"] not in reason.first.inner_text(), "a rule that is not translated"


def test_every_name_is_listed_and_leads_to_its_words(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin&lang=en")
        article = richest(page)
        page.goto(f"{site}/article/{article['key']}?lang=en&panel=names")
        rows = page.locator("[data-mention]")
        expect(rows).to_have_count(len(article["mentions"]))
        last = article["mentions"][-1]
        rows.last.get_by_role("button").click()
        expect(page.locator("[data-pointed]").first).to_be_visible()
        assert last["text"] in "".join(page.locator("[data-pointed]").all_inner_texts())
        assert violations(page) == []


def test_what_slides_under_a_still_hand_is_not_pointed_at(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin&lang=en")
        article = richest(page)
        page.goto(f"{site}/article/{article['key']}?lang=en&panel=names")
        rows = page.locator("[data-mention]")
        rows.last.get_by_role("button").click()
        page.evaluate("document.querySelector('aside').scrollTop = 0; scrollTo(0, 0)")
        page.evaluate(FRAMES)
        expect(page.locator(f"[data-mention='{len(article['mentions']) - 1}'].here")).to_have_count(1)
        rows.first.hover()
        expect(page.locator("[data-mention='0'].here")).to_have_count(1)


def test_kinds_of_marks_are_hidden_by_the_address(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin&lang=en")
        key = richest(page)["key"]
        page.goto(f"{site}/article/{key}?lang=en")
        expect(page.locator(".k-place.mention").first).to_be_visible()
        page.locator(".kinds .k-place").click()
        expect(page.locator(".k-place.mention")).to_have_count(0)
        assert "hide=place" in page.url


def test_furniture_stands_back(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin&lang=en")
        rows = ask(page, "/articles?limit=500")["rows"]
        found = (ask(page, f"/articles/{row['key']}") for row in rows)
        article = next(one for one in found if one["furniture"])
        page.goto(f"{site}/article/{article['key']}?lang=en")
        span = article["furniture"][0]
        grey = page.locator("[data-part=text] .furniture")
        expect(grey.first).to_be_visible()
        assert article["text"][span["start"] : span["end"]].split()[0] in grey.first.inner_text()


HOSTILE = (
    "قصف الطيران الحربي مدينة مهين <script>window.ran = true</script> أمس الأحد.\n"
    '<img src=x onerror="window.ran = true"> وقتل \u202eثلاثة مدنيين\u202c في القصف \u0000على المدينة \u2066هنا\u2069.\n'
    + "ا" * 20_000
    + "e\u0301\u0302\u0303" * 500
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a record with one article that nobody should trust."""
    folder = tmp_path_factory.mktemp("hostile")
    article = {
        "id": "<b>hostile</b>", "published": "2015-11-02", "outlet": '"><script>window.ran = true</script>',
        "url": "javascript:window.ran=true", "title": "قصف \u202eمهين\u202c <svg onload=window.ran=true>", "text": HOSTILE,
    }  # fmt: skip
    (folder / "articles.jsonl").write_text(json.dumps(article), encoding="utf-8")
    build(str(folder / "articles.jsonl"), str(folder / "hostile.db"))
    return str(folder / "hostile.db")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_text_is_shown_and_does_nothing(browser: Browser, hostile: str, language: str) -> None:
    with served({"db": hostile}) as address, visit(browser, address, viewport=NARROW) as reader:
        page = reader.open(f"/?view=signin&lang={language}")
        key = ask(page, "/articles")["rows"][0]["key"]
        page.goto(f"{address}/article/{key}?lang={language}")
        expect(page.locator("[data-part=text]")).to_contain_text("<script>window.ran = true</script>")
        assert page.evaluate("window.ran") is None
        assert page.locator("article script, article img, article a[href^=javascript]").count() == 0
        expect(page.locator("[data-part=text] .sign.strong")).to_have_text(["RLO", "PDF", "LRI", "PDI"])
        assert not set("\u202e\u202c\u2066\u2069") & set(page.locator("article").inner_text())
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        keep(page, f"article-hostile-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_public_the_text_is_withheld(browser: Browser, language: str) -> None:
    with served({"db": sample_record(), "public": True}) as address, visit(browser, address) as reader:
        page = reader.open(f"/?view=signin&lang={language}")
        key = ask(page, "/articles")["rows"][0]["key"]
        page.goto(f"{address}/article/{key}?lang={language}")
        expect(page.locator("article .notice")).to_be_visible()
        assert page.locator("[data-part=text] [data-at]").count() == 0
        assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_screen_holds_an_article(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site, viewport=NARROW) as reader:
        page = reader.open(f"/?view=signin&lang={language}")
        article = richest(page)
        page.goto(f"{site}/article/{article['key']}?lang={language}#{article['reports'][0]['id']}")
        expect(page.locator("section.open dl")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert violations(page) == []
        keep(page, f"article-{language}-narrow")


def test_an_unknown_article_is_told_in_a_sentence(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/article/nowhere?lang=en")
        expect(page.get_by_role("alert")).to_contain_text("article")
        reader.wrong = [wrong for wrong in reader.wrong if "404" not in wrong]
