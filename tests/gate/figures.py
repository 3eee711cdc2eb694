"""The figures of the gate: how well the coder does on articles whose events are known.

A share of a field is taken of all gold events, found or not, so that it rises when more is found and right, and falls
only when something that was right is right no more.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from waqai.evaluation import evaluate, figures
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.model.article import Article
from waqai.pipeline import Pipeline
from waqai.reading import read_inputs
from waqai.sample import sample_path
from waqai.tasks import worker

Gold = Sequence[Mapping[str, Any]]
Figures = dict[str, float]
CEILINGS = frozenset({"spurious_a_quiet_article"})


def sample_corpus() -> tuple[Path, list[Path]]:
    """The articles and the gold files that ship with the package."""
    return Path(str(sample_path("articles.jsonl"))), sorted(Path(str(sample_path("gold"))).glob("*.json"))


def development_corpus(shared: Path) -> tuple[Path, list[Path]]:
    """The articles and the gold files of the evaluation material beside the checkout."""
    return shared / "eval" / "dev.jsonl", sorted((shared / "eval" / "gold").glob("*.json"))


def fingerprint(files: Iterable[Path]) -> str:
    """SHA-256 over the names and bytes of these files."""
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda file: file.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def measured(pipeline: Pipeline, articles: Path, gold_files: Sequence[Path]) -> Figures:
    """Every figure of one corpus, by name; shares between 0 and 1, rounded to three places."""
    gold = [json.loads(path.read_text(encoding="utf-8")) for path in gold_files]
    return compared(gold, predictions(pipeline, articles))


def predictions(pipeline: Pipeline, articles: Path) -> dict[str, list[dict[str, Any]]]:
    """The reports of each article, by its label, as `waqai code` writes them."""
    code = worker("code", pipeline)
    found = [article for article in read_inputs([str(articles)]) if isinstance(article, Article)]
    return {article.id: [json.loads(line) for line in code(article)] for article in found}


def compared(gold: Gold, reports: Mapping[str, Sequence[Mapping[str, Any]]]) -> Figures:
    """The figures of these reports against this gold."""
    codebook = load_codebook(load_files())
    whole = figures(evaluate(gold, reports, codebook))
    quiet = whole["quiet_documents"]
    found = {
        "detection_f1": whole["detection"]["f1"],
        "detection_precision": whole["detection"]["precision"],
        "detection_recall": whole["detection"]["recall"],
        "strict_f1": whole["strict"]["f1"],
        "spurious_a_quiet_article": round(quiet["spurious"] / max(1, quiet["documents"]), 3),
    }
    for name, field in whole["fields_on_matched"].items():
        if " " not in name:
            found[f"{name}_right_of_gold"] = round(field["right"] * field["of"] / whole["gold"], 3)
    seeds = [document for document in gold if document["doc_id"].startswith("seed-")]
    if seeds:
        alone = [figures(evaluate([seed], reports, codebook)) for seed in seeds]
        found["lowest_seed_recall"] = min(one["detection"]["recall"] for one in alone)
    return found
