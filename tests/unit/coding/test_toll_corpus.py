"""The tolls of made-up reports: src/waqai/knowledge/data/corpus_tolls.yaml, run through the pipeline.

A positive passes when its event has exactly these killed and injured: the event at `place`, or, where the text tells
one event only, every report that has a toll. A negative passes when no news has a toll.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from coded import pipeline
from waqai.arabic.letters import fold
from waqai.knowledge.files import DATA, parse_yaml
from waqai.model.article import Article, Published
from waqai.model.report import Report

CORPUS = parse_yaml("corpus_tolls.yaml", (DATA / "corpus_tolls.yaml").read_bytes())
DAY = Published(dt.date(2020, 3, 20), "record")
Example = Mapping[str, Any]


def news(example: Example) -> list[Report]:
    """The reports of an example that are news."""
    found = pipeline().reports(Article("toll", example["text"], example.get("title") or "", DAY, None, None))
    return [r for r in found if not r.background]


def tolls(example: Example) -> set[tuple[Any, Any]]:
    """The (killed, injured) of the event an example asks for."""
    found = news(example)
    if "place" in example:
        wanted = fold(example["place"])
        return {(r.killed, r.injured) for r in found if r.place and wanted in fold(r.place.place.name_ar)}
    return {(r.killed, r.injured) for r in found if r.killed or r.injured}


def as_range(value: list[int | None] | None) -> tuple[int | None, ...] | None:
    return tuple(value) if value else None


@pytest.mark.parametrize("example", CORPUS["positive"], ids=lambda e: f"{e['kind']}: {e['text'][:60]}")
def test_event_has_its_toll(example: Example) -> None:
    assert tolls(example) == {(as_range(example.get("killed")), as_range(example.get("injured")))}


@pytest.mark.parametrize("example", CORPUS["negative"], ids=lambda e: f"{e['why']}: {e['text'][:60]}")
def test_no_toll(example: Example) -> None:
    assert [(r.sub_event_type, r.killed, r.injured) for r in news(example) if r.killed or r.injured] == []


def test_corpus_is_broad() -> None:
    assert len(CORPUS["positive"]) >= 80
    assert len(CORPUS["negative"]) >= 25
