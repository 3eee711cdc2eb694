"""One incident and one place, in a browser: who says what, who held it when, and why."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import NARROW, keep, served, violations, visit
from waqai.record.coding import build

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


def test_an_incident_of_a_list_as_of_a_day_is_told_as_it_was_known_then(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=list&lang=en&as_of=2024-12-01&rows=200")
        then = {row["id"]: len(row["reports"]) for row in ask(page, "/incidents?as_of=2024-12-01&limit=500")["rows"]}
        expect(page.locator(".between [role=status]")).to_have_text(f"{len(then)} rows")
        today = {row["id"]: len(row["reports"]) for row in ask(page, "/incidents?limit=500")["rows"]}
        grown = next(id for id, reports in then.items() if reports < today[id])
        page.locator(f"tbody th a[href*='{grown}']").click()
        expect(page.get_by_role("note")).to_contain_text("known on 1 December 2024")
        expect(page.locator("article.account figure")).to_have_count(then[grown])
        page.get_by_role("link", name="As it is known today").click()
        expect(page.locator("article.account figure")).to_have_count(today[grown])


def test_a_page_of_one_thing_bears_its_name(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin&lang=ar")
        row = next(row for row in ask(page, "/incidents?limit=500")["rows"] if row["place"])
        article = ask(page, f"/articles/{row['reports'][0]['article_key']}")
        page.goto(f"{site}/incident/{row['id']}?lang=ar")
        expect(page).to_have_title(re.compile(rf"، {row['place']['name_ar']} · حادثة · وقائع$"))
        page.goto(f"{site}/article/{article['key']}?lang=en")
        expect(page).to_have_title(f"{article['title']} · Article · Waqai")
        page.goto(f"{site}/place/{MAHIN}?lang=en")
        expect(page).to_have_title("Mahin · Place · Waqai")
        page.get_by_role("link", name="Search").click()
        expect(page).to_have_title("Search · Waqai")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_that_was_all_is_told_once(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=signin&lang={language}")
        rows = ask(page, "/control?format=json&limit=500")["rows"]
        ends = {(row["place"]["id"], str(dt.date.fromisoformat(row["from"]) + dt.timedelta(1))): row for row in rows}
        row = next(ends[row["place"]["id"], row["to"]] for row in rows if (row["place"]["id"], row["to"]) in ends)
        page.goto(f"{site}/place/{row['place']['id']}?lang={language}")
        expect(page.locator("article.place")).to_be_visible()
        told = page.locator("article.place").inner_text()
        assert not re.search(r"(\d+ \S+(?: \S+)? \d{4}) – \1", told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_tab_is_cut_on_a_narrow_screen(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site, viewport=NARROW) as reader:
        page = reader.open(f"/?view=stats&lang={language}")
        tabs = page.locator("header nav a")
        expect(tabs).to_have_count(6)
        assert page.locator("header nav").evaluate("nav => nav.scrollWidth <= nav.clientWidth")
        for box in [tab.bounding_box() for tab in tabs.all()]:
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]


def test_a_denial_and_a_suggested_grade_are_told_as_such(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin&lang=en")
        rows = ask(page, "/incidents?limit=500")["rows"]
        denied = next(row for row in rows if row["denials"] and row["grade"])
        page.goto(f"{site}/incident/{denied['id']}?lang=en")
        expect(page.get_by_role("heading", name="Denied or doubted by")).to_be_visible()
        expect(page.get_by_text("suggested", exact=True)).to_be_visible()
        expect(page.get_by_text("accounts differ")).to_be_visible()


@pytest.mark.parametrize(("language", "word"), [("ar", "متهم"), ("en", "accused")])
def test_one_who_is_only_accused_is_not_shown_as_the_one_who_did_it(
    browser: Browser, site: str, language: str, word: str
) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=signin&lang={language}")
        rows = ask(page, "/incidents?limit=500")["rows"]
        (only, *_) = [row for row in rows if is_accused(row)]
        plain = next(row for row in rows if row["actor1"] and not row["blamed"])
        page.goto(f"{site}/incident/{only['id']}?lang={language}")
        expect(page.locator("h1")).to_contain_text(word)
        expect(page.locator("dl.facts dd", has_text=word)).to_have_count(1)
        page.goto(f"{site}/incident/{plain['id']}?lang={language}")
        expect(page.locator("h1")).to_be_visible()
        assert word not in page.locator("h1").inner_text()
        page.goto(f"{site}/?view=list&rows=500&lang={language}")
        expect(page.locator("td .badge", has_text=word)).to_have_count(sum(map(is_accused, rows)))


def is_accused(row: dict[str, Any]) -> bool:
    """Whether every report that names one of those who did it only blames her."""
    for actor in row["actor1"]:
        naming = {
            id for one in row["actors1"] for id in one["reports"] if actor["id"] in [a["id"] for a in one["value"]]
        }
        blaming = {id for one in row["blamed"] for id in one["reports"] if one["value"]["id"] == actor["id"]}
        if naming and naming <= blaming:
            return True
    return False


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_voice_did_not_say_itself_is_told_as_such(browser: Browser, site: str, language: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=signin&lang={language}")
        rows = ask(page, "/incidents?limit=500")["rows"]
        beside = next(
            row for row in rows if len(row["voices"]) > 1 and row["voices"][0]["reports"] == row["voices"][1]["reports"]
        )
        alone = next(row for row in rows if len(row["voices"]) == 1)
        page.goto(f"{site}/incident/{beside['id']}?lang={language}")
        expect(page.locator("article.account").first).to_be_visible()
        shared = [
            voice for voice in beside["voices"]
            if all(any(id in other["reports"] for other in beside["voices"] if other is not voice) for id in voice["reports"])
        ]  # fmt: skip
        expect(page.locator("article.account p.quoted")).to_have_count(len(shared))
        page.goto(f"{site}/incident/{alone['id']}?lang={language}")
        expect(page.locator("article.account dl").first).to_be_visible()
        expect(page.locator("article.account p.quoted")).to_have_count(0)


SAID = "قصف الطيران الحربي السوري بلدة مهين يوم الأحد 1 تشرين الثاني 2015، ما أدى إلى مقتل أربعة مدنيين."
PRINTED = [
    ("2015-11-02", f"{SAID} وقال سكان إن الأسواق أغلقت أبوابها، وإن المدارس بقيت خالية طوال اليوم."),
    (
        "2015-11-03",
        f"تواصلت المحادثات بشأن إيصال المساعدات إلى ريف حمص. {SAID} وتنتظر لجنة محلية قافلة تحمل الخبز والماء.",
    ),
    ("2015-11-04", "قتل أربعة مدنيين بغارة للطيران الحربي السوري على بلدة مهين يوم الأحد 1 تشرين الثاني 2015."),
]


@pytest.mark.parametrize(("language", "twice"), [("ar", "رُوي مرتين"), ("en", "told 2 times")])
def test_what_an_outlet_printed_twice_stands_once(browser: Browser, tmp_path: Path, language: str, twice: str) -> None:
    articles, path = tmp_path / "articles.jsonl", str(tmp_path / "record.db")
    rows = [
        {"id": f"p{n}", "outlet": "جسر الميدان", "published": day, "title": f"مهين {n}", "text": text}
        for n, (day, text) in enumerate(PRINTED)
    ]
    articles.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    build(str(articles), path)
    with served({"db": path}) as address, visit(browser, address) as reader:
        page = reader.open(f"/?view=signin&lang={language}")
        incident = next(row for row in ask(page, "/incidents")["rows"] if len(row["reports"]) == len(PRINTED))
        page.goto(f"{address}/incident/{incident['id']}?lang={language}")
        quotes = page.locator("article.account figure")
        expect(quotes).to_have_count(len(PRINTED) - 1)
        same = quotes.filter(has_text=twice)
        expect(same).to_have_count(1)
        expect(same.get_by_role("link")).to_have_count(2)
        assert len({link.get_attribute("href") for link in same.get_by_role("link").all()}) == 2
        expect(quotes.get_by_role("link")).to_have_count(len(PRINTED))
        assert violations(page) == []
        keep(page, f"incident-twice-{language}")


@pytest.mark.parametrize(("language", "word"), [("ar", "عشرات"), ("en", "dozens")])
def test_dozens_are_a_word_with_their_bounds_in_the_detail(
    browser: Browser, tmp_path: Path, language: str, word: str
) -> None:
    told = {
        "id": "one",
        "published": "2015-11-02",
        "outlet": "x",
        "text": "قصف الطيران الحربي بلدة مهين أمس ما أدى إلى مقتل عشرات المدنيين.",
    }
    (tmp_path / "articles.jsonl").write_text(json.dumps(told), encoding="utf-8")
    build(str(tmp_path / "articles.jsonl"), str(tmp_path / "dozens.db"))
    with served({"db": str(tmp_path / "dozens.db")}) as address, visit(browser, address) as reader:
        page = reader.open(f"/?view=list&lang={language}")
        cell = page.locator("td", has_text=word)
        expect(cell).to_have_count(1)
        assert "24" not in cell.inner_text() and "24" in (cell.locator("[title]").get_attribute("title") or "")
        page.locator("tbody th a").click()
        expect(page.locator("dl.facts dd", has_text=word).first).to_contain_text("24")


def test_evidence_of_control_is_counted_by_texts(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin")
        held = [
            row
            for one in ask(page, "/control?format=json&limit=500")["rows"]
            for row in ask(page, f"/control/{one['place']['id']}")["rows"]
        ]
        row = next(row for row in held if len({one["article_key"] for one in row["reports"]}) < len(row["reports"]))
        page.goto(f"{site}/place/{row['place']['id']}?lang=en")
        number = len({one["article_key"] for one in row["reports"]})
        rows = ask(page, f"/control/{row['place']['id']}")["rows"]
        wanted = [len({one["article_key"] for one in held["reports"]}) for held in rows if held["reports"]]
        told = page.locator("li.interval details:not(.against) summary").all_inner_texts()
        assert [1 if "One text" in one else int(one.split()[0]) for one in told] == wanted
        assert number in wanted


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


def test_reasons_are_told_in_the_language_of_the_page(browser: Browser, site: str) -> None:
    with visit(browser, site) as reader:
        page = reader.open("/?view=signin")
        held = ask(page, "/control?format=json&limit=500")["rows"]
        silent = next(row for row in held if "nothing told since" in row["rule"])
        page.goto(f"{site}/place/{silent['place']['id']}?lang=ar")
        expect(page.locator("li.interval").first).to_be_visible()
        told = page.locator("ol.stack").inner_text()
        assert "لم يُروَ شيء منذ" in told and "nothing told" not in told


STILL = {"ar": ("حتى الآن", "إن لم يُروَ شيء"), "en": ("until now", "if nothing is told")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_not_ended_is_not_given_an_end(browser: Browser, site: str, language: str) -> None:
    now, then = STILL[language]
    with visit(browser, site) as reader:
        page = reader.open(f"/?view=signin&lang={language}")
        record = ask(page, "/record")
        last, today = record["last"], record["today"]
        held = ask(page, f"/control?at={last}&format=json&limit=500")["rows"]
        late = next(row for row in held if row["to"] and row["to"] > today)
        whole = ask(page, f"/control/{late['place']['id']}")["rows"]
        page.goto(f"{site}/place/{late['place']['id']}?lang={language}&at={last}")
        expect(page.locator("li.interval.now .soft.num")).to_contain_text(now)
        told = page.locator("li.interval .soft.num").all_inner_texts()
        assert [then in one for one in told] == [row["from"] > today for row in whole]
        years = {int(year) for one in told if then not in one for year in re.findall(r"20\d\d", one)}
        assert max(years) <= int(today[:4])
        assert violations(page) == []
        keep(page, f"place-still-{language}")
        page.goto(f"{site}/?view=list&of=control&at={last}&rows=500&lang={language}")
        expect(page.locator("tbody tr").first).to_be_visible()
        over = sum(row["to"] is None or row["to"] > today for row in held)
        expect(page.locator("tbody td", has_text=re.compile(f"^{now}$"))).to_have_count(over)


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
