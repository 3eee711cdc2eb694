"""The review desk in a browser: one key for a verdict and the next report, whatever the layout of the keyboard."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import NARROW, keep, served, violations, visit
from desks import COLD, REEM, arabic, ask, at, desk, journal, kept, moved, opened
from sample_record import sample_record
from waqai.serving.accounts import Accounts, accounts_file

LANGUAGES = ["ar", "en"]
PASSWORD = "a long way to Palmyra"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_stands_open_to_all(browser: Browser, tmp_path: Path, language: str) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader, lang=language)
        assert violations(page) == []
        keep(page, f"review-{language}")
        page.keyboard.press("Shift+Slash")
        expect(page.get_by_role("dialog")).to_be_visible()
        expect(page.get_by_role("dialog").locator(".fields kbd")).to_have_text([*"1234567890-=w"])
        assert violations(page) == []
        keep(page, f"review-help-{language}")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_one_key_keeps_a_verdict_and_goes_on_and_one_takes_it_back(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        first = at(page)
        page.keyboard.press("a")
        second = moved(page, first)
        page.keyboard.press("r")
        third = moved(page, second)
        page.keyboard.press("u")
        moved(page, third)
        kept(page)
        told = [(entry["person"], entry["action"], entry["reports"]) for entry in journal(page)]
        assert told == [(REEM, "unsure", [third]), (REEM, "reject", [second]), (REEM, "accept", [first])]
        page.keyboard.press("z")
        expect(page.locator(".message")).to_contain_text("taken back")
        page.wait_for_function("id => document.querySelector('section.form .links').innerHTML.includes(id)", arg=third)
        assert [entry["action"] for entry in journal(page)][:2] == ["undo", "unsure"]
        expect(page.get_by_role("group", name="Verdict").locator("[aria-pressed=true]")).to_have_count(0)


def test_back_leads_to_the_report_before_and_undo_reaches_over_a_reload(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        first = at(page)
        page.keyboard.press("a")
        second = moved(page, first)
        page.keyboard.press("j")
        third = moved(page, second)
        page.go_back()
        assert moved(page, third) == second
        page.reload()
        expect(page.get_by_role("group", name="Verdict")).to_be_visible(timeout=COLD)
        page.keyboard.press("z")
        expect(page.locator(".message")).to_contain_text("taken back")
        assert moved(page, second) == first
        assert [entry["action"] for entry in journal(page)] == ["undo", "accept"]
        page.keyboard.press("z")
        expect(page.locator(".message")).to_contain_text("within the last day")
        assert len(journal(page)) == 2


def test_the_keys_are_known_by_their_place(browser: Browser, tmp_path: Path) -> None:
    """On an Arabic keyboard the key of A writes another letter, and accepts."""
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        first = at(page)
        arabic(page, "KeyJ")
        second = moved(page, first)
        arabic(page, "KeyK")
        assert moved(page, second) == first
        assert journal(page) == []
        arabic(page, "KeyA")
        assert moved(page, first) == second
        assert [entry["action"] for entry in journal(page)] == ["accept"]


def test_keys_are_letters_where_somebody_writes(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        page.locator(".narrowed > summary").click()
        page.locator(".narrowed input[type=search]").press_sequentially("aru")
        expect(page.locator(".narrowed input[type=search]")).to_have_value("aru")
        assert journal(page) == []


def test_a_field_is_corrected_by_the_codebook(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        report = at(page)
        page.keyboard.press("e")
        page.keyboard.press("1")
        form = page.get_by_role("form", name="Correct: Event")
        form.get_by_role("combobox").select_option("Arrests")
        form.get_by_role("button", name="Save").click()
        expect(page.locator("[data-field=sub_event_type] .new")).to_contain_text("Arrests", timeout=COLD)
        assert at(page) == report
        entry = journal(page)[0]
        assert (entry["action"], entry["field"], entry["value"]) == ("edit", "sub_event_type", "Arrests")
        incident = ask(page, f"/reports/{report}")["incident"]
        assert ask(page, f"/incidents/{incident}")["sub_event_type"] == "Arrests"


def test_numbers_days_and_places_are_corrected(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        page.get_by_role("button", name="Correct: Killed").click()
        form = page.get_by_role("form", name="Correct: Killed")
        save, why = form.get_by_role("button", name="Save"), form.get_by_role("status")
        page.get_by_role("spinbutton", name="At least").fill("")
        page.get_by_role("spinbutton", name="At most").fill("9")
        expect(why).to_have_text("Give the lowest number as well.")
        expect(save).to_be_disabled()
        page.get_by_role("spinbutton", name="At least").fill("12")
        expect(why).to_have_text("The highest number is below the lowest.")
        page.get_by_role("spinbutton", name="At least").fill("7")
        expect(why).to_have_text("")
        page.get_by_role("checkbox", name="or more").check()
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-field=killed] .new")).to_contain_text("at least 7", timeout=COLD)
        page.get_by_role("button", name="Correct: When").click()
        page.get_by_role("form").get_by_label("From").fill("2015-11-01")
        page.get_by_role("form").get_by_label("To").fill("2015-10-31")
        expect(page.get_by_role("form").get_by_role("status")).to_have_text("The last day lies before the first.")
        page.get_by_role("form").get_by_label("From").fill("2015-10-31")
        page.get_by_role("form").get_by_label("To").fill("2015-10-31")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-field=date] .new")).to_contain_text("31 October 2015")
        page.get_by_role("button", name="Correct: Where").click()
        page.get_by_role("searchbox", name="Find a place").fill("مهين")
        page.get_by_role("button", name="Mahin Homs").click()
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-field=place] .new")).to_contain_text("Mahin")
        page.get_by_role("button", name="Correct: Where").click()
        page.get_by_role("searchbox", name="Find a place").fill("Kafr Nasij")  # the record names no such place
        expect(page.get_by_text("not in the record yet")).to_be_visible()
        page.get_by_role("button", name="Kafr Nasij town or village · Daraa").click()
        page.get_by_role("button", name="Save").click()
        expect(page.locator("[data-field=place] .new")).to_contain_text("Kafr Nasij")
        told = {entry["field"]: entry["value"] for entry in reversed(journal(page))}
        assert told["killed"] == [7, None]
        assert (told["date"]["start"], told["date"]["end"]) == ("2015-10-31", "2015-10-31")
        assert told["place"]["name_en"] == "Kafr Nasij"


def test_the_evidence_is_corrected_by_selecting_words(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        article = ask(page, f"/articles/{ask(page, '/reports/' + at(page))['article_key']}")
        page.get_by_role("button", name="Correct: Words").click()
        save = page.get_by_role("button", name="Save")
        expect(save).to_be_disabled()
        page.evaluate(
            """() => {
                const runs = [...document.querySelectorAll('.reading [data-part=text] [data-at]')];
                const [first, last] = [runs[0].firstChild, runs[Math.min(2, runs.length - 1)].firstChild];
                getSelection().setBaseAndExtent(first, 1, last, last.length);
            }"""
        )
        expect(save).to_be_enabled()
        save.click()
        expect(page.locator("[data-field=evidence] .new")).to_be_visible(timeout=COLD)
        span = journal(page)[0]["span"]
        assert span["in"] == "text"
        assert span["start"] == 1
        assert article["text"][span["start"] : span["end"]] == span["text"]


FIELDS = {
    "Digit1": "Event", "Digit2": "Did it happen?", "Digit3": "Told as", "Digit4": "Who", "Digit5": "Against whom",
    "Digit6": "What was hit", "Digit7": "Where", "Digit8": "When", "Digit9": "Killed", "Digit0": "Injured", "Minus": "Weapon",
    "Equal": "Who says so", "KeyW": "Words",
}  # fmt: skip


@pytest.mark.parametrize("layout", ["latin", "arabic"])
def test_every_field_has_a_key(browser: Browser, tmp_path: Path, layout: str) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        press = page.keyboard.press if layout == "latin" else lambda code: arabic(page, code)
        press("KeyE")
        expect(page.locator("[data-field] kbd")).to_have_text([*"1234567890-=w"])
        press("KeyE")
        for code, name in FIELDS.items():
            press("KeyE")
            press(code)
            expect(page.get_by_role("form", name=f"Correct: {name}", exact=True)).to_be_visible()
            page.keyboard.press("Escape")
            expect(page.get_by_role("form", name=re.compile("^Correct"))).to_have_count(0)


def test_a_field_is_corrected_without_a_mouse(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        for key in ("e", "-"):
            page.keyboard.press(key)
        page.get_by_role("form", name="Correct: Weapon").get_by_role("combobox").select_option(index=2)
        page.keyboard.press("Enter")
        expect(page.locator("[data-field=weapon] .new")).to_be_visible(timeout=COLD)
        for key in ("e", "="):
            page.keyboard.press(key)
        name = ask(page, "/sources?limit=1")["rows"][0]["name_ar"]
        search = page.get_by_role("form", name="Correct: Who says so").get_by_role("searchbox")
        expect(search).to_be_focused()
        page.keyboard.type(name)
        page.keyboard.press("Enter")  # before the answer is there: it is taken when it comes
        expect(page.locator(".chip").last).to_contain_text(ask(page, "/sources?limit=1")["rows"][0]["name_en"])
        expect(search).to_have_value("")
        page.keyboard.press("Enter")
        expect(page.locator("[data-field=attributed_to] .new")).to_be_visible(timeout=COLD)
        assert [entry["field"] for entry in journal(page)] == ["attributed_to", "weapon"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_moved_by_keys_alone(browser: Browser, tmp_path: Path, language: str) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader, lang=language)
        report = ask(page, f"/reports/{at(page, language)}")
        article = ask(page, f"/articles/{report['article_key']}")
        given, part = report["evidence"], report["evidence"].get("in", "text")
        page.keyboard.press("w")
        begin, end = page.get_by_role("slider").all()
        expect(begin).to_be_focused()
        begin.press("ArrowRight")
        expect(begin).not_to_have_attribute("aria-valuenow", str(given["start"]))
        begin.press("ArrowLeft")
        expect(begin).to_have_attribute("aria-valuenow", str(given["start"]))
        page.keyboard.press("Tab")
        expect(end).to_be_focused()
        end.press("ArrowLeft")
        wider = int(end.get_attribute("aria-valuenow") or 0)
        word = article[part][given["end"] : wider]
        assert re.fullmatch(r"\W*\w+", word), word
        end.press("Shift+ArrowRight")
        expect(end).to_have_attribute("aria-valuenow", str(wider - 1))
        marked = "".join(page.locator(".reading .words").all_inner_texts())
        assert marked.replace("\n", "").replace(" ", "") in article[part].replace("\n", "").replace(" ", "")
        assert violations(page) == []
        keep(page, f"review-words-{language}")
        page.keyboard.press("Enter")
        expect(page.locator("[data-field=evidence] .new")).to_be_visible(timeout=COLD)
        span = journal(page)[0]["span"]
        assert (span["in"], span["start"], span["end"]) == (part, given["start"], wider - 1)
        page.keyboard.press("w")
        expect(page.get_by_role("slider").first).to_have_attribute("aria-valuenow", str(given["start"]))
        for _ in range(30):
            page.keyboard.press("ArrowUp")
        expect(page.locator(".reading [data-part=title] .words").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(page.locator(".reading [data-part=text] .words").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".reading .words")).to_have_count(0)


def told_twice(page: Page) -> dict[str, Any]:
    """An incident of several reports."""
    rows = ask(page, "/incidents?limit=500")["rows"]
    return next(row for row in rows if len(row["reports"]) > 1)  # type: ignore[no-any-return]


def test_a_report_is_split_from_its_incident_and_merged_again(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = reader.open("/?view=signin&lang=en")
        incident = told_twice(page)
        last = incident["reports"][-1]["id"]
        page.goto(f"{reader.base}/?view=review&lang=en&report={last}")
        expect(page.locator(".reading [data-part=text]")).to_be_visible()
        page.keyboard.press("s")
        expect(page.get_by_role("form", name="Split").get_by_role("checkbox")).to_have_count(
            len(incident["reports"]) - 1
        )
        page.get_by_role("button", name="Split", exact=True).last.click()
        expect(page.locator(".message")).to_contain_text("Split off", timeout=COLD)
        assert (
            ask(page, f"/reports/{last}")["incident"]
            != ask(page, f"/reports/{incident['reports'][0]['id']}")["incident"]
        )
        page.keyboard.press("z")
        expect(page.locator(".message")).to_contain_text("taken back")
        assert (
            ask(page, f"/reports/{last}")["incident"]
            == ask(page, f"/reports/{incident['reports'][0]['id']}")["incident"]
        )


def test_incidents_that_are_one_are_merged(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        for _ in range(60):
            page.keyboard.press("m")
            expect(page.get_by_role("form", name="Merge")).to_be_visible()
            page.wait_for_load_state("networkidle")
            if page.get_by_role("form", name="Merge").get_by_role("checkbox").count():
                break
            page.keyboard.press("Escape")
            before = at(page)
            page.keyboard.press("j")
            moved(page, before)
        report = at(page)
        was = len(ask(page, f"/incidents/{ask(page, f'/reports/{report}')['incident']}")["reports"])
        page.get_by_role("form", name="Merge").get_by_role("checkbox").first.check()
        page.get_by_role("button", name="Merge", exact=True).last.click()
        expect(page.locator(".message")).to_contain_text("Merged", timeout=COLD)
        assert len(ask(page, f"/incidents/{ask(page, f'/reports/{report}')['incident']}")["reports"]) > was


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_other_incident_is_found_and_merged(browser: Browser, tmp_path: Path, language: str) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader, lang=language)
        report = ask(page, f"/reports/{at(page, language)}")
        own = ask(page, f"/incidents/{report['incident']}")
        rows = ask(page, "/incidents?limit=500&words=" + "الرستن")["rows"]
        assert rows and all(row["place"] != own["place"] for row in rows)
        page.keyboard.press("m")
        form = page.get_by_role("form", name=re.compile("Merge|دمج"))
        search, found = form.get_by_role("searchbox"), form.get_by_role("group").get_by_role("checkbox")
        search.fill("الرستن")
        expect(found).to_have_count(min(len(rows), 20))
        search.fill("كلمة لا ترد")
        expect(form.get_by_role("status")).to_be_visible()
        for named in (f"{reader.base}/incident/{own['id']}?lang=ar", own["id"]):
            search.fill(named)
            expect(form.get_by_role("status")).to_be_visible()
            expect(found).to_have_count(0)
        far = rows[0]["id"]
        for named in (
            far,
            far.upper(),
            f"{reader.base}/?lang=en&selected={far}",
            f"{reader.base}/incident/{far}?lang=ar",
        ):
            search.fill("")
            expect(found).to_have_count(0)
            search.fill(named)
            expect(found).to_have_count(1)
        found.check()
        search.fill("")
        expect(found).to_be_checked()
        assert violations(page) == []
        keep(page, f"review-merge-{language}")
        form.get_by_role("button").first.click()
        expect(page.locator(".message")).to_contain_text(re.compile("Merged|دُمج"), timeout=COLD)
        joined = ask(page, f"/incidents/{ask(page, '/reports/' + report['id'])['incident']}")
        assert {one["id"] for one in rows[0]["reports"]} <= {one["id"] for one in joined["reports"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_journal_and_the_figures(browser: Browser, tmp_path: Path, language: str) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader, order="random")
        for key in ("a", "a", "a", "r"):
            before = at(page)
            page.keyboard.press(key)
            moved(page, before)
        kept(page)
        measured = ask(page, "/precision")
        assert (measured["events"]["right"], measured["events"]["judged"]) == (3, 4)
        page.goto(f"{reader.base}/?view=review&tab=measures&lang={language}")
        expect(page.locator(".big")).to_contain_text("75")
        ends = [f"{100 * measured['events'][end]:.0f}" for end in ("low", "high")]
        expect(page.locator("svg.wide")).to_have_attribute("aria-label", re.compile(".*".join(ends)))
        assert violations(page) == []
        keep(page, f"review-measures-{language}")
        page.goto(f"{reader.base}/?view=review&tab=journal&lang={language}")
        expect(page.locator("tbody tr")).to_have_count(4)
        assert page.locator("tbody time").first.get_attribute("datetime")
        page.locator("tbody tr").first.get_by_role("button").click()
        expect(page.locator("tbody tr")).to_have_count(5)
        expect(page.locator("tr.undone")).to_have_count(1)
        assert violations(page) == []
        keep(page, f"review-journal-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_screen_holds_the_desk(browser: Browser, tmp_path: Path, language: str) -> None:
    path = str(tmp_path / "record.db")
    shutil.copy(sample_record(), path)
    settings = {"db": path, "reviewer": REEM}
    with served(settings) as address, visit(browser, address, viewport=NARROW, scheme="dark") as reader:
        page = opened(reader, lang=language)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert violations(page) == []
        keep(page, f"review-{language}-narrow")


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_sign_in_where_there_are_accounts(browser: Browser, tmp_path: Path, language: str) -> None:
    Accounts(accounts_file(str(tmp_path / "record.db"))).add(REEM, "reviewer", PASSWORD)
    with desk(browser, tmp_path, host="0.0.0.0", reviewer=None) as reader:
        page = reader.open(f"/?lang={language}")
        expect(page.locator("input[name=password]")).to_be_visible()
        assert violations(page) == []
        keep(page, f"signin-{language}")
        page.locator("input[name=name]").fill(REEM)
        page.locator("input[name=password]").fill("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        page.locator("input[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("input[name=password]")).to_have_count(0)
        page.goto(f"{reader.base}/?view=review&lang=en")
        expect(page.locator(".reading [data-part=text]")).to_be_visible()
        before = at(page)
        page.keyboard.press("a")
        moved(page, before)
        kept(page)
        assert journal(page)[0]["person"] == REEM
        page.get_by_role("button", name="Sign out").click()
        expect(page.locator("input[name=password]")).to_be_visible()
        page.wait_for_load_state("networkidle")
        reader.wrong = [wrong for wrong in reader.wrong if "401" not in wrong]


def test_what_was_said_stands_after_a_reload(browser: Browser, tmp_path: Path) -> None:
    with desk(browser, tmp_path) as reader:
        page = opened(reader)
        report = at(page)
        page.keyboard.press("a")
        moved(page, report)
        page.goto(f"{reader.base}/?view=review&lang=en&report={report}")
        expect(page.get_by_role("button", name=re.compile("^Right|^Accept"))).to_have_attribute("aria-pressed", "true")
