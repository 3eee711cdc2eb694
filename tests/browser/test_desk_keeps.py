"""What somebody does at the desk is kept: while the server is slow, refuses or has ended the session, and when keys are hit."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browsing import NARROW, served, visit
from desks import COLD, REEM, ask, at, desk, journal, kept, moved, opened
from sample_record import sample_record
from waqai.serving.accounts import Accounts, accounts_file

ON_TOP = """one => {
    const {x, y} = one.getBoundingClientRect();
    return one.contains(document.elementFromPoint(x + 5, y + 5));
}"""
"""Whether an element lies under nothing else."""
FRAMES = 2000  # of the page, until a decision must have been sent
PASSWORD = "a long way to Palmyra"


def correct(page: Page, key: str) -> None:
    page.keyboard.press("e")
    page.keyboard.press(key)


def test_an_editor_begins_with_the_correction_that_holds(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        correct(page, "4")
        page.get_by_role("searchbox", name="Find a party").fill("Islamic State")
        page.get_by_role("form").locator("ul button").first.click()
        page.get_by_role("button", name="Save").click()
        told = page.locator("[data-field=actor1] .new")
        expect(told).to_contain_text("Islamic State", timeout=COLD)
        correct(page, "4")
        page.locator("[role=slider]").first.press("ArrowLeft")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("form", name="Correct")).to_have_count(0, timeout=COLD)
        expect(told).to_contain_text("Islamic State")
        assert (
            [one["id"] for one in journal(page)[0]["value"]] == [one["id"] for one in journal(page)[1]["value"]] != []
        )
        correct(page, "1")
        page.get_by_role("form").get_by_role("combobox").select_option("Arrests")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-field=sub_event_type] .new")).to_contain_text("Arrests", timeout=COLD)
        correct(page, "1")
        expect(page.get_by_role("form").get_by_role("combobox")).to_have_value("Arrests")
        page.reload()
        expect(page.locator("[data-field=sub_event_type] .new")).to_contain_text("Arrests")
        correct(page, "1")
        expect(page.get_by_role("form").get_by_role("combobox")).to_have_value("Arrests")


def test_sources_are_corrected_from_those_that_are_told(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        told = next(one for one in ask(page, "/queue?limit=100")["rows"] if one["report"]["attributed_to"])["report"]
        page.goto(f"{reader.base}/?view=review&lang=en&report={told['id']}")
        page.get_by_role("button", name="Correct: Who says so").click()
        page.get_by_label("or a new source").fill("تنسيقية مهين")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-field=attributed_to] .new")).to_contain_text("تنسيقية مهين", timeout=COLD)
        names = [one["name_ar"] for one in journal(page)[0]["value"]]
        assert names == [*(one["name_ar"] for one in told["attributed_to"]), "تنسيقية مهين"]


def held_back(page: Page) -> list[Route]:
    """Decisions wait until the test lets them go on."""
    waiting: list[Route] = []
    page.route(
        "**/api/v1/decisions",
        lambda route: waiting.append(route) if route.request.method == "POST" else route.continue_(),
    )
    return waiting


def let_go(page: Page, waiting: list[Route], number: int) -> None:
    """Let so many decisions go on, one after the other as they come."""
    for _ in range(number):
        for _ in range(FRAMES):
            if waiting:
                break
            page.evaluate("() => new Promise(requestAnimationFrame)")
        waiting.pop(0).continue_()
    kept(page)


def test_keys_count_for_the_report_on_the_screen_while_the_one_before_is_kept(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        rows = [one["report"]["id"] for one in ask(page, "/queue?limit=10")["rows"]]
        waiting = held_back(page)
        page.keyboard.press("a")
        assert moved(page, rows[0]) == rows[1]
        page.keyboard.press("r")
        assert moved(page, rows[1]) == rows[2]
        page.keyboard.press("j")
        assert moved(page, rows[2]) == rows[3]
        correct(page, "9")
        page.get_by_role("spinbutton", name="At least").fill("33")
        let_go(page, waiting, 2)
        assert at(page) == rows[3]
        expect(page.get_by_role("spinbutton", name="At least")).to_have_value("33")
        assert [(one["action"], one["reports"]) for one in journal(page)] == [
            ("reject", [rows[1]]),
            ("accept", [rows[0]]),
        ]


def test_what_is_not_saved_is_not_lost_to_a_key(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        first = at(page)
        correct(page, "9")
        page.get_by_role("spinbutton", name="At least").fill("12")
        page.get_by_role("button", name="Save").focus()
        for key in ("j", "a", "e", "z"):
            page.keyboard.press(key)
            expect(page.locator(".message")).to_have_text(
                "A correction here is not saved: save it, or close it with Esc."
            )
        page.locator(".queue .rows button, .queue .rows a").nth(3).click()
        assert at(page) == first
        expect(page.get_by_role("spinbutton", name="At least")).to_have_value("12")
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        moved(page, first)
        assert journal(page) == []


def test_what_is_refused_is_told_where_it_is_seen_and_leads_back(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        first = at(page)
        page.set_viewport_size({"width": 1280, "height": 800})
        page.route("**/api/v1/decisions", lambda route: route.abort())
        correct(page, "0")
        page.get_by_role("spinbutton", name="At least").fill("4")
        page.get_by_role("button", name="Save").click()
        alert = page.locator("section.form").get_by_role("alert")
        expect(alert).to_contain_text("The server cannot be reached")
        assert alert.evaluate(ON_TOP), "the sentence lies under something else"
        expect(page.get_by_role("spinbutton", name="At least")).to_have_value("4")
        page.keyboard.press("Escape")
        page.keyboard.press("a")
        second = moved(page, first)
        page.keyboard.press("r")
        moved(page, second)
        back = page.get_by_role("link", name="To the report of which this was not saved")
        expect(back).to_have_count(2)
        page.keyboard.press("k")
        page.wait_for_function("id => document.querySelector('section.form .links').innerHTML.includes(id)", arg=second)
        back.click()
        page.unroute("**/api/v1/decisions")
        page.wait_for_function("id => document.querySelector('section.form .links').innerHTML.includes(id)", arg=first)
        page.keyboard.press("a")
        moved(page, first)
        kept(page)
        expect(alert).to_be_visible()
        page.keyboard.press("r")
        moved(page, second)
        kept(page)
        expect(alert).to_have_count(0)
        assert [(one["action"], one["reports"]) for one in journal(page)] == [("reject", [second]), ("accept", [first])]
        reader.wrong = [wrong for wrong in reader.wrong if "Failed to load resource" not in wrong]


@pytest.mark.parametrize("another_tab", [False, True])
def test_a_session_that_ends_is_begun_again_without_loss(browser: Browser, tmp_path: Path, another_tab: bool) -> None:
    accounts = Accounts(accounts_file(str(tmp_path / "record.db")))
    accounts.add(REEM, "reviewer", PASSWORD)
    with desk(browser, tmp_path, host="0.0.0.0", reviewer=None) as reader:
        page = reader.open("/?view=review&lang=en")
        sign_in(page)
        expect(page.locator(".reading [data-part=text]")).to_be_visible()
        correct(page, "9")
        page.get_by_role("spinbutton", name="At least").fill("41")
        reader.context.clear_cookies()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("The session is over.")).to_be_visible(timeout=COLD)
        if another_tab:
            other = reader.context.new_page()
            other.goto(f"{reader.base}/?view=signin&lang=en")
            sign_in(other)
            expect(other.get_by_role("heading", name="Map")).to_be_visible()
        else:
            sign_in(page)
            expect(page.get_by_text("The session is over.")).to_have_count(0)
        expect(page.get_by_role("spinbutton", name="At least")).to_have_value("41")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-field=killed] .new")).to_contain_text("41", timeout=COLD)
        with page.expect_response("**/api/v1/record"):
            page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_label("Password")).to_be_visible()
        page.wait_for_load_state("networkidle")
        reader.wrong = [wrong for wrong in reader.wrong if "401" not in wrong and "403" not in wrong]


def sign_in(page: Page) -> None:
    page.get_by_label("Name").fill(REEM)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_phone_shows_the_headline_beside_the_words(browser: Browser, tmp_path: Path) -> None:
    with (
        served({"db": sample_record(), "reviewer": REEM}) as address,
        visit(browser, address, viewport=NARROW) as reader,
    ):
        page = opened(reader, lang="ar")
        shown: Any = page.locator(".reading .title").evaluate(
            "one => { const {y} = one.getBoundingClientRect(), box = one.closest('.reading').getBoundingClientRect();"
            " return y >= box.y - 1 && y < box.bottom }"
        )
        assert shown
