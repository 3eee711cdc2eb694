"""The figures are those of the yardstick, whatever the predictions."""

import copy
import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from waqai.evaluation import evaluate, figures
from waqai.knowledge.codebook import Codebook, load_codebook
from waqai.knowledge.files import load_files

CODEBOOK: Codebook = load_codebook(load_files())
NAMES = [
    "Free Syrian Army",
    "قوات النظام",
    "US-led coalition",
    "الأمريكية",
    "Arab coalition",
    "ISIL fighters",
    "students",
    "",
]
SOURCES = ["Syrian Observatory for Human Rights", "field sources", "a source", "وكالة"]


@pytest.fixture(scope="module")
def yardstick(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("yardstick", shared / "eval" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoil(event: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A prediction made from a gold event, with faults of every kind."""
    found = copy.deepcopy(event)
    for role in ("actor1", "actor2"):
        found[role] = [
            chance.choice(
                [{"camp": camp}, {"name_en": camp.replace("-", " ")}, camp, {"name_ar": chance.choice(NAMES)}]
            )
            for camp in found[role]
        ]
    found["attributed_to"] = [
        chance.choice([{"name_en": name}, name, {"name_en": chance.choice(SOURCES)}]) for name in found["attributed_to"]
    ]
    if found["place"]:
        at = {
            name: found["place"][name] and found["place"][name] + chance.uniform(-0.2, 0.2) for name in ("lat", "lon")
        }
        found["place"] = {"name_ar": chance.choice(["", "بلدة "]) + found["place"]["name"], **at}
    found["evidence"] = chance.choice([{"text": event["evidence"][5:]}, event["evidence"], None])
    wrong = {
        "sub_event_type": chance.choice([*CODEBOOK.event_types, "x"]),
        "actor1": [{"name_en": chance.choice(NAMES)} for _ in range(3)],
        "place": chance.choice([None, "حلب", {}]),
        "date": {"start": "2015-02-02", "end": None, "basis": chance.choice(["published", "stated"])},
        "killed": chance.choice([None, [chance.randrange(50), None], ["many", 3], 5, [None, 3]]),
        "injured": chance.choice([None, [3, chance.randrange(3, 9)]]),
        "modality": chance.choice(["planned", "happened"]),
        "background": not event["background"],
    }
    return found | {name: value for name, value in wrong.items() if chance.random() < 0.2}


@pytest.mark.parametrize("seed", range(5))
def test_the_figures_are_those_of_the_yardstick(yardstick: ModuleType, shared: Path, seed: int) -> None:
    chance = random.Random(seed)
    gold = yardstick.load_gold(shared / "eval" / "gold")
    events = [event for document in gold for event in document["events"]]
    predictions: dict[str, list[dict[str, Any]]] = {}
    for document in gold:
        told = [event for event in document["events"] for _ in range(chance.choice([0, 1, 1, 2]))]
        told += [chance.choice(events)] if chance.random() < 0.4 else []
        predictions[document["doc_id"]] = [spoil(event, chance) for event in told]
    errors: list[str] = []
    wanted = yardstick.score(gold, predictions, errors)
    tally = evaluate(gold, predictions, CODEBOOK)
    assert json.dumps(figures(tally)) == json.dumps(wanted)
    assert tally.errors == errors
    assert 0.2 < wanted["detection"]["f1"] < 0.9


EVENT: dict[str, Any] = {
    "sub_event_type": "Armed clash",
    "modality": "happened",
    "background": False,
    "actor1": ["regime"],
    "actor2": ["isis"],
    "place": {"name": "مدينة تدمر", "level": "settlement", "lat": 34.56, "lon": 38.27},
    "date": {"start": "2015-05-20", "end": "2015-05-20"},
    "killed": [24, 99],
    "injured": None,
    "attributed_to": [],
    "evidence": "اشتباكات عنيفة في محيط تدمر",
}
RIGHT: dict[str, Any] = {
    "sub_event_type": "Armed clash",
    "actor1": [{"camp": "isis"}],
    "actor2": [{"camp": "regime"}],
    "place": {"name_ar": "تدمر", "lat": 34.58, "lon": 38.28},
    "date": {"start": "2015-05-20", "end": "2015-05-20", "basis": "stated"},
    "killed": [24, 99],
}


@pytest.mark.parametrize(
    ("change", "found", "wrong"),
    [
        ({}, True, set()),
        ({"sub_event_type": "Government regains territory"}, True, {"subtype"}),
        ({"sub_event_type": "Air/drone strike"}, False, set()),
        ({"place": {"name_ar": "حلب", "lat": 36.2, "lon": 37.16}}, False, set()),
        ({"place": None, "evidence": {"text": "محيط تدمر"}}, True, {"place"}),
        ({"date": {"start": "2015-05-19", "end": "2015-05-21", "basis": "stated"}}, True, {"date"}),
        ({"injured": [3, 3]}, True, {"injured"}),
        ({"killed": [24, None]}, True, {"killed"}),
        ({"modality": "attempted"}, True, {"modality"}),
        ({"attributed_to": [{"name_en": "Reuters"}]}, True, {"source"}),
        ({"actor1": [{"camp": camp} for camp in ("isis", "hts", "sdf")]}, True, {"actor2"}),
    ],
)
def test_one_event_and_one_report(change: dict[str, Any], found: bool, wrong: set[str]) -> None:
    tally = evaluate([{"doc_id": "a", "events": [EVENT]}], {"a": [RIGHT | change]}, CODEBOOK)
    assert (tally.gold, tally.predicted, tally.matched) == (1, 1, int(found))
    assert {name for name, (right, of) in tally.fields.items() if right < of} == wrong


def test_background_neither_counts_nor_hides() -> None:
    told = [{"doc_id": "a", "events": [EVENT | {"background": True}]}]
    assert figures(evaluate(told, {"a": [RIGHT]}, CODEBOOK))["predicted"] == 0
    assert figures(evaluate(told, {"a": []}, CODEBOOK))["quiet_documents"] == {"documents": 1, "spurious": 0}
    news = [{"doc_id": "a", "events": [EVENT]}]
    assert figures(evaluate(news, {"a": [RIGHT | {"background": True}]}, CODEBOOK))["predicted"] == 0.5
