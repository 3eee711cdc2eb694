"""What was learned of who fills a role, as it lies in its file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from waqai.knowledge.choice import load_choice
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import KnowledgeFiles, load_files


def test_the_file_holds_weights_for_both_roles() -> None:
    choice = load_choice(load_files())
    assert set(choice.weights) == set(choice.least) == {"actor1", "actor2"}
    assert all(len(facts) > 500 for facts in choice.weights.values())
    assert choice.weights["actor2"]["by rule"] > 0 > choice.weights["actor1"]["speaks"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda c: c.update(margin=2), "margin must be a number between 0 and 1"),
        (lambda c: c.update(untied="seldom"), "untied must be a number between 0 and 1"),
        (lambda c: c.pop("nobody"), "lacks 'nobody'"),
        (lambda c: c["least"].update(actor1="often"), "actor1 must be a number between 0 and 1"),
        (lambda c: c["least"].pop("actor2"), "least must say how likely somebody must be as 'actor2'"),
        (lambda c: c["weights"]["actor1"].update(speaks="seldom"), "the weight of 'speaks' must be a number"),
        (lambda c: c.pop("weights"), "weights"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, change: Callable[[dict[str, Any]], None], told: str) -> None:
    content: dict[str, Any] = {
        "margin": 0.1,
        "least": {"actor1": 0.6, "actor2": 0.5},
        "untied": 0.8,
        "nobody": 0.6,
        "weights": {"actor1": {}, "actor2": {}},
    }
    change(content)
    (tmp_path / "choice.yaml").write_text("margin: 1\nleast:\n  actor1: 1\nuntied: 1\nspeaks: 1\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=told):
        load_choice(KnowledgeFiles({"choice.yaml": content}, "", tmp_path))
