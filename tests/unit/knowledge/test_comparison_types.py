"""Which types of other datasets may be which of the record's: the corpus, and mistakes in the file."""

from pathlib import Path

import pytest
import yaml

from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.comparison import load_comparison
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import DATA, KnowledgeFiles, load_files

CORPUS = yaml.safe_load((DATA / "corpus_comparison.yaml").read_text(encoding="utf-8"))


def test_the_corpus() -> None:
    files = load_files()
    known = load_comparison(files, load_codebook(files))
    wrong = [row for row in CORPUS if (row["ours"] in known.may_be(row["dataset"], row["type"])) != row["may"]]
    assert CORPUS and not wrong


def test_a_type_that_the_codebook_lacks_is_named(tmp_path: Path) -> None:
    (tmp_path / "comparison.yaml").write_text("ucdp:\n  '1': [Warfare]\n", encoding="utf-8")
    files = KnowledgeFiles({"comparison.yaml": {"ucdp": {"1": ["Warfare"]}, "gdelt": {}}}, "", tmp_path)
    with pytest.raises(KnowledgeError, match="Warfare"):
        load_comparison(files, load_codebook(load_files()))
