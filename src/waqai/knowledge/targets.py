"""Knowledge of targets: words for protected and civilian objects and the kinds of the codebook they stand for."""

from dataclasses import dataclass

from waqai.arabic.phrases import PhraseTable
from waqai.knowledge.files import KnowledgeFiles
from waqai.knowledge.weapons import phrase_codes


@dataclass(frozen=True, slots=True)
class TargetKnowledge:
    """The phrases for targets, each with its kind."""

    phrases: PhraseTable[str]


def load_targets(files: KnowledgeFiles) -> TargetKnowledge:
    """The knowledge of `targets.yaml`; KnowledgeError on a kind the codebook lacks or a phrase under two kinds."""
    return TargetKnowledge(PhraseTable(phrase_codes(files, "targets.yaml", files.get("codebook.yaml")["targets"])))
