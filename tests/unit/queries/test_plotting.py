"""Pictures of counts: drawn, the same again, with Arabic in them."""

from pathlib import Path

import pytest

from waqai.queries.filters import Filter
from waqai.queries.plotting import draw
from waqai.queries.stats import Dimension, Stats, StatsRow, Sum

NONE = Sum(0, 0, 0, 0)


def row(*keys: str | None, events: int = 3, articles: int | None = None) -> StatsRow:
    return StatsRow(keys, events, 0, NONE, NONE, articles, articles)


def made(*by: Dimension, rows: list[StatsRow]) -> Stats:
    return Stats(by, tuple(rows), {"g1": "حلب / Aleppo", "g2": "إدلب / Idlib"}, Filter())


SERIES = made(
    "month", "place",
    rows=[row("2016-01", "g1", articles=4), row("2016-04", "g2", articles=9), row(None, "g1", articles=0), row("2016-04", None)],
)  # fmt: skip
CASES = {
    "series": SERIES,
    "bars": made("place", rows=[row("g1"), row("g2", events=7), row(None)]),
    "pairs": made("governorate", "type", rows=[row(f"محافظة {n}", "Armed clash", events=n) for n in range(40)]),
    "weeks": made("week", rows=[row("2015-W52", articles=1), row("2016-W02", articles=0, events=0)]),
    "days": made("day", rows=[row("1970-01-01", articles=1), row("2024-12-08", articles=1)]),
    "years": made("year", "actor", rows=[row(str(2010 + n % 9), f"actor {n}", articles=n) for n in range(60)]),
    "one": made("month", rows=[row("2016-05", articles=1)]),
    "undated": made("month", rows=[row(None, articles=0)]),
    "signs": made("place", rows=[row("$x_{1}^$ <b>&"), row("\u202e" + "ب" * 300), row("_under")]),
}


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_picture_is_drawn(case: str, tmp_path: Path) -> None:
    ending = "png" if len(case) % 2 else "svg"
    path = tmp_path / f"a.{ending}"
    draw(CASES[case], str(path), "incidents")
    data = path.read_bytes()
    assert len(data) > 2000 and data.startswith(b"\x89PNG" if ending == "png" else b"<?xml")


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_same_counts_give_the_same_picture(ending: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    for path in (first, second):
        draw(SERIES, str(path), "incidents")
    assert first.read_bytes() == second.read_bytes()


def test_nothing_global_is_changed(tmp_path: Path) -> None:
    import matplotlib

    before = (dict(matplotlib.rcParams), matplotlib.get_backend())
    draw(SERIES, str(tmp_path / "a.svg"), "reports")
    assert (dict(matplotlib.rcParams), matplotlib.get_backend()) == before
