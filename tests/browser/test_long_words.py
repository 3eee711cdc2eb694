"""Words of any length: pages open in time, hold them at 390 pixels, and lose no letter of them."""

import json
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import NARROW, beyond, served, unbroken, visit
from waqai.record.coding import build

LANGUAGES = ["ar", "en"]
GIANT = "مهين" * 25_000
LONG = "ب" * 400
ADDRESSES = (
    "/?view=search&words=بلدة", f"/?view=search&words=بلدة&outlet={LONG}", "/?view=list&of=articles", "/?view=list&of=outlets",
    "/article/one", "/article/one?panel=names", "/article/two", "/incident/{incident}", "/?view=map&selected={incident}",
    "/place/{place}", "/?view=review",
)  # fmt: skip


def article(name: str, word: str, text: str) -> dict[str, str]:
    return {"id": name, "title": f"غارات {word}", "text": text, "outlet": word, "published": "2015-11-02"}


def ask(page: Page, path: str) -> Any:
    return json.loads(page.evaluate("async path => await (await fetch('/api/v1' + path)).text()", path))


@pytest.fixture(scope="module", params=[GIANT, LONG], ids=["giant", "long"])
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A record in whose titles, texts and outlets one long word stands, and the word."""
    folder = tmp_path_factory.mktemp("words")
    word = request.param
    rows = [
        article(
            "one", word, f"قصف الطيران الحربي بلدة مهين أمس وقتل 5 مدنيين {word}.\nسيطر تنظيم الدولة على بلدة مهين."
        ),
        article("two", LONG, f"قصف الطيران الحربي بلدة مهين أمس وقتل 6 مدنيين {LONG} وجرح آخرون."),
    ]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    build(str(folder / "articles.jsonl"), str(folder / "words.db"))
    return str(folder / "words.db"), word


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_too_long_for_a_narrow_screen(browser: Browser, record: tuple[str, str], language: str) -> None:
    with served({"db": record[0]}) as address, visit(browser, address, viewport=NARROW) as reader:
        page = reader.open("/?view=signin")
        incidents, places = ask(page, "/incidents")["rows"], ask(page, "/places")["rows"]
        most = max(incidents, key=lambda row: len(row["voices"]))["id"]
        for one in ADDRESSES:
            asked = one.format(incident=most, place=places[0]["id"])
            page.goto(f"{address}{asked}{'&' if '?' in asked else '?'}lang={language}")
            page.wait_for_load_state("networkidle")
            expect(page.locator("#content h1, #content h2").first).to_be_attached()
            assert (one, beyond(page)) == (one, [])
            assert unbroken(page) <= 64, one


def test_no_letter_of_a_long_word_is_lost(browser: Browser, record: tuple[str, str]) -> None:
    with served({"db": record[0]}) as address, visit(browser, address) as reader:
        page = reader.open("/article/one?lang=ar")
        expect(page.locator("[data-part=title]")).to_contain_text("غارات")
        assert page.locator("[data-part=title]").evaluate("node => node.textContent").strip() == f"غارات {record[1]}"
        runs = page.locator("[data-part=text] [data-at]").evaluate_all(
            "all => all.map(one => one.textContent).join('')"
        )
        assert f"مدنيين {record[1]}." in runs
        pieces = page.locator("[data-part=text] [data-at]").evaluate_all(
            "all => all.map(one => [Number(one.dataset.at), one.textContent.length])"
        )
        assert all(at + long <= later for (at, long), (later, _) in pairwise(pieces))
