"""The knowledge of holding and control: loaded as it is, and refused when it cannot be right."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from waqai.knowledge.control import load_control
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import KnowledgeFiles, load_files
from waqai.knowledge.holding import load_holding


def changed(name: str, change: Callable[[Any], None]) -> KnowledgeFiles:
    files = load_files()
    content = copy.deepcopy(files.get(name))
    change(content)
    return KnowledgeFiles({**files.content, name: content}, files.hash, files.root)


def test_the_files_load() -> None:
    known = load_control()
    assert known.events["Government regains territory", "happened"] == ("takes", "loses")
    assert known.events["Government regains territory", "attempted"][0] == "contests"
    assert all(0 < weight <= 1 for weight in known.effects.values())
    assert load_holding(load_files()).spans["ايام"] == 3


def test_nothing_but_a_happened_event_takes_a_place() -> None:
    for (_, modality), effects in load_control().events.items():
        assert modality == "happened" or not {"takes", "loses"} & set(effects)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c["effects"].update(takes=1.5), "a weight at most 1"),
        (lambda c: c["lasts"].update(takes=0), "must be above 0"),
        (lambda c: c["rules"].pop("fills"), "lacks 'fills'"),
        (lambda c: c["events"][0].update(actor1="wins"), "is not among the effects"),
        (lambda c: c["events"][0].update(types=["Victory"]), "is not in the codebook"),
        (lambda c: c["helps"].update(mars="regime"), "is not in the camps"),
        (lambda c: c.update(more=1), "unknown key 'more'"),
    ],
)
def test_wrong_weights_are_refused(change: Callable[[Any], None], message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        load_control(changed("control/weights.yaml", change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c["statements"][0].update(effect="owns"), "is no effect"),
        (lambda c: c["statements"][0].update(orders=["actor *"]), "needs \\*, place"),
        (lambda c: c["statements"][1]["words"].append("تحت سيطرة"), "already stands under"),
        (lambda c: c["statements"][0].update({"with": "lists"}), "is no list"),
    ],
)
def test_wrong_statements_are_refused(change: Callable[[Any], None], message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        load_holding(changed("holding/statements.yaml", change))


def test_wrong_words_are_refused() -> None:
    with pytest.raises(KnowledgeError, match="must be a list of words"):
        load_holding(changed("holding/words.yaml", lambda content: content.update(around="قرب")))
