"""How long the map takes to follow its clock: 20,000 and 100,000 incidents, drawn in software by Chromium.

    python bench/map_clock.py

The points are made up and handed to the pages in place of the answer of /points. A move of the clock is timed from the key to the
drawn picture (the pixels are read back, so that nothing is still under way).
"""

import json
import random
import statistics
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from playwright.sync_api import Browser, Page, sync_playwright

from browsing import FLAGS, chromium, drawn, served, visit
from sample_record import sample_record

SIZES = {20_000: 150, 100_000: 400}
MOVES = 20
TYPES = ("Armed clash", "Air/drone strike", "Attack", "Arrests", "Peaceful protest", "Mob violence")
_MOVE = """async () => {
  const slider = document.querySelector('[role=slider]');
  const map = document.querySelector('.maplibregl-canvas').getContext('webgl2');
  const marks = document.querySelector('.marks').getContext('2d');
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  const begin = performance.now();
  slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }));
  await frame();
  await frame();
  map.readPixels(0, 0, 1, 1, map.RGBA, map.UNSIGNED_BYTE, new Uint8Array(4));
  await createImageBitmap(marks.canvas, 0, 0, 1, 1);
  return performance.now() - begin;
}"""


def made_up(number: int) -> str:
    """GeoJSON of so many incidents of 2012 to 2024, each at a point of its own."""
    dice = random.Random(number)
    features = [_feature(dice, i) for i in range(number)]
    return json.dumps({"type": "FeatureCollection", "features": features, "more": False, "unplaced": []})


def _feature(dice: random.Random, number: int) -> dict[str, Any]:
    day = f"{dice.randint(2012, 2024)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    killed = dice.choice([None, 0, 2, 7, 30, 150])
    toll = None if killed is None else {"low": killed, "best": killed, "high": killed}
    held = {
        "id": f"{number:020x}", "type": dice.choice(TYPES), "start": day, "end": day, "killed": toll,
        "voices": dice.randint(1, 4), "grade": None, "disputed": False, "modality": "happened", "background": False,
        "precision": 1,
    }  # fmt: skip
    point = [round(dice.uniform(35.7, 42.3), 5), round(dice.uniform(32.4, 37.2), 5)]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": point}, "properties": held}


def measure(browser: Browser, base: str, number: int) -> list[float]:
    """The milliseconds of each move."""
    body = made_up(number)
    with visit(browser, base) as reader:
        reader.context.route(
            "**/api/v1/points*", lambda route: route.fulfill(body=body, content_type="application/json")
        )
        page = reader.open("/?lang=ar&clock=growing")
        drawn(page)
        return [_moved(page) for _ in range(MOVES)]


def _moved(page: Page) -> float:
    return float(page.evaluate(_MOVE))


def main() -> int:
    """Print the figures; 1 when one is over what is asked."""
    path = chromium()
    if path is None:
        print("no Chromium here")
        return 1
    late = False
    with served({"db": sample_record()}) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for number, asked in SIZES.items():
            times = sorted(measure(browser, base, number))
            median, worst = statistics.median(times), times[-1]
            late = late or median > asked
            print(f"{number:>7,} incidents: {median:.0f} ms in the middle, {worst:.0f} ms at worst (asked: {asked} ms)")
        browser.close()
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
