"""The review desk in a browser, for the tests that work at it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, expect

from browsing import Visit, served, visit
from sample_record import sample_record

REEM = "reem"
COLD = 60_000
"""The first decision of a server loads what the coder knows, and others may be at work on the machine."""
ARABIC = {
    "KeyJ": "ت", "KeyK": "ن", "KeyA": "ش", "KeyR": "ق", "KeyU": "ع", "KeyZ": "ئ", "KeyE": "ث", "KeyW": "ص", "Minus": "-",
    "Equal": "=",
} | {f"Digit{n}": chr(0x660 + n) for n in range(10)}  # fmt: skip
"""What the keys write on an Arabic layout."""


def ask(page: Page, path: str) -> Any:
    return json.loads(page.evaluate("async path => await (await fetch('/api/v1' + path)).text()", path))


@contextmanager
def desk(browser: Browser, folder: Path, **settings: Any) -> Iterator[Visit]:
    """A reader at the desk, before a record of its own."""
    path = str(folder / "record.db")
    shutil.copy(sample_record(), path)
    given: dict[str, Any] = {"db": path, "reviewer": REEM} | settings
    with served(given) as address, visit(browser, address) as reader:
        yield reader


def at(page: Page, language: str = "en") -> str:
    """The id of the report that is looked at: the link to its place in the article ends with it."""
    link = page.locator("section.form .links a").filter(has_text={"en": "The article", "ar": "المقال"}[language])
    return (link.get_attribute("href") or "").split("#")[1]


def opened(reader: Visit, **asked: str) -> Page:
    page = reader.open(f"/?{urlencode({'view': 'review', 'lang': 'en'} | asked)}")
    expect(page.locator(".reading [data-part=text]")).to_be_visible()
    return page


def moved(page: Page, before: str) -> str:
    """The report that is looked at when it is another one than before."""
    page.wait_for_function(
        "id => !document.querySelector('section.form .links').innerHTML.includes(id)", arg=before, timeout=COLD
    )
    return at(page)


def arabic(page: Page, code: str) -> None:
    """Press a key of an Arabic keyboard."""
    page.evaluate(
        "([code, key]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {code, key, bubbles: true, cancelable: true}))",
        [code, ARABIC[code]],
    )


def journal(page: Page) -> list[dict[str, Any]]:
    return ask(page, "/decisions")["rows"]  # type: ignore[no-any-return]


def kept(page: Page) -> None:
    """Wait until all that was said is in the journal."""
    page.wait_for_function("() => !document.querySelector('.message.soft')", timeout=COLD)
