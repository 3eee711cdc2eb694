"""Date expressions of other projects (CLDR, dateparser, Duckling): one mention with the expected words and day."""

import datetime as dt
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers import document
from waqai.knowledge.dates import DateKnowledge, load_dates
from waqai.knowledge.files import load_files
from waqai.mentions.dates import find_dates

SUITE = Path(__file__).parents[3] / "shared/eval/suites/dates.jsonl"
CLOCK = ("hour", "minute", "second")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    if not SUITE.exists():
        pytest.skip("no ../shared here")
    return [json.loads(line) for line in SUITE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def knowledge() -> DateKnowledge:
    return load_dates(load_files())


def bare(text: str) -> str:
    """The text without vowel signs, stretching and outer blanks, as cleaning leaves it."""
    return "".join(letter for letter in text if not unicodedata.combining(letter) and letter != "ـ").strip()


def right(row: dict[str, Any], knowledge: DateKnowledge) -> bool:
    reference = row["reference_time"][:10]
    article = document(bare(row["text"]), published=reference)
    found = find_dates(article, knowledge, forward=row.get("direction_bias") == "future").mentions
    if len(found) != len(row["expected"]):
        return False
    for mention, expected in zip(found, row["expected"], strict=True):
        value = expected["value"]
        start = dt.date.fromisoformat(value["start"][:10])
        end = mention.value.end
        if "end_exclusive" in value:
            end = dt.date.fromisoformat(value["end_exclusive"][:10]) - dt.timedelta(1)
        elif value["grain"] == "day" and mention.value.precision == 1:
            end = start
        words = bare(expected["span"]).removeprefix("في ")  # the preposition is grammar here, not part of the date
        if (mention.span.text, mention.value.start, mention.value.end) != (words, start, end):
            return False
    return True


def chosen(rows: list[dict[str, Any]], suite: str) -> Iterator[dict[str, Any]]:
    """The rows of a suite; those that give a clock time and no day are left out (a clock alone is no date here)."""
    for row in rows:
        day = all(e["value"].get("grain") not in CLOCK for e in row["expected"])
        if row["suite"].startswith(suite) and (day or suite != "duckling/Time"):
            yield row


@pytest.mark.parametrize(
    ("suite", "floor"),
    [("cldr_date/", 1.0), ("dateparser", 1.0), ("duckling/Time", 0.68)],
)
def test_suite(suite: str, floor: float, rows: list[dict[str, Any]], knowledge: DateKnowledge) -> None:
    results = [right(row, knowledge) for row in chosen(rows, suite)]
    assert sum(results) / len(results) >= floor


def test_durations_are_no_dates(rows: list[dict[str, Any]], knowledge: DateKnowledge) -> None:
    durations = [row["text"] for row in rows if row["suite"] == "duckling/Duration"]
    silent = [not find_dates(document(bare(text)), knowledge).mentions for text in durations]
    assert all(silent)
