"""The examples of docs/PYTHON.md, run from top to bottom in a folder with the sample."""

import doctest
from pathlib import Path

import pytest

from house.tree import ROOT
from waqai.sample import sample_path


def test_the_examples_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles.jsonl").write_text(
        sample_path("articles.jsonl").read_text(encoding="utf-8"), encoding="utf-8"
    )
    text = (ROOT / "docs" / "PYTHON.md").read_text(encoding="utf-8").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {}, "PYTHON.md", None, 0)
    assert len(examples.examples) > 20
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(examples, out=said.append)
    assert not runner.failures, "".join(said)
