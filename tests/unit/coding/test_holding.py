"""Statements of who holds a place: the corpus, their days, claims and words."""

import datetime as dt
from typing import Any

import pytest

from coded import article, pipeline
from waqai.knowledge.files import DATA, parse_yaml
from waqai.model.control import Holding

CORPUS: dict[str, Any] = parse_yaml("corpus.yaml", (DATA / "holding" / "corpus.yaml").read_bytes())
DAY = dt.date(2016, 3, 10)


def holdings(text: str, day: str | None = "2016-03-10") -> tuple[Holding, ...]:
    return pipeline().holdings(article(text, day))


def told(holding: Holding, since: bool) -> str:
    parts = [f"{holding.effect} {holding.place.name_ar} by {holding.actor.camp if holding.actor else 'nobody'}"]
    if holding.part:
        parts.append(f"part {holding.part}")
    if since and holding.date:
        parts.append(f"since {holding.date.start}")
    return " ".join(parts)


@pytest.mark.parametrize(("text", "wanted"), CORPUS["found"].items())
def test_what_is_said_is_found(text: str, wanted: str) -> None:
    found = sorted(told(holding, "since" in wanted) for holding in holdings(text))
    assert found == sorted(one.strip() for one in wanted.split(";"))


@pytest.mark.parametrize("text", CORPUS["not_found"])
def test_what_is_not_said_is_not_found(text: str) -> None:
    assert [told(holding, False) for holding in holdings(text)] == []


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS["found"]) >= 40
    assert len(CORPUS["not_found"]) >= 25
