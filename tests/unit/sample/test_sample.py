"""The sample corpus is well formed, and its facts agree with its gold."""

import csv
import datetime as dt
import itertools
import json
from typing import Any

import pytest
import yaml

from waqai.sample import sample_path

ARTICLES: list[dict[str, Any]] = [
    json.loads(line) for line in sample_path("articles.jsonl").read_text(encoding="utf-8").splitlines()
]
GOLD: dict[str, dict[str, Any]] = {
    article["id"]: json.loads(sample_path("gold", f"{article['id']}.json").read_text(encoding="utf-8"))
    for article in ARTICLES
}
TAKEN = {"Non-state actor overtakes territory", "Government regains territory", "Non-violent transfer of territory"}
GOVERNORATES = {
    "Aleppo", "Idlib", "Hama", "Homs", "Damascus", "Rural Damascus", "Daraa", "Sweida", "Quneitra", "Deir-ez-Zor",
    "Raqqa", "Hasakeh", "Latakia", "Tartous",
}  # fmt: skip
STATUSES = {"held", "contested", "divided", "besieged"}


def table(name: str) -> list[dict[str, str]]:
    lines = sample_path(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def codebook() -> dict[str, Any]:
    from importlib.resources import files

    text = (files("waqai.knowledge") / "data" / "codebook.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def events() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(article, event) for article in ARTICLES for event in GOLD[article["id"]]["events"]]


def took(event: dict[str, Any], facts: list[dict[str, str]]) -> bool:
    """Whether by the facts a party of the event came to hold its place on the event's days or the day after."""
    takers = set(event["actor1"])
    if event["sub_event_type"] == "Non-violent transfer of territory":
        takers |= set(event["actor2"])
    last = dt.date.fromisoformat(event["date"]["end"]) + dt.timedelta(days=1)
    rows = sorted((fact for fact in facts if fact["place_ar"] == event["place"]["name"]), key=lambda fact: fact["day"])
    for before, now in itertools.pairwise(rows):
        came = takers & set(now["holder"].split("|"))
        if before["status"] == "held":
            came -= set(before["holder"].split("|"))
        if event["date"]["start"] <= now["day"] <= last.isoformat() and came:
            return True
    return False


def takings() -> list[tuple[str, dict[str, Any]]]:
    """Every change of hands in Syria that the gold tells as news: of towns all, of sites those the facts know."""
    known = {fact["place_ar"] for fact in table("facts.tsv")}
    return [
        (article["id"], event)
        for article, event in events()
        if event["sub_event_type"] in TAKEN
        and event["modality"] == "happened"
        and not event["background"]
        and (event["actor2"] or event["sub_event_type"] != "Non-violent transfer of territory")
        and event["place"]["governorate"] in GOVERNORATES
        and (
            event["place"]["level"] == "settlement"
            or (event["place"]["level"] == "site" and event["place"]["name"] in known)
        )
    ]


def test_every_record_is_whole_and_synthetic() -> None:
    outlets = {row["outlet"] for row in table("outlets.tsv")}
    assert len(outlets) == 8
    assert len(ARTICLES) >= 48
    assert len({article["id"] for article in ARTICLES}) == len(ARTICLES)
    for article in ARTICLES:
        assert article["synthetic"] is True
        assert article["language"] == "ar"
        assert article["outlet"] in outlets
        assert article["url"].startswith("https://example.org/")
        assert 60 <= len(article["text"].split()) <= 220, article["id"]
        dt.date.fromisoformat(article["published"])


def test_gold_is_one_file_for_each_article() -> None:
    names = {entry.name for entry in sample_path("gold").iterdir()}
    assert names == {f"{article['id']}.json" for article in ARTICLES}
    for article in ARTICLES:
        gold = GOLD[article["id"]]
        assert (gold["doc_id"], gold["published"]) == (article["id"], article["published"])
        assert gold["published_from"] == "metadata"
        assert [event["id"] for event in gold["events"]] == [f"e{n}" for n in range(1, len(gold["events"]) + 1)]
    quiet, only_holdings = 6, 12
    assert sum(not gold["events"] for gold in GOLD.values()) == quiet + only_holdings


def test_evidence_is_in_the_article() -> None:
    for article, event in events():
        assert event["evidence"], article["id"]
        assert event["evidence"] in article["title"] or event["evidence"] in article["text"], article["id"]


def test_codes_are_in_the_codebook() -> None:
    book = codebook()
    types = {row["sub_event_type"] for row in book["event_types"]}
    for article, event in events():
        assert event["sub_event_type"] in types, article["id"]
        assert event["modality"] in book["modalities"], article["id"]
        assert event["place"]["level"] in book["levels"], article["id"]
        assert {*event["actor1"], *event["actor2"]} <= set(book["camps"]), article["id"]


def test_dates_and_tolls_run_upwards() -> None:
    for article, event in events():
        if event["date"] is not None:
            start, end = (dt.date.fromisoformat(event["date"][side]) for side in ("start", "end"))
            assert start <= end, article["id"]
            assert event["modality"] == "planned" or end.isoformat() <= article["published"], article["id"]
        for toll in (event["killed"], event["injured"]):
            assert toll is None or toll[1] is None or toll[0] <= toll[1], article["id"]


def test_facts_are_well_formed() -> None:
    facts, camps = table("facts.tsv"), set(codebook()["camps"])
    assert len(facts) >= 80
    assert len({(fact["place_ar"], fact["day"]) for fact in facts}) == len(facts)
    for fact in facts:
        dt.date.fromisoformat(fact["day"])
        holders = fact["holder"].split("|")
        assert set(holders) <= camps, fact
        assert fact["status"] in STATUSES, fact
        assert fact["status"] not in {"contested", "divided"} or len(holders) > 1, fact
        assert fact["governorate"] in GOVERNORATES, fact
        assert fact["place_en"] and fact["source"], fact


@pytest.mark.parametrize(("doc", "event"), [pytest.param(d, e, id=f"{d}-{e['id']}") for d, e in takings()])
def test_facts_agree_with_the_gold(doc: str, event: dict[str, Any]) -> None:
    assert took(event, table("facts.tsv")), f"{doc}: no fact says who took {event['place']['name']} {event['date']}"


def test_a_taking_the_facts_do_not_know_is_noticed() -> None:
    facts, event = table("facts.tsv"), takings()[0][1]
    assert not took({**event, "place": {**event["place"], "name": "مدينة لا وجود لها"}}, facts)
    assert not took({**event, "date": {"start": "2030-01-01", "end": "2030-01-01"}}, facts)
    assert not took({**event, "actor1": ["houthis"], "actor2": []}, facts)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"no gold/nothing\.json"):
        sample_path("gold", "nothing.json")
