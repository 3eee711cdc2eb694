"""The gate is closed when a figure falls, and the figures hold."""

import json
from pathlib import Path
from typing import Any

import pytest
from figures import compared, development_corpus, fingerprint, measured, sample_corpus

from gate import Measured, load_floors, problems, updated
from waqai.pipeline import Pipeline, open_pipeline

FLOORS: dict[str, Any] = {
    "made-up": {"fingerprint": "f", "figures": {"strict_f1": 0.5, "spurious_a_quiet_article": 0.2}}
}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return open_pipeline()


def now(strict: float, spurious: float, mark: str = "f") -> Measured:
    return Measured({"strict_f1": strict, "spurious_a_quiet_article": spurious}, mark)


def test_the_sample_holds_its_floors(pipeline: Pipeline) -> None:
    articles, gold = sample_corpus()
    found = Measured(measured(pipeline, articles, gold), fingerprint([articles, *gold]))
    assert problems("sample", found, load_floors()) == []


def test_the_development_articles_hold_their_floors(pipeline: Pipeline, shared: Path) -> None:
    articles, gold = development_corpus(shared)
    found = Measured(measured(pipeline, articles, gold), fingerprint([articles, *gold]))
    assert problems("development", found, load_floors()) == []


def test_gold_and_sample_belong_together() -> None:
    articles, gold = sample_corpus()
    labels = [json.loads(line)["id"] for line in articles.read_text(encoding="utf-8").splitlines()]
    assert sorted(labels) == [path.stem for path in gold]


def test_equal_or_better_passes() -> None:
    assert problems("made-up", now(0.5, 0.2), FLOORS) == []
    assert problems("made-up", now(0.6, 0.1), FLOORS) == []


@pytest.mark.parametrize(("strict", "spurious", "said"), [(0.49, 0.2, "strict_f1"), (0.5, 0.21, "spurious")])
def test_a_figure_that_falls_closes_the_gate(strict: float, spurious: float, said: str) -> None:
    (line,) = problems("made-up", now(strict, spurious), FLOORS)
    assert said in line


def test_a_figure_that_is_missing_closes_the_gate() -> None:
    assert problems("made-up", Measured({"strict_f1": 0.9}, "f"), FLOORS)


def test_another_corpus_closes_the_gate() -> None:
    assert "annotations" in problems("made-up", now(0.9, 0.0, "other"), FLOORS)[0]


def test_a_corpus_without_floors_closes_the_gate() -> None:
    assert problems("new", now(0.9, 0.0), FLOORS)


def test_update_raises_and_refuses_to_lower() -> None:
    assert updated({"made-up": now(0.7, 0.1)}, FLOORS, False)["made-up"]["figures"]["strict_f1"] == 0.7
    with pytest.raises(ValueError, match="allow-regression"):
        updated({"made-up": now(0.7, 0.3)}, FLOORS, False)
    assert updated({"made-up": now(0.1, 0.3)}, FLOORS, True)["made-up"]["figures"]["strict_f1"] == 0.1


def test_update_on_another_corpus_needs_consent() -> None:
    with pytest.raises(ValueError, match="annotations"):
        updated({"made-up": now(0.7, 0.1, "other")}, FLOORS, False)


def test_silence_scores_nothing() -> None:
    _, gold = sample_corpus()
    figures = compared([json.loads(path.read_text(encoding="utf-8")) for path in gold], {})
    assert figures["detection_f1"] == 0 and figures["spurious_a_quiet_article"] == 0


def test_gold_itself_scores_all() -> None:
    """What the gold says, given as a prediction, is found whole and right."""
    _, files = sample_corpus()
    gold = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    figures = compared(
        gold, {document["doc_id"]: [_as_report(event) for event in document["events"]] for document in gold}
    )
    assert figures["detection_f1"] == 1
    assert figures["strict_f1"] > 0.98


def _as_report(event: dict[str, Any]) -> dict[str, Any]:
    camps = {side: [{"camp": camp, "name_en": camp} for camp in event[side]] for side in ("actor1", "actor2")}
    place = event["place"] and {**event["place"], "name_ar": event["place"]["name"]}
    sources = [{"name_en": source} for source in event["attributed_to"]]
    return {**event, **camps, "place": place, "attributed_to": sources}
